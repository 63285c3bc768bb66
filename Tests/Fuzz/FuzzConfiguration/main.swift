import FuzzRunner

fuzz(readAsConfiguration)
