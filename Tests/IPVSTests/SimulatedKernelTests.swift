import Addresses
import IPVS
import TestKit
import Testing

struct SimulatedKernelTests {
    @Test(arguments: Promise.all)
    func keeps(promise: Promise) throws {
        try promise.keep(SimulatedKernel())
    }

    @Test func withoutIPv6NothingOfThatFamilyIsSupported() {
        let kernel = SimulatedKernel()
        kernel.surroundings.hasIPv6 = false
        let report = kernel.apply([.addService(VirtualService(key: Example.web6))])
        #expect(report.failures == [ApplyReport.Failure(index: 0, error: .refused(.familyNotSupported))])
    }

    @Test func whileLoopbackIsDownNoIPv4AddressIsUnicast() {
        let kernel = SimulatedKernel()
        kernel.surroundings.isLoopbackUp = false
        let report = kernel.apply([
            .addService(VirtualService(key: Example.web)), .addDestination(Example.server(1), to: Example.web),
        ])
        #expect(report.failures == [ApplyReport.Failure(index: 1, error: .refused(.invalid))])
    }
}
