import Glibc

exit(CheckBench.run(CommandLine.arguments))
