import Addresses
import Glibc
import IPVS
import IPVSNetlink
import TestKit
import Testing

extension TrafficTests {
    @Suite struct Thresholds {
        @Test func aServerGetsNoMoreConnectionsThanItsUpperThreshold() throws {
            try arrange(.nat(through: "director"))
            let kernel = try LabNetwork.kernel()
            let virtual = freshVirtual(.ipv4)
            let service = VirtualService(key: .endpoint(.tcp, virtual), scheduler: "rr")
            var destinations = destinations(weights: [1, 1])
            destinations[0].upperThreshold = 2
            destinations[1].upperThreshold = 3
            try kernel.converge(to: service, destinations)

            let conversations = try (0..<5).map { _ in try client.converse(over: .tcp, with: virtual) }
            let names = try conversations.map { try $0.ask() }
            #expect(names.count { $0 == "rs1" } == 2)
            #expect(names.count { $0 == "rs2" } == 3)
            expectRefusal { try client.converse(over: .tcp, with: virtual) }

            destinations[1].upperThreshold = 0
            try kernel.converge(to: service, destinations)
            #expect(try client.tally(4, over: .tcp, with: virtual) == ["rs2": 4])
            #expect(try conversations.map { try $0.ask() } == names)
        }

        @Test func aServerIsUsedAgainBelowItsLowerThreshold() throws {
            try arrange(.nat(through: "director"))
            let kernel = try LabNetwork.kernel()
            let virtual = freshVirtual(.ipv4)
            let key = ServiceKey.endpoint(.udp, virtual)
            var destination = destinations(weights: [1])[0]
            destination.upperThreshold = 2
            destination.lowerThreshold = 1
            try kernel.converge(to: VirtualService(key: key, scheduler: "rr"), [destination])
            #expect(kernel.apply([.setTimeouts(Timeouts(tcp: 0, tcpFin: 0, udp: 1))]).failures.isEmpty)

            #expect(try client.tally(2, over: .udp, with: virtual) == ["rs1": 2])
            expectRefusal { try client.converse(over: .udp, with: virtual).ask() }

            let isIdle = try Deadline.wait(seconds: 6) {
                try kernel.service(key).destinations.allSatisfy { $0.inactiveConnections == 0 }
            }
            #expect(isIdle)
            #expect(try client.tally(1, over: .udp, with: virtual) == ["rs1": 1])
        }

        /// The director has no server for it, and says so.
        private func expectRefusal<Result>(_ body: () throws -> Result) {
            #expect { _ = try body() } throws: { ($0 as? Namespace.Failure)?.number == ECONNREFUSED }
        }
    }
}
