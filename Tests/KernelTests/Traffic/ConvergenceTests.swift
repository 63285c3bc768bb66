import Addresses
import IPVS
import IPVSNetlink
import LabSupport
import Testing

extension TrafficTests {
    @Suite struct Convergence {
        @Test(arguments: [ServerArrangement.nat(through: "director"), .direct], AddressFamily.allCases)
        func aTableThatChangesUnderLoadLosesNoConnection(
            arrangement: ServerArrangement,
            family: AddressFamily
        ) throws {
            try arrange(arrangement)
            let kernel = try LabNetwork.kernel()
            let table = { (scheduler: String, weights: [Int32], marks: Range<UInt32>) in
                let used = Table.Entry(
                    service: VirtualService(key: .endpoint(.tcp, virtual(family)), scheduler: scheduler),
                    destinations: destinations(arrangement.forwarding, family, weights: weights)
                )
                return Table([used] + others(marks, family, arrangement.forwarding))
            }
            try kernel.converge(to: table("rr", [1, 1], 1000..<1100))
            let load = try Load(connections: 6, to: virtual(family))

            // The third server comes, is drained, and goes.
            let tables = [
                table("wrr", [3, 1, 1], 1050..<1150),
                table("wlc", [1, 2, 0], 1000..<1100),
                table("rr", [1, 1], 1100..<1200),
            ]
            for round in 0..<9 {
                let wanted = tables[round % 3]
                try kernel.converge(to: wanted)
                #expect(try kernel.snapshot().table == wanted)
                guard load.goesOn() else { break }
            }

            let report = try load.stop()
            #expect(Set(report.newcomers.keys) == Set(LabNetwork.serverNames))
            #expect(report.answers >= 9 * 6)
        }

        /// Services that come and go beside the one that is used.
        private func others(
            _ marks: Range<UInt32>,
            _ family: AddressFamily,
            _ forwarding: ForwardingMethod
        ) -> [Table.Entry] {
            marks.map { mark in
                Table.Entry(
                    service: VirtualService(key: .mark(mark, family)),
                    destinations: destinations(forwarding, family, weights: [1, 1])
                )
            }
        }
    }
}
