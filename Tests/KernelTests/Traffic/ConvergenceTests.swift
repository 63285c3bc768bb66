import Addresses
import IPVS
import IPVSNetlink
import Rules
import TestKit
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
            let tables = tables(arrangement.forwarding, family)
            try kernel.converge(to: tables[2])
            let load = try Load(connections: 6, to: virtual(family))
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

        @Test(arguments: AddressFamily.allCases)
        func aRestoreUnderLoadLosesNoConnection(family: AddressFamily) throws {
            try arrange(.nat(through: "director"))
            let kernel = try LabNetwork.kernel()
            let tables = tables(.masquerade, family)
            try kernel.converge(to: tables[2])
            let load = try Load(connections: 6, to: virtual(family))
            for round in 0..<6 {
                let wanted = tables[round % 3]
                var dump: [UInt8] = []
                RuleWriter().write(wanted, to: &dump)
                let text = String(decoding: dump, as: UTF8.self)
                let restore = try Namespace.named("director") {
                    try Program.run("\(Lab.programs)/ipvsadm", name: "ipvsadm-restore", input: text)
                }
                #expect(restore.status == 0, "\(restore.errors)")
                #expect(try kernel.snapshot().table == wanted)
                guard load.goesOn() else { break }
            }
            let report = try load.stop()
            #expect(Set(report.newcomers.keys) == Set(LabNetwork.serverNames))
        }

        /// Tables among which a third server comes, is drained, and goes.
        private func tables(_ forwarding: ForwardingMethod, _ family: AddressFamily) -> [Table] {
            let table = { (scheduler: String, weights: [Int32], marks: Range<UInt32>) in
                let used = Table.Entry(
                    service: VirtualService(key: .endpoint(.tcp, virtual(family)), scheduler: scheduler),
                    destinations: destinations(forwarding, family, weights: weights)
                )
                return Table([used] + others(marks, family, forwarding))
            }
            return [
                table("wrr", [3, 1, 1], 1050..<1150),
                table("wlc", [1, 2, 0], 1000..<1100),
                table("rr", [1, 1], 1100..<1200),
            ]
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
