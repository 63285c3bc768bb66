import Addresses
import IPVS
import TestKit
import Testing

extension TrafficTests {
    @Suite struct PersistenceOfClients {
        /// The ends of three client addresses, of which the first two are one client to a mask of 28 or 124 bits.
        private static let ends: [UInt8] = [0x02, 0x05, 0x12]

        private static let addresses = Result { try addAddresses() }

        @Test(arguments: [Netmask.ipv4(IPv4Address(value: 0xffff_fff0)), .ipv6(prefixLength: 124)])
        func clientsOfOneMaskedAddressShareAServer(netmask: Netmask) throws {
            let servers = try serversOfClients(under: netmask)
            #expect(servers[0] == servers[1])
            #expect(servers[0] != servers[2])
        }

        @Test(arguments: AddressFamily.allCases)
        func clientsOfDifferentAddressesAreScheduledOneByOne(family: AddressFamily) throws {
            #expect(Set(try serversOfClients(under: .host(family))).count == 3)
        }

        /// The server of each client, who gets no other, however often he comes.
        private func serversOfClients(under netmask: Netmask) throws -> [String] {
            let family = netmask.family
            try arrange(.nat(through: "director"))
            try Self.addresses.get()
            let kernel = try LabNetwork.kernel()
            let virtual = freshVirtual(family)
            let service = VirtualService(
                key: .endpoint(.tcp, virtual),
                scheduler: "rr",
                persistence: Persistence(timeout: 60, netmask: netmask)
            )
            try kernel.converge(to: service, destinations(.masquerade, family, weights: [1, 1, 1]))
            let first = try Self.ends.map { try server(of: Self.address(family, $0), at: virtual) }
            let again = try Self.ends.map { try server(of: Self.address(family, $0), at: virtual) }
            #expect(first == again)
            return first
        }

        private func server(of address: IPAddress, at virtual: Endpoint) throws -> String {
            let tally = try client.tally(3, over: .tcp, with: virtual, from: address)
            #expect(tally.count == 1)
            return tally.keys.first ?? ""
        }

        private static func address(_ family: AddressFamily, _ end: UInt8) -> IPAddress {
            switch family {
            case .ipv4: .v4(IPv4Address(value: 0x0a01_0000 | UInt32(end)))
            case .ipv6: .v6(IPv6Address(high: 0xfd00_0001_0000_0000, low: UInt64(end)))
            }
        }

        private static func addAddresses() throws {
            let commands = ends.dropFirst().flatMap { end in
                [
                    "addr add \(address(.ipv4, end))/24 dev eth0",
                    "addr add \(address(.ipv6, end))/64 dev eth0 nodad",
                ]
            }
            try LabNetwork.run("ip -n client -batch - <<'COMMANDS'\n\(commands.joined(separator: "\n"))\nCOMMANDS")
        }
    }
}
