import Configuration
import Director
import DirectorBench
import HealthChecks
import IPVS
import TestKit
import Testing

struct StopTests {
    @Test func everythingIsRemoved() {
        let virtual = Shop.virtual()
        func done(_ step: TableStep) -> DirectorAction { .told(.table(step, .done), of: virtual, in: .stopping) }
        var bench = Shop.running(virtual)
        #expect(
            bench.stop() == [
                .schedule([]), .apply([.deleteService(Shop.key)]),
                done(TableStep(.purged(.stop), .server(Shop.first))),
                done(TableStep(.purged(.stop), .server(Shop.second))),
                done(TableStep(.purged(.stop), .service)), .stopped,
            ]
        )
        #expect(bench.director.nextMoment == nil)
        #expect(bench.stop() == [])
    }

    @Test func whatShallStayStaysAsItIs() {
        var bench = Shop.running(Shop.virtual { $0.isRemovedAtStop = false })
        #expect(bench.stop() == [.schedule([]), .stopped])
        #expect(bench.entry(Shop.key)?.destinations.count == 2)
    }

    @Test func theNextStartFindsItsServersInService() {
        let virtual = Shop.virtual { $0.isRemovedAtStop = false }
        var bench = Shop.running(virtual)
        _ = bench.stop()
        bench.director = Director(DirectorConfiguration(virtualServers: [virtual]))
        #expect(bench.start() == [.schedule(Shop.scheduled(Shop.first, Shop.second))])
    }

    @Test func theCommandOfAFallbackIsEnded() {
        var bench = DirectorBench([Shop.virtual { $0.fallbackCommand = "/bin/alarm" }])
        _ = bench.start()
        #expect(bench.stop().needs == [.notNeeded])
    }

    @Test func aStopBehindChangesWaitsForThem() {
        let virtual = Shop.virtual()
        var director = Director(DirectorConfiguration(virtualServers: [virtual]))
        let now = DirectorBench.zero
        let changes = director.started(with: Table(), at: now).changes
        #expect(director.stopping(at: now) == [.schedule([])])
        let last = director.applied(Changeset(changes), ApplyReport(count: changes.count), at: now)
        #expect(last.suffix(1) == [.apply([.deleteService(Shop.key)])])
        let end = director.applied([.deleteService(Shop.key)], ApplyReport(count: 1), at: now)
        let purged = TableStep(.purged(.stop), .service)
        #expect(end == [.told(.table(purged, .done), of: virtual, in: .stopping), .stopped])
    }

    @Test func aRefusalDoesNotKeepTheDirector() {
        let virtual = Shop.virtual()
        var bench = Shop.running(virtual)
        bench.refusals = [[0: .refused(.notPermitted)]]
        let actions = bench.stop()
        #expect(
            actions.suffix(2) == [
                .told(
                    .table(TableStep(.purged(.stop), .service), .failed(.refused(.notPermitted), retry: nil)),
                    of: virtual,
                    in: .stopping
                ),
                .stopped,
            ]
        )
    }

    @Test func oneThatNeverStartedStopsAtOnce() {
        var director = Director(DirectorConfiguration(virtualServers: [Shop.virtual()]))
        #expect(director.stopping(at: DirectorBench.zero) == [.stopped])
        #expect(director.started(with: Table(), at: DirectorBench.zero) == [])
    }
}
