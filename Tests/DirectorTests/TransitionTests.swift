import Addresses
import Configuration
import Dialogues
import Director
import DirectorBench
import HealthChecks
import IPVS
import TestKit
import Testing

struct TransitionTests {
    @Test func theLastServerGoesAfterTheFallbackHasCome() {
        let virtual = Shop.virtual {
            $0.realServers = [Shop.first]
            $0.standby = Shop.standby
            $0.fallbackCommand = "/bin/alarm"
        }
        let standby = TableSubject.standby(Shop.fallback.endpoint)
        var bench = Shop.running(virtual)
        #expect(
            bench.check(Shop.first, .down, of: virtual) == [
                .told(.server(Shop.first, .down(Shop.refused)), of: virtual),
                .told(.standby(.needed), of: virtual),
                .apply([
                    .addDestination(Shop.fallback, to: Shop.key),
                    .editDestination(Shop.weighing(0, Shop.first), of: Shop.key),
                ]),
                .told(.table(TableStep(.added, standby, weight: 1), .done), of: virtual),
                .told(.table(TableStep(.quiesced, .server(Shop.first), weight: 0), .done), of: virtual),
            ]
        )
        #expect(
            bench.check(Shop.first, .up, of: virtual) == [
                .told(.server(Shop.first, .up(Shop.passed, failures: 1)), of: virtual),
                .apply([.editDestination(Shop.first.destination, of: Shop.key)]),
                .told(.table(TableStep(.restored, .server(Shop.first), weight: 5), .done), of: virtual),
                .apply([.deleteDestination(Shop.fallback.endpoint, of: Shop.key)]),
                .told(.table(TableStep(.deleted, standby), .done), of: virtual),
                .told(.standby(.notNeeded), of: virtual),
            ]
        )
    }

    @Test func theFallbackStaysWhereTheServerCouldNotBeRestored() {
        let virtual = Shop.virtual {
            $0.realServers = [Shop.first]
            $0.standby = Shop.standby
        }
        var bench = Shop.running(virtual)
        _ = bench.check(Shop.first, .down, of: virtual)
        bench.refusals = [[0: .refused(.outOfMemory)]]
        #expect(
            bench.check(Shop.first, .up, of: virtual).changes == [
                .editDestination(Shop.first.destination, of: Shop.key)
            ]
        )
        #expect(bench.entry(Shop.key)?[Shop.fallback.endpoint] != nil)
        #expect(bench.pass(.seconds(1)).changes.count == 2)
        #expect(bench.entry(Shop.key)?[Shop.fallback.endpoint] == nil)
    }

    @Test func oneThatReturnsComesBeforeTheOtherGoes() {
        let virtual = Shop.virtual { $0.isQuiescent = false }
        var bench = Shop.running(virtual)
        #expect(
            bench.check(Shop.first, .down, of: virtual).changes == [
                .deleteDestination(Shop.first.destination.endpoint, of: Shop.key)
            ]
        )
        #expect(
            bench.check(Shop.first, .up, of: virtual).steps.last
                == TableStep(.added, .server(virtual.realServers[0]), weight: 5)
        )
    }

    @Test func failuresAndSuccessesAreCounted() {
        let virtual = Shop.virtual {
            $0.failureCount = 3
            $0.riseCount = 2
        }
        var bench = Shop.running(virtual)
        #expect(
            bench.check(Shop.first, .down, of: virtual).events == [
                .server(virtual.realServers[0], .softFailure(Shop.refused, count: 1, limit: 3))
            ]
        )
        #expect(
            bench.check(Shop.first, .up, of: virtual).events == [
                .server(virtual.realServers[0], .recovered(Shop.passed))
            ]
        )
        for _ in 0..<2 { #expect(bench.check(Shop.first, .down, of: virtual).changes == []) }
        #expect(bench.check(Shop.first, .down, of: virtual).changes.count == 1)
        #expect(bench.check(Shop.first, .down, of: virtual) == [])
        #expect(bench.check(Shop.first, .up, of: virtual).changes == [])
        #expect(bench.check(Shop.first, .up, of: virtual).changes.count == 1)
    }

    @Test func thresholdsAreKeptByAQuiescentServer() {
        var real = Shop.first
        real.upperThreshold = 100
        real.lowerThreshold = 80
        let virtual = Shop.virtual { $0.realServers = [real] }
        var bench = Shop.running(virtual)
        _ = bench.check(real, .down, of: virtual)
        var expected = real.destination
        expected.weight = 0
        #expect(bench.entry(Shop.key)?[real.destination.endpoint] == expected)
    }

    @Test func aServerWithThePortOfTheServiceRecovers() {
        let destination = Destination(endpoint: Example.endpoint("10.2.0.1", 80), forwarding: .directRoute, weight: 5)
        var real = Shop.first
        real.forwarding = .directRoute
        let virtual = Shop.virtual { $0.realServers = [real] }
        var bench = Shop.running(virtual)
        #expect(
            bench.check(real, .down, of: virtual).steps.last == TableStep(.quiesced, .server(real), weight: 0)
        )
        #expect(bench.check(real, .up, of: virtual).changes == [.editDestination(destination, of: Shop.key)])
    }

    @Test func anUnchangedVerdictIsSilent() {
        let virtual = Shop.virtual()
        var bench = Shop.running(virtual)
        #expect(bench.check(Shop.first, .up, of: virtual) == [])
    }

    @Test func aServerWithoutWeightDoesNotKeepTheFallbackOut() {
        let idle = Shop.server(3, weight: 0)
        let virtual = Shop.virtual {
            $0.realServers = [idle]
            $0.standby = Shop.standby
        }
        let bench = Shop.running(virtual)
        #expect(bench.entry(Shop.key)?[Shop.fallback.endpoint] == Shop.fallback)
    }

    @Test func theFirstWordOfTheCommandTellsTheState() {
        let virtual = Shop.virtual { $0.fallbackCommand = "/bin/alarm" }
        var bench = DirectorBench([virtual])
        bench.interfere(.addService(virtual.service), .addDestination(Shop.first.destination, to: Shop.key))
        #expect(bench.start().needs == [.notNeeded])
        var mark = virtual
        mark.service = VirtualService(key: Example.mark)
        bench = DirectorBench([mark])
        #expect(bench.start().needs == [.needed])
        #expect(bench.check(Shop.first, .up, of: mark).needs == [.notNeeded])
        #expect(bench.check(Shop.second, .up, of: mark).needs == [])
    }

    @Test func anotherReasonOfAServerThatIsDownIsTold() {
        let virtual = Shop.virtual()
        var bench = Shop.running(virtual)
        #expect(bench.check(Shop.first, .down, of: virtual).events.first == .server(Shop.first, .down(Shop.refused)))
        let results: [(CheckLayer, String, isTold: Bool)] = [
            (.transport(.refused), "", false), (.dialogue(.status(503)), "503 Service Unavailable", true),
            (.dialogue(.status(503)), "503 Come again", false), (.dialogue(.status(500)), "", true),
            (.director(.systemError(24)), "", false), (.dialogue(.mismatch), "no text", true),
        ]
        for (layer, text, isTold) in results {
            let result = CheckResult(.down, layer, text: text)
            let actions = bench.check(Shop.first, result, of: virtual, after: .seconds(1))
            let expected = DirectorEvent.Matter.server(Shop.first, .stillDown(result))
            #expect(actions.events.filter { $0 == expected } == (isTold ? [expected] : []))
            #expect(actions.changes == [])
        }
        let up = DirectorEvent.Matter.server(Shop.first, .up(Shop.passed, failures: 6))
        #expect(bench.check(Shop.first, .up, of: virtual).events.contains(up))
    }

    @Test func aReasonThatGoesToAndFroIsToldMoreAndMoreRarely() {
        let virtual = Shop.virtual()
        var bench = Shop.running(virtual)
        _ = bench.check(Shop.first, .down, of: virtual)
        var count = 0
        for number in 1...(4 * 3600) {
            let layer = number.isMultiple(of: 2) ? CheckLayer.transport(.refused) : .transport(.timeout)
            let actions = bench.check(Shop.first, CheckResult(.down, layer), of: virtual, after: .seconds(1))
            count += actions.events.count
        }
        #expect((8...14).contains(count), "\(count) lines in four hours")
    }

    /// A table of slots gives them by the weights that servers enter with.
    @Test(arguments: ["mh", "sh"], [true, false])
    func serversEnterATableOfSlotsWithTheirWeight(scheduler: String, isHealthy: Bool) {
        let virtual = Shop.virtual { $0.service.scheduler = scheduler }
        var bench = DirectorBench([virtual])
        let start = bench.start()
        #expect(
            start.changes == [
                .addService(virtual.service), .addDestination(Shop.first.destination, to: Shop.key),
                .editDestination(Shop.weighing(0, Shop.first), of: Shop.key),
                .addDestination(Shop.second.destination, to: Shop.key),
                .editDestination(Shop.weighing(0, Shop.second), of: Shop.key),
            ]
        )
        #expect(start.count { if case .apply = $0 { true } else { false } } == 1)
        #expect(
            start.steps.filter { $0.subject != .service } == [
                TableStep(.added, .server(Shop.first), weight: 0), TableStep(.added, .server(Shop.second), weight: 0),
            ]
        )
        let changes = bench.check(Shop.first, isHealthy ? .up : .down, of: virtual).changes
        #expect(changes == (isHealthy ? [.editDestination(Shop.first.destination, of: Shop.key)] : []))
    }

    @Test func aServerThatCannotEnterIsToldOnce() {
        let virtual = Shop.virtual { $0.service.scheduler = "mh" }
        var bench = DirectorBench([virtual])
        bench.refusals = [[1: .refused(.outOfMemory), 2: .refused(.noSuchEntry)]]
        #expect(
            bench.start().failures == [
                .table(
                    TableStep(.added, .server(Shop.first), weight: 0),
                    .failed(.refused(.outOfMemory), retry: .seconds(1))
                )
            ]
        )
        _ = bench.pass(.seconds(2))
        #expect(bench.entry(Shop.key)?[Shop.first.destination.endpoint] == Shop.weighing(0, Shop.first))
    }
}
