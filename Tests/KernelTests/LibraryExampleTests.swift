import Addresses
import IPVS
import IPVSNetlink
import TestKit
import Testing

/// What README.md shows to Swift programmers, word for word.
func balance() throws(IPVSError) -> ApplyReport {
    let web = ServiceKey.endpoint(.tcp, Endpoint(address: .v4(IPv4Address(value: 0x0a00_0001)), port: 80))
    let servers = [0x0a02_0001, 0x0a02_0002].map { value in
        Destination(endpoint: Endpoint(address: .v4(IPv4Address(value: value)), port: 80), forwarding: .masquerade)
    }
    let kernel = try NetlinkKernel()
    let actual = try kernel.table()
    var wanted = actual
    wanted[web] = Table.Entry(service: VirtualService(key: web, scheduler: "wrr"), destinations: servers)
    return kernel.apply(wanted.changes(from: actual))
}

@Suite(.needsKernel, .serialized, .waitsInLab)
struct LibraryExampleTests {
    @Test func theExampleOfTheReadmeProgramsTheKernel() throws {
        let (first, second, table) = try Namespace.fresh {
            (try balance(), try balance(), try NetlinkKernel().table())
        }
        #expect(first.appliedCount == 3)
        #expect(second.count == 0)
        #expect(table.entries.first?.destinations.count == 2)
    }
}
