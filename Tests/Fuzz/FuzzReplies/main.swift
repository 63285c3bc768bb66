import FuzzRunner

fuzz(decodeAsReply)
