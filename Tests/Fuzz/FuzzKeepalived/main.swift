import FuzzRunner

fuzz(readAsKeepalived)
