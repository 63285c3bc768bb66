import Addresses
import IPVS
import IPVSAdm
import KernelBehaviour
import Testing

/// A table that is held until it is written comes back as it was read.
struct HeldTableTests {
    private static func services(_ random: inout SeededGenerator) -> [ServiceStatus] {
        // More servers than one piece of memory holds.
        (0..<300).map { _ in
            ServiceStatus(
                service: random.service(),
                statistics: random.statistics(),
                destinations: (0..<Int.random(in: 0...20, using: &random)).map { _ in server(&random) }
            )
        }
    }

    /// Anything, or one of the many that differ by little.
    private static func server(_ random: inout SeededGenerator) -> DestinationStatus {
        let destination = random.destination(random.family())
        let isPlain = random.once(in: 2)
        return DestinationStatus(
            destination: isPlain
                ? Destination(
                    endpoint: random.endpoint(.ipv4),
                    forwarding: ForwardingMethod(rawValue: random.once(in: 4) ? 0xffff : 0),
                    weight: destination.weight &- (random.once(in: 4) ? .max : 0)
                ) : destination,
            activeConnections: .random(in: 0 ... .max, using: &random),
            inactiveConnections: .random(in: 0 ... .max, using: &random),
            persistentConnections: random.once(in: 4) ? .random(in: 0 ... .max, using: &random) : 0,
            statistics: random.statistics()
        )
    }

    @Test(arguments: [UInt64](1...20), [false, true])
    func everyServiceComesBackAsItWasRead(seed: UInt64, isSorted: Bool) throws {
        var random = SeededGenerator(seed: seed)
        let kernel = RecordingKernel()
        let services = Self.services(&random)
        kernel.services = services
        var back: [ServiceStatus] = []
        try HeldTable(of: kernel, isSorted: isSorted, statistics: true).forEach { back.append($0) }
        #expect(back == (isSorted ? services.sorted { $0.service.key < $1.service.key } : services))
    }
}
