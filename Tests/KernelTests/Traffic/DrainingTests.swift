import Addresses
import IPVS
import TestKit
import Testing

extension TrafficTests {
    @Suite struct Draining {
        @Test(arguments: [ServerArrangement.nat(through: "director"), .direct], AddressFamily.allCases)
        func aServerOfWeightZeroKeepsItsConnectionAndGetsNoNewOne(
            arrangement: ServerArrangement,
            family: AddressFamily
        ) throws {
            try arrange(arrangement)
            let kernel = try LabNetwork.kernel()
            let virtual = virtual(family)
            let service = VirtualService(key: .endpoint(.tcp, virtual), scheduler: "rr")
            try kernel.converge(to: service, destinations(arrangement.forwarding, family, weights: [1, 1, 1]))
            let conversations = try (0..<3).map { _ in try client.converse(over: .tcp, with: virtual) }
            let names = try conversations.map { try $0.ask() }
            #expect(Set(names) == Set(LabNetwork.serverNames))

            try kernel.converge(to: service, destinations(arrangement.forwarding, family, weights: [0, 1, 1]))
            #expect(try client.tally(6, over: .tcp, with: virtual) == ["rs2": 3, "rs3": 3])
            #expect(try conversations.map { try $0.ask() } == names)

            try kernel.converge(to: service, destinations(arrangement.forwarding, family, weights: [1, 1, 1]))
            #expect(try client.tally(6, over: .tcp, with: virtual) == ["rs1": 2, "rs2": 2, "rs3": 2])
            #expect(try conversations.map { try $0.ask() } == names)
        }
    }
}
