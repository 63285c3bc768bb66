import Addresses
import IPVS
import TestKit
import Testing

extension TrafficTests {
    @Suite struct Forwarding {
        /// The director's rules of the firewall, which stay.
        private static let marks = Result { try markPackets() }

        @Test(arguments: Combination.all)
        func requestsReachAllServersInTheSchedulersProportion(combination: Combination) throws {
            try arrange(combination.arrangement)
            let kernel = try LabNetwork.kernel()
            if combination.selection == .mark { try Self.marks.get() }
            let unwrapped = try LabNetwork.unwrappedPackets()

            try kernel.converge(to: combination.table(scheduler: "rr", weights: [1, 1, 1]))
            let even = try client.tally(6, over: combination.transport, with: combination.virtual)
            #expect(even == ["rs1": 2, "rs2": 2, "rs3": 2])

            try kernel.converge(to: combination.table(scheduler: "wrr", weights: [3, 2, 1]))
            let weighted = try client.tally(6, over: combination.transport, with: combination.virtual)
            #expect(weighted == ["rs1": 3, "rs2": 2, "rs3": 1])

            if combination.transport == .tcp {
                let conversation = try client.converse(over: .tcp, with: combination.virtual)
                let name = try conversation.ask(String(repeating: "a request of many packets ", count: 500))
                #expect(LabNetwork.serverNames.contains(name))
            }

            #expect(try LabNetwork.unwrappedPackets() > unwrapped || !combination.isWrapped)
        }

        @Test
        func theServersCanBeRearrangedAtAnyTime() throws {
            let arrangements: [ServerArrangement] = [
                .nat(through: "director"), .tunnel(.gue), .tunnel(.gre), .tunnel(.gue), .direct,
                .nat(through: "director"),
            ]
            for arrangement in arrangements {
                try arrange(arrangement)
                let kernel = try LabNetwork.kernel()
                let combination = try #require(Combination.all.first { $0.arrangement == arrangement })
                try kernel.converge(to: combination.table(scheduler: "rr", weights: [1, 1, 1]))
                let tally = try client.tally(3, over: combination.transport, with: combination.virtual)
                #expect(tally == ["rs1": 1, "rs2": 1, "rs3": 1], "\(arrangement)")
            }
        }

        /// Has the director mark the packets to the virtual addresses.
        private static func markPackets() throws {
            for (command, family) in [("iptables-legacy", AddressFamily.ipv4), ("ip6tables-legacy", .ipv6)] {
                try LabNetwork.run(
                    """
                    ip netns exec director \(command) -t mangle -A PREROUTING \
                    -d \(LabNetwork.virtualAddress(family)) -j MARK --set-mark \(Combination.mark)
                    """
                )
            }
        }
    }
}
