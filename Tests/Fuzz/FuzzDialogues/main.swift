import FuzzRunner

fuzz(leadDialogue)
