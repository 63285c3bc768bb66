import Addresses
import IPVS
import TestKit
import Testing

struct TableTests {
    @Test(arguments: [UInt64](1...300))
    func applyingTheDifferenceGivesTheWantedTable(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let actual = random.table()
        let wanted = random.table()
        let changes = wanted.changes(from: actual)
        var table = actual
        for change in changes.changes { try table.apply(change) }
        #expect(table == wanted)
        #expect(wanted.changes(from: table).isEmpty)
        #expect(wanted.changes(from: wanted).isEmpty)
    }

    @Test(arguments: [UInt64](1...300))
    func aDifferenceNeverDeletesWhatItAddsAndTakesAwayLast(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let changes = random.table().changes(from: random.table()).changes
        var added = Set<ServiceKey>()
        var hasDeleted = false
        for change in changes {
            switch change {
            case .addService(let service):
                added.insert(service.key)
                #expect(!hasDeleted)
            case .deleteService(let key):
                #expect(!added.contains(key))
                hasDeleted = true
            case .deleteDestination(_, let key):
                #expect(!added.contains(key))
                hasDeleted = true
            default:
                #expect(!hasDeleted)
            }
        }
    }

    @Test func aWeightIsEditedInPlace() {
        var actual = Table()
        actual[Example.web] = Table.Entry(
            service: VirtualService(key: Example.web),
            destinations: [Example.server(1), Example.server(2)]
        )
        var drained = Example.server(2)
        drained.weight = 0
        var wanted = actual
        wanted[Example.web]?[drained.endpoint] = drained
        #expect(wanted.changes(from: actual) == [.editDestination(drained, of: Example.web)])
    }

    @Test func servicesComeEachWithItsServersInTheirOrder() {
        var wanted = Table()
        for key in [Example.web, Example.names] {
            wanted[key] = Table.Entry(
                service: VirtualService(key: key),
                destinations: [Example.server(2), Example.server(1)]
            )
        }
        #expect(
            wanted.changes(from: Table()) == [
                .addService(VirtualService(key: Example.web)),
                .addDestination(Example.server(2), to: Example.web),
                .addDestination(Example.server(1), to: Example.web),
                .addService(VirtualService(key: Example.names)),
                .addDestination(Example.server(2), to: Example.names),
                .addDestination(Example.server(1), to: Example.names),
            ]
        )
    }

    @Test func aDaemonIsStartedAnewOnlyWhenItRunsOtherwise() {
        let running = SyncDaemon(role: .master, interface: "eth0", syncID: 1, maximumLength: 1472, port: 8848)
        var actual = Table()
        actual.daemons[.master] = running
        var wanted = Table()
        wanted.daemons[.master] = SyncDaemon(role: .master, interface: "eth0", syncID: 1)
        #expect(wanted.changes(from: actual).isEmpty)
        let other = SyncDaemon(role: .master, interface: "eth0", syncID: 2)
        wanted.daemons[.master] = other
        #expect(wanted.changes(from: actual) == [.stopDaemon(.master), .startDaemon(other)])
    }

    @Test func timeoutsAreSetWhenOneOfThemDiffers() {
        var actual = Table()
        actual.timeouts = Timeouts(tcp: 900, tcpFin: 120, udp: 300)
        var wanted = Table()
        #expect(wanted.changes(from: actual).isEmpty)
        wanted.timeouts = Timeouts(tcp: 900, tcpFin: 0, udp: 0)
        #expect(wanted.changes(from: actual).isEmpty)
        let other = Timeouts(tcp: 0, tcpFin: 60, udp: 0)
        wanted.timeouts = other
        #expect(wanted.changes(from: actual) == [.setTimeouts(other)])
    }

    @Test func aChangeThatCannotBeLeavesTheTableAsItWas() {
        var table = Table()
        #expect(throws: KernelError.noSuchService) { try table.apply(.deleteService(Example.web)) }
        #expect(throws: KernelError.noSuchService) {
            try table.apply(.addDestination(Example.server(1), to: Example.web))
        }
        #expect(table == Table())
        table[Example.web] = Table.Entry(service: VirtualService(key: Example.web), destinations: [Example.server(1)])
        let before = table
        #expect(throws: KernelError.exists) { try table.apply(.addService(VirtualService(key: Example.web))) }
        #expect(throws: KernelError.exists) { try table.apply(.addDestination(Example.server(1), to: Example.web)) }
        #expect(throws: KernelError.noSuchEntry) {
            try table.apply(.deleteDestination(Example.server(2).endpoint, of: Example.web))
        }
        #expect(table == before)
    }
}
