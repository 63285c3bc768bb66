import Glibc
import VRRPService

exit(RoutersProgram.run(CommandLine.arguments))
