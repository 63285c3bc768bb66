import Genhash
import Glibc

exit(DigestCommand.run(Array(CommandLine.arguments.dropFirst()), surroundings: .process))
