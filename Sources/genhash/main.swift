import DigestCommand
import Glibc

exit(DigestCommand.run(Array(CommandLine.arguments.dropFirst()), surroundings: .process))
