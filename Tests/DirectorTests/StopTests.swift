import Configuration
import Director
import HealthChecks
import IPVS
import KernelBehaviour
import Testing

struct StopTests {
    @Test func everythingIsRemoved() {
        var bench = Shop.running(Shop.virtual())
        #expect(
            bench.stop() == [
                .schedule([]), .apply([.deleteService(Shop.key)]),
                .log("Purged real server (stop): 10.2.0.1:8080 (10.0.0.1:80)"),
                .log("Purged real server (stop): 10.2.0.2:8080 (10.0.0.1:80)"),
                .log("Purged virtual server (stop): 10.0.0.1:80"), .stopped,
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
        #expect(bench.stop().commands == ["/bin/alarm stop 10.0.0.1:80 tcp"])
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
        #expect(end == [.log("Purged virtual server (stop): 10.0.0.1:80"), .stopped])
    }

    @Test func aRefusalDoesNotKeepTheDirector() {
        var bench = Shop.running(Shop.virtual())
        bench.refusals = [[0: .refused(.notPermitted)]]
        let actions = bench.stop()
        #expect(
            actions.suffix(2) == [
                .log(
                    "Failed to purge virtual server (stop): 10.0.0.1:80: the kernel refuses it: not permitted; "
                        + "CAP_NET_ADMIN is needed"
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
