import FuzzRunner

fuzz(decodeAsLinks)
