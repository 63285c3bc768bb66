import Addresses
import Glibc
import IPVS
import IPVSNetlink
import TestKit
import Testing

extension TrafficTests {
    @Suite struct Synchronisation {
        @Test(arguments: [ForwardingMethod.masquerade, .directRoute], AddressFamily.allCases)
        func anOpenConnectionSurvivesTheMoveOfTheVirtualAddress(
            forwarding: ForwardingMethod,
            family: AddressFamily
        ) throws {
            try withTwoDirectors(forwarding, family) { active, standby, takeOver in
                try active.perform(.startDaemon(SyncDaemon(role: .master, interface: "eth0", syncID: 7)))
                defer { _ = active.apply([.stopDaemon(.master)]) }
                try standby.perform(.startDaemon(SyncDaemon(role: .backup, interface: "eth0", syncID: 7)))
                defer { _ = standby.apply([.stopDaemon(.backup)]) }
                let conversation = try client.converse(over: .tcp, with: virtual(family))
                let name = try conversation.ask()

                var copy: Connection?
                _ = try Deadline.wait(seconds: 8) {
                    copy = try connection(fromPort: conversation.port, on: "director2", of: standby)
                    return copy != nil
                }
                let known = try #require(copy)
                #expect(known.virtual == virtual(family))
                #expect(known.state == "ESTABLISHED")
                #expect(known.destination == endpoint(of: name, family))

                try takeOver()
                #expect(try conversation.ask() == name)
                #expect(try conversation.ask("still there") == name)
                #expect(try client.tally(3, over: .tcp, with: virtual(family)).values.reduce(0, +) == 3)
            }
        }

        @Test func withoutItTheConnectionBreaks() throws {
            try withTwoDirectors(.directRoute, .ipv4) { _, _, takeOver in
                let conversation = try client.converse(over: .tcp, with: virtual(.ipv4))
                try conversation.ask()
                try takeOver()
                #expect { try conversation.ask() } throws: { ($0 as? Namespace.Failure)?.number == ECONNRESET }
                #expect(try client.tally(3, over: .tcp, with: virtual(.ipv4)).values.reduce(0, +) == 3)
            }
        }

        /// Gives two directors the same table and the first the virtual address, which `body` can give to the second.
        private func withTwoDirectors(
            _ forwarding: ForwardingMethod,
            _ family: AddressFamily,
            _ body: (NetlinkKernel, NetlinkKernel, _ takeOver: () throws -> Void) throws -> Void
        ) throws {
            let isTranslated = forwarding == .masquerade
            try arrange(isTranslated ? .nat(through: "director") : .direct)
            let kernels = try ["director", "director2"].map { try LabNetwork.kernel(of: $0) }
            for kernel in kernels {
                try kernel.converge(
                    to: VirtualService(key: .endpoint(.tcp, virtual(family)), scheduler: "rr"),
                    destinations(forwarding, family, weights: [1, 1, 1])
                )
            }
            var isMoved = false
            let outcome = Result {
                try body(kernels[0], kernels[1]) {
                    isMoved = true
                    try LabNetwork.run("lab_move_virtual_address director director2")
                    if isTranslated { try arrange(.nat(through: "director2")) }
                }
            }
            if isMoved { try LabNetwork.run("lab_move_virtual_address director2 director") }
            try outcome.get()
        }

        /// The entry of a director's connection table for the client's port.
        private func connection(
            fromPort port: UInt16,
            on director: String,
            of kernel: NetlinkKernel
        ) throws -> Connection? {
            try Namespace.named(director) {
                var found: Connection?
                try kernel.forEachConnection { connection in
                    if connection.source.port == port { found = connection }
                    return found == nil
                }
                return found
            }
        }

        private func endpoint(of name: String, _ family: AddressFamily) -> Endpoint? {
            LabNetwork.serverNames.firstIndex(of: name).map { TrafficTests.endpoint(ofServer: $0 + 1, family) }
        }
    }
}
