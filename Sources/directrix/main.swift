import DirectorCommand
import Glibc
import IPVS
import IPVSNetlink

@Sendable
func openKernel() throws(IPVSError) -> any IPVSKernel {
    try NetlinkKernel()
}

exit(DirectorCommand.run(arguments: CommandLine.arguments, environment: .machine(openKernel: openKernel)))
