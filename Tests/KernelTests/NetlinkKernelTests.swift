import IPVS
import IPVSNetlink
import KernelBehaviour
import LabSupport
import Testing

@Suite(.needsKernel, .serialized)
struct NetlinkKernelTests {
    @Test(arguments: Promise.all)
    func keeps(promise: Promise) throws {
        try Namespace.fresh { try promise.keep(try NetlinkKernel()) }
    }
}
