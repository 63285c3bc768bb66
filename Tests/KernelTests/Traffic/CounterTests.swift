import Addresses
import IPVS
import IPVSNetlink
import TestKit
import Testing

extension TrafficTests {
    @Suite struct Counters {
        /// The bytes of a question, its line end, and the headers of IP and UDP.
        private static func length(_ text: String, _ family: AddressFamily) -> UInt64 {
            UInt64(text.utf8.count + 1) + 8 + (family == .ipv4 ? 20 : 40)
        }

        @Test(arguments: AddressFamily.allCases)
        func everyPacketOfTranslatedConnectionsIsCounted(family: AddressFamily) throws {
            try arrange(.nat(through: "director"))
            let kernel = try LabNetwork.kernel()
            let virtual = freshVirtual(family)
            let key = ServiceKey.endpoint(.udp, virtual)
            try kernel.converge(
                to: VirtualService(key: key, scheduler: "rr"),
                destinations(.masquerade, family, weights: [1, 1, 1])
            )
            for _ in 0..<6 { try client.converse(over: .udp, with: virtual).ask("how many") }

            let status = try settled(key, packets: 6, in: kernel)
            var wanted = Statistics()
            wanted.connections = 6
            wanted.incomingPackets = 6
            wanted.outgoingPackets = 6
            wanted.incomingBytes = 6 * Self.length("how many", family)
            wanted.outgoingBytes = 6 * Self.length("rs1 how many", family)
            #expect(status.statistics.totals == wanted)
            wanted.divide(by: 3)
            #expect(status.destinations.map(\.statistics.totals) == [wanted, wanted, wanted])
            #expect(status.statistics.rates.incomingPackets > 0)
            #expect(status.statistics.rates.outgoingBytes > 0)
            #expect(status.destinations.map(\.inactiveConnections) == [2, 2, 2])

            #expect(kernel.apply([.zero(key)]).failures.isEmpty)
            #expect(try kernel.service(key).statistics.totals == Statistics())
            #expect(try kernel.service(key).destinations.allSatisfy { $0.statistics.totals == Statistics() })
        }

        @Test(arguments: AddressFamily.allCases)
        func answersThatBypassTheDirectorAreNotCounted(family: AddressFamily) throws {
            try arrange(.direct)
            let kernel = try LabNetwork.kernel()
            let key = ServiceKey.endpoint(.tcp, virtual(family))
            try kernel.converge(
                to: VirtualService(key: key, scheduler: "rr"),
                destinations(.directRoute, family, weights: [1, 1, 1])
            )
            let before = try kernel.service(key)
            let conversations = try (0..<3).map { _ in try client.converse(over: .tcp, with: virtual(family)) }
            for conversation in conversations { try conversation.ask() }
            #expect(try kernel.service(key).destinations.map(\.activeConnections) == [1, 1, 1])

            // Beginning, its acknowledgement, question, acknowledgement of the answer.
            let statistics = try settled(key, packets: 12, in: kernel).statistics
            #expect(statistics.connections == 3)
            #expect(statistics.incomingPackets == 12)
            #expect(statistics.incomingBytes > 12 * 40)
            #expect(statistics.outgoingPackets == 0)
            #expect(statistics.outgoingBytes == 0)
            #expect(before.statistics == Statistics())
        }

        /// The service when the kernel has added up that many packets, or all that it ever will.
        private func settled(_ key: ServiceKey, packets: UInt64, in kernel: any IPVSKernel) throws -> ServiceStatus {
            _ = try Deadline.wait(seconds: 6) { try kernel.service(key).statistics.incomingPackets >= packets }
            return try kernel.service(key)
        }
    }
}

extension Statistics {
    /// The same without rates.
    fileprivate var totals: Statistics {
        var totals = self
        totals.rates = Rates()
        return totals
    }

    /// Leaves a share of each total.
    fileprivate mutating func divide(by number: UInt64) {
        connections /= number
        incomingPackets /= number
        outgoingPackets /= number
        incomingBytes /= number
        outgoingBytes /= number
    }
}
