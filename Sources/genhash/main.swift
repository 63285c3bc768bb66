import Genhash
import Glibc

exit(GenhashProgram.run(Array(CommandLine.arguments.dropFirst()), environment: .process))
