import Addresses
import Configuration
import Diagnostics
import Failover
import Links
import Testing

/// What lines of addresses mean.
struct AddressReadingTests {
    private func address(_ line: String, _ others: String = "") throws -> VirtualAddress {
        let file = ReadFile("virtual_ipaddress {\n\(line)\n}\n\(others)")
        return try #require(try file.router().addresses.first)
    }

    @Test func aLineThatSaysLittle() throws {
        let old = try address("10.9.0.100")
        #expect(old.address == LinkAddress(try #require(IPAddress("10.9.0.100")), on: "eth0"))
        #expect(old.isTracked && !old.hasOwnLink)
        let new = try address("fd00::100").address
        #expect(new.prefixLength == 128 && new.preferredLifetime == 0 && new.options == .skipsDuplicateDetection)
        let network = try address("fd00::100/64").address
        #expect(network.preferredLifetime == nil)
        #expect(try address("10.9.0.100/99").address.prefixLength == 32)
    }

    @Test func allOfItsWords() throws {
        let old = try address(
            "10.9.0.100/24 dev eth1 scope link brd + label eth1:0 noprefixroute no_track preferred_lft 30"
        )
        var expected = LinkAddress(try #require(IPAddress("10.9.0.100")), prefixLength: 24, on: "eth1", scope: 253)
        expected.broadcast = IPv4Address("10.9.0.255")
        expected.label = "eth1:0"
        expected.options = .hasNoPrefixRoute
        expected.preferredLifetime = 30
        #expect(old.address == expected && !old.isTracked)
        #expect(try address("10.9.0.100/24 brd -").address.broadcast == IPv4Address("10.9.0.0"))
        #expect(try address("10.9.0.100/24 brd 10.9.0.7").address.broadcast == IPv4Address("10.9.0.7"))
        let peer = try address("10.9.0.100 peer 10.9.0.9/30").address
        #expect(peer.peer == IPAddress("10.9.0.9") && peer.prefixLength == 30)
        let new = try address("fd00::100/128 -nodad home mngtmpaddr autojoin preferred_lft forever").address
        #expect(new.options == [.home, .managesTemporaries, .joinsGroup] && new.preferredLifetime == nil)
    }

    @Test func whatIPv6DoesNotHaveIsToldAndLeftOut() throws {
        let file = ReadFile("virtual_ipaddress {\nfd00::1/64 scope link label d0:1\n}")
        let address = try #require(try file.router().addresses.first).address
        #expect(address.scope == 0 && address.label == nil)
        #expect(file.messages.count == 2)
    }

    @Test func addressesElsewhereHaveALinkWhereItIsWanted() throws {
        #expect(try address("10.9.0.100/24 dev eth1 use_vmac").hasOwnLink)
        #expect(try address("10.9.0.100/24 dev eth1", "use_vmac_addr").hasOwnLink)
        #expect(try !address("10.9.0.100/24 dev eth0", "use_vmac_addr").hasOwnLink)
    }

    /// As measured: 255 are advertised, and the rest is not, which is told.
    @Test func theRestOfTooManyIsNotAdvertised() throws {
        let lines = (0..<300).map { "10.9.\($0 / 250).\($0 % 250 + 1)" }
        let file = ReadFile("virtual_ipaddress {\n\(lines.joined(separator: "\n"))\n}")
        let router = try file.router()
        #expect(router.addresses.count == 255 && router.unadvertisedAddresses.count == 45)
        #expect(router.unadvertisedAddresses.first?.address.address == IPAddress(lines[255]))
        #expect(file.loaded.diagnostics.map(\.line) == [6 + 255])
    }

    @Test func whatIsThereTwiceIsThereOnce() throws {
        let file = ReadFile("virtual_ipaddress {\n10.9.0.1/24\n10.9.0.1/24\n}")
        #expect(try file.router().addresses.count == 1)
        #expect(file.messages == ["10.9.0.1 is there already"])
    }
}
