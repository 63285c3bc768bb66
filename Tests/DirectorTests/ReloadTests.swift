import Addresses
import Configuration
import Dialogues
import Director
import DirectorBench
import HealthChecks
import IPVS
import TestKit
import Testing

struct ReloadTests {
    @Test func whatDoesNotChangeGetsNoCommand() {
        let virtual = Shop.virtual()
        var bench = Shop.running(virtual)
        _ = bench.check(Shop.first, .down, of: virtual)
        #expect(
            bench.reload([virtual]) == [.schedule(Shop.scheduled(Shop.first, Shop.second)), .readTable, .ready]
        )
    }

    /// A server that comes to a check which others hold already waits for no turn of it: that may be an interval away.
    @Test func aNewServerIsAskedAboutSoon() {
        let virtual = Shop.virtual()
        var bench = Shop.running(virtual)
        var other = VirtualServer(service: VirtualService(key: .mark(7, .ipv4)))
        other.realServers = [Shop.first]
        let checks = Shop.scheduled(Shop.first, Shop.second)
        #expect(bench.reload([virtual, other]).starts(with: [.schedule(checks), .hurry(Shop.scheduled(Shop.first))]))
        _ = bench.check(Shop.first, .up, of: virtual)
        // Once it has its verdict nothing is hurried any more.
        #expect(!bench.reload([virtual, other]).contains { if case .hurry = $0 { true } else { false } })
    }

    @Test func aWeightIsChangedInItsPlaceAndAServerThatIsDownStaysSo() {
        let virtual = Shop.virtual()
        var bench = Shop.running(virtual)
        _ = bench.check(Shop.first, .down, of: virtual)
        var changed = virtual
        changed.realServers[0].weight = 8
        changed.realServers[1].weight = 9
        changed.service.scheduler = "rr"
        let actions = bench.reload([changed])
        #expect(
            actions.changes == [
                .editService(changed.service), .editDestination(Shop.weighing(9, Shop.second), of: Shop.key),
            ]
        )
        #expect(
            actions.steps == [
                TableStep(.changed, .service), TableStep(.restored, .server(changed.realServers[1]), weight: 9),
            ]
        )
        #expect(
            bench.check(changed.realServers[0], .up, of: changed).changes == [
                .editDestination(Shop.weighing(8, Shop.first), of: Shop.key)
            ]
        )
    }

    @Test func failuresGoOnBeingCounted() {
        let virtual = Shop.virtual { $0.failureCount = 2 }
        var bench = Shop.running(virtual)
        _ = bench.check(Shop.first, .down, of: virtual)
        _ = bench.reload([virtual])
        #expect(bench.check(Shop.first, .down, of: virtual).changes.count == 1)
    }

    @Test func aNewServerComesWithoutWeightAndAnOldOneGoes() {
        let virtual = Shop.virtual()
        var bench = Shop.running(virtual)
        let new = Shop.server(3, weight: 4)
        let changed = Shop.virtual { $0.realServers = [Shop.second, new] }
        let actions = bench.reload([changed])
        #expect(
            actions.changes == [
                .addDestination(Shop.weighing(0, new), to: Shop.key),
                .deleteDestination(Shop.first.destination.endpoint, of: Shop.key),
            ]
        )
        #expect(actions.steps.last == TableStep(.purged(.start), .surplus(Shop.first.destination.endpoint)))
        #expect(actions.last != .ready)
        #expect(bench.check(new, .up, of: changed).last == .ready)
    }

    /// A second virtual server with one server.
    private func another(_ server: RealServer) -> VirtualServer {
        var virtual = Shop.virtual { $0.realServers = [server] }
        virtual.service = VirtualService(
            key: .endpoint(.tcp, Example.endpoint("10.0.0.2", 80)),
            scheduler: virtual.service.scheduler
        )
        return virtual
    }

    @Test func aNewServiceComesBeforeAServerThatIsUpBeforeTheTableIsRead() {
        let virtual = Shop.virtual()
        var bench = Shop.running(virtual)
        let new = Shop.server(3, weight: 4)
        let added = another(new)
        bench.isUnreadable = true
        _ = bench.reload([virtual, added])
        _ = bench.check(new, .up, of: added)
        bench.isUnreadable = false
        #expect(
            bench.pass(.seconds(2)).changes == [
                .addService(added.service), .addDestination(Shop.weighing(4, new), to: added.service.key),
            ]
        )
    }

    @Test func aNewServiceComesBeforeAServerInMaintenance() {
        let virtual = Shop.virtual()
        var bench = Shop.running(virtual)
        let new = Shop.server(3, weight: 4)
        let added = another(new)
        _ = bench.maintain(["10.2.0.3:8080"])
        #expect(
            bench.reload([virtual, added]).changes == [
                .addService(added.service), .addDestination(Shop.weighing(0, new), to: added.service.key),
            ]
        )
    }

    @Test func theLastOldServerStaysUntilANewOneIsUp() {
        let virtual = Shop.virtual()
        var bench = Shop.running(virtual)
        let new = Shop.server(3, weight: 4)
        let changed = Shop.virtual { $0.realServers = [new] }
        #expect(bench.reload([changed]).changes == [.addDestination(Shop.weighing(0, new), to: Shop.key)])
        #expect(bench.check(new, .up, of: changed).changes.count == 3)
        #expect(bench.entry(Shop.key)?.destinations.count == 1)
    }

    @Test func aVirtualServerThatIsNoLongerThereIsRemoved() {
        let virtual = Shop.virtual {
            $0.standby = Shop.standby
            $0.fallbackCommand = "/bin/alarm"
        }
        var bench = DirectorBench([virtual])
        _ = bench.start()
        let actions = bench.reload([])
        #expect(actions.contains(.told(.standby(.notNeeded), of: virtual, in: .reloading)))
        #expect(actions.needs == [.notNeeded])
        #expect(actions.changes == [.deleteService(Shop.key)])
        let purged = TableStep(.purged(.start), .service)
        #expect(actions.suffix(2) == [.told(.table(purged, .done), of: virtual, in: .reloading), .ready])
        #expect(bench.reload([virtual]).changes.first == .addService(virtual.service))
    }

    @Test func aNewVirtualServerTakesOverWhatItFinds() {
        var bench = DirectorBench([])
        #expect(bench.start() == [.schedule([]), .ready])
        bench.interfere(
            .addService(VirtualService(key: Shop.key, scheduler: "wrr")),
            .addDestination(Shop.first.destination, to: Shop.key)
        )
        let virtual = Shop.virtual()
        #expect(bench.reload([virtual]).changes == [.addDestination(Shop.weighing(0, Shop.second), to: Shop.key)])
    }

    @Test func aReloadWhileChangesAreOnTheirWayFollowsThem() {
        let virtual = Shop.virtual()
        var director = Director(DirectorConfiguration(virtualServers: [virtual]))
        let now = DirectorBench.zero
        let changes = director.started(with: Table(), at: now).changes
        #expect(director.reloaded(DirectorConfiguration(), at: now) == [.schedule([])])
        let actions = director.applied(Changeset(changes), ApplyReport(count: changes.count), at: now)
        #expect(actions.last == .readTable)
        var table = Table([Table.Entry(service: virtual.service)])
        table.timeouts = nil
        #expect(director.observed(table, at: now).changes == [.deleteService(Shop.key)])
    }

    @Test func aFallbackThatChangesIsNeverMissed() {
        let virtual = Shop.virtual { $0.standby = Shop.standby }
        var bench = DirectorBench([virtual])
        _ = bench.start()
        let changed = Shop.virtual { $0.standby = Shop.standing(Shop.other) }
        #expect(
            bench.reload([changed]).changes == [
                .addDestination(Shop.other, to: Shop.key),
                .deleteDestination(Shop.fallback.endpoint, of: Shop.key),
            ]
        )
    }
}
