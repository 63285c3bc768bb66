import FuzzRunner

fuzz(readAsRules)
