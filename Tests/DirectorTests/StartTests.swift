import Addresses
import Configuration
import Dialogues
import Director
import DirectorBench
import HealthChecks
import IPVS
import TestKit
import Testing

struct StartTests {
    @Test func anEmptyTableGetsTheFallbackFirstAndServersWithoutWeight() {
        let virtual = Shop.virtual { $0.standby = Shop.standby }
        let standby = TableSubject.standby(Shop.fallback.endpoint)
        func done(_ step: TableStep) -> DirectorAction { .told(.table(step, .done), of: virtual, in: .starting) }
        var bench = DirectorBench([virtual])
        #expect(
            bench.start() == [
                .apply([
                    .addService(virtual.service), .addDestination(Shop.fallback, to: Shop.key),
                    .addDestination(Shop.weighing(0, Shop.first), to: Shop.key),
                    .addDestination(Shop.weighing(0, Shop.second), to: Shop.key),
                ]),
                .schedule(Shop.scheduled(Shop.first, Shop.second)),
                done(TableStep(.added, .service)), done(TableStep(.added, standby, weight: 1)),
                done(TableStep(.added, .server(Shop.first), weight: 0)),
                done(TableStep(.added, .server(Shop.second), weight: 0)),
            ]
        )
        #expect(
            bench.check(Shop.first, .up, of: virtual) == [
                .told(.server(Shop.first, .up(Shop.passed, failures: 0)), of: virtual, in: .starting),
                .apply([.editDestination(Shop.first.destination, of: Shop.key)]),
                done(TableStep(.restored, .server(Shop.first), weight: 5)),
                .apply([.deleteDestination(Shop.fallback.endpoint, of: Shop.key)]),
                done(TableStep(.deleted, standby)),
            ]
        )
        #expect(
            bench.check(Shop.second, .down, of: virtual) == [
                .told(.server(Shop.second, .down(Shop.refused)), of: virtual, in: .starting), .ready,
            ]
        )
    }

    @Test func withoutQuiescenceServersComeWithTheirFirstSuccess() {
        let virtual = Shop.virtual { $0.isQuiescent = false }
        var bench = DirectorBench([virtual])
        #expect(bench.start().changes == [.addService(virtual.service)])
        #expect(bench.check(Shop.first, .down, of: virtual).changes == [])
        let actions = bench.check(Shop.second, .up, of: virtual)
        #expect(actions.changes == [.addDestination(Shop.second.destination, to: Shop.key)])
        #expect(actions.last == .ready)
        #expect(actions.steps.contains(TableStep(.added, .server(virtual.realServers[1]), weight: 3)))
    }

    @Test func readdingIsCalledByItsName() {
        var bench = DirectorBench([Shop.virtual { $0.realServers = [Shop.first] }]) { $0.addsQuiescent = true }
        #expect(
            bench.start().steps.last == TableStep(.readded, .server(Shop.first), weight: 0)
        )
    }

    @Test func aServerFoundWithWeightKeepsItUntilItsVerdict() {
        let virtual = Shop.virtual()
        var bench = DirectorBench([virtual])
        var found = Shop.weighing(2, Shop.first)
        found.upperThreshold = 7
        bench.interfere(
            .addService(virtual.service),
            .addDestination(found, to: Shop.key),
            .addDestination(Shop.weighing(9, Shop.second), to: Shop.key)
        )
        let actions = bench.start()
        #expect(actions.changes == [.editDestination(Shop.weighing(2, Shop.first), of: Shop.key)])
        #expect(actions.events == [.table(TableStep(.restored, .server(Shop.first), weight: 2), .done)])
        #expect(
            bench.check(Shop.first, .up, of: virtual).changes == [
                .editDestination(Shop.first.destination, of: Shop.key)
            ]
        )
        #expect(
            bench.check(Shop.second, .down, of: virtual).changes == [
                .editDestination(Shop.weighing(0, Shop.second), of: Shop.key)
            ]
        )
    }

    @Test func anAdoptedServerIsGivenAsManyFailuresAsOneThatIsUp() {
        let virtual = Shop.virtual { $0.failureCount = 2 }
        var bench = DirectorBench([virtual])
        bench.interfere(.addService(virtual.service), .addDestination(Shop.first.destination, to: Shop.key))
        _ = bench.start()
        #expect(
            bench.check(Shop.first, .down, of: virtual) == [
                .told(
                    .server(virtual.realServers[0], .softFailure(Shop.refused, count: 1, limit: 2)),
                    of: virtual,
                    in: .starting
                )
            ]
        )
        #expect(
            bench.check(Shop.first, .down, of: virtual).changes == [
                .editDestination(Shop.weighing(0, Shop.first), of: Shop.key)
            ]
        )
    }

    @Test func nothingIsToBeDoneWhereEverythingStands() {
        let virtual = Shop.virtual()
        var bench = DirectorBench([virtual])
        bench.interfere(
            .addService(virtual.service),
            .addDestination(Shop.first.destination, to: Shop.key),
            .addDestination(Shop.second.destination, to: Shop.key)
        )
        #expect(bench.start() == [.schedule(Shop.scheduled(Shop.first, Shop.second))])
    }

    @Test func aStrangerGoesWhenSomebodyStandsInForIt() {
        let virtual = Shop.virtual { $0.realServers = [Shop.first] }
        var bench = DirectorBench([virtual])
        bench.interfere(.addService(virtual.service), .addDestination(Shop.other, to: Shop.key))
        #expect(bench.start().changes == [.addDestination(Shop.weighing(0, Shop.first), to: Shop.key)])
        let actions = bench.check(Shop.first, .up, of: virtual)
        #expect(
            actions.changes == [
                .editDestination(Shop.first.destination, of: Shop.key),
                .deleteDestination(Shop.other.endpoint, of: Shop.key),
            ]
        )
        #expect(actions.steps.last == TableStep(.purged(.start), .surplus(Shop.other.endpoint)))
    }

    @Test func aStrangerGoesWhenNobodyEverStandsInForIt() {
        let virtual = Shop.virtual { $0.realServers = [Shop.first] }
        var bench = DirectorBench([virtual])
        bench.interfere(.addService(virtual.service), .addDestination(Shop.other, to: Shop.key))
        _ = bench.start()
        #expect(
            bench.check(Shop.first, .down, of: virtual).changes == [
                .deleteDestination(Shop.other.endpoint, of: Shop.key)
            ]
        )
    }

    @Test func aStrangerWaitsForTheFallback() {
        let virtual = Shop.virtual { $0.standby = Shop.standby }
        var bench = DirectorBench([virtual])
        bench.interfere(.addService(virtual.service), .addDestination(Shop.other, to: Shop.key))
        bench.refusals = [[0: .refused(.outOfMemory)]]
        #expect(!bench.start().changes.contains(.deleteDestination(Shop.other.endpoint, of: Shop.key)))
        #expect(
            bench.pass(.seconds(1)).changes == [
                .addDestination(Shop.fallback, to: Shop.key), .deleteDestination(Shop.other.endpoint, of: Shop.key),
            ]
        )
    }

    @Test func serversThatAreNeverAskedHaveTheirVerdictAtOnce() {
        var (on, off) = (Shop.first, Shop.second)
        on.checks = []
        off.check.method = .alwaysDown
        let virtual = Shop.virtual { $0.realServers = [on, off] }
        var bench = DirectorBench([virtual])
        let actions = bench.start()
        #expect(
            actions.changes == [
                .addService(virtual.service), .addDestination(on.destination, to: Shop.key),
                .addDestination(Shop.weighing(0, off), to: Shop.key),
            ]
        )
        #expect(actions.contains(.schedule([])))
        #expect(actions.last == .ready)
    }

    @Test func equalChecksAreScheduledOnceAndCountForAllHolders() {
        let web = Shop.virtual { $0.realServers = [Shop.first] }
        var mark = web
        mark.service = VirtualService(key: Example.mark, scheduler: "rr")
        mark.failureCount = 2
        var bench = DirectorBench([web, mark])
        #expect(bench.start().contains(.schedule(Shop.scheduled(Shop.first))))
        #expect(bench.check(Shop.first, .up, of: web).changes.count == 2)
        let actions = bench.check(Shop.first, .down, of: web)
        #expect(actions.changes == [.editDestination(Shop.weighing(0, Shop.first), of: Shop.key)])
        let failure = ServerEvent.softFailure(Shop.refused, count: 1, limit: 2)
        #expect(actions.contains(.told(.server(mark.realServers[0], failure), of: mark)))
    }

    @Test func servicesOfOthersAreLeftAlone() {
        var bench = DirectorBench([Shop.virtual()])
        bench.interfere(
            .addService(VirtualService(key: Example.names)),
            .addDestination(Example.server(9), to: Example.names)
        )
        let before = bench.entry(Example.names)
        _ = bench.start()
        _ = bench.stop()
        #expect(bench.entry(Example.names) == before)
        #expect(bench.entry(Shop.key) == nil)
    }

    @Test func aServerThatCannotBeAskedIsNeitherUpNorDown() {
        let virtual = Shop.virtual { $0.realServers = [Shop.first] }
        var bench = Shop.running(virtual)
        let check = Shop.scheduled(Shop.first)[0]
        let result = CheckResult(.down, .director(.systemError(24)), text: "too many open files")
        #expect(
            bench.director.checked(check, result, at: bench.now) == [
                .told(.server(Shop.first, .unasked(result)), of: virtual)
            ]
        )
        #expect(bench.director.checked(check, result, at: bench.now) == [])
        let malformed = CheckResult(.down, .director(.malformed))
        #expect(bench.carryOut(bench.director.checked(check, malformed, at: bench.now)).changes.count == 1)
    }
}
