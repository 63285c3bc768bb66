import Addresses
import Configuration
import Dialogues
import Director
import IPVS
import KernelBehaviour
import Testing

struct TransitionTests {
    @Test func theLastServerGoesAfterTheFallbackHasCome() {
        let virtual = Shop.virtual {
            $0.realServers = [Shop.first]
            $0.fallback = Shop.fallback
            $0.fallbackCommand = "/bin/alarm"
        }
        var bench = Shop.running(virtual)
        #expect(
            bench.check(Shop.first, .down, of: virtual) == [
                .log("Real server 10.2.0.1:8080 (10.0.0.1:80) is down: L4 refused"),
                .run(FallbackCommand(line: "/bin/alarm start 10.0.0.1:80 tcp")),
                .apply([
                    .addDestination(Shop.fallback, to: Shop.key),
                    .editDestination(Shop.weighing(0, Shop.first), of: Shop.key),
                ]),
                .log("Added fallback server: 10.2.0.99:80 (10.0.0.1:80) (Weight set to 1)"),
                .log("Quiescent real server: 10.2.0.1:8080 (10.0.0.1:80) (Weight set to 0)"),
            ]
        )
        #expect(
            bench.check(Shop.first, .up, of: virtual) == [
                .log("Resetting soft failure count: 10.2.0.1:8080 (tcp:10.0.0.1:80)"),
                .log("Real server 10.2.0.1:8080 (10.0.0.1:80) is up: L7 ok: 200 OK"),
                .apply([.editDestination(Shop.first.destination, of: Shop.key)]),
                .log("Restored real server: 10.2.0.1:8080 (10.0.0.1:80) (Weight set to 5)"),
                .apply([.deleteDestination(Shop.fallback.endpoint, of: Shop.key)]),
                .log("Deleted fallback server: 10.2.0.99:80 (10.0.0.1:80)"),
                .run(FallbackCommand(line: "/bin/alarm stop 10.0.0.1:80 tcp")),
            ]
        )
    }

    @Test func theFallbackStaysWhereTheServerCouldNotBeRestored() {
        let virtual = Shop.virtual {
            $0.realServers = [Shop.first]
            $0.fallback = Shop.fallback
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
        #expect(bench.check(Shop.first, .up, of: virtual).lines.last?.hasPrefix("Added real server: 10.2.0.1") == true)
    }

    @Test func failuresAndSuccessesAreCounted() {
        let virtual = Shop.virtual {
            $0.failureCount = 3
            $0.riseCount = 2
        }
        var bench = Shop.running(virtual)
        #expect(
            bench.check(Shop.first, .down, of: virtual).lines == [
                "Soft failure real server: 10.2.0.1:8080 (tcp:10.0.0.1:80) failure 1/3"
            ]
        )
        #expect(
            bench.check(Shop.first, .up, of: virtual).lines == [
                "Resetting soft failure count: 10.2.0.1:8080 (tcp:10.0.0.1:80)"
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
        real.destination.upperThreshold = 100
        real.destination.lowerThreshold = 80
        let virtual = Shop.virtual { $0.realServers = [real] }
        var bench = Shop.running(virtual)
        _ = bench.check(real, .down, of: virtual)
        var expected = real.destination
        expected.weight = 0
        #expect(bench.entry(Shop.key)?[real.destination.endpoint] == expected)
    }

    @Test func aServerWithThePortOfTheServiceRecovers() {
        var destination = Shop.first.destination
        destination = Destination(endpoint: Example.endpoint("10.2.0.1", 80), forwarding: .directRoute, weight: 5)
        var real = RealServer(destination: destination, check: Shop.first.check)
        real.configuredPort = 8080
        let virtual = Shop.virtual { $0.realServers = [real] }
        var bench = Shop.running(virtual)
        #expect(
            bench.check(real, .down, of: virtual).lines.last
                == "Quiescent real server: 10.2.0.1:80 mapped from 10.2.0.1:8080 (10.0.0.1:80) (Weight set to 0)"
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
            $0.fallback = Shop.fallback
        }
        let bench = Shop.running(virtual)
        #expect(bench.entry(Shop.key)?[Shop.fallback.endpoint] == Shop.fallback)
    }

    @Test func theFirstWordOfTheCommandTellsTheState() {
        let virtual = Shop.virtual { $0.fallbackCommand = "/bin/alarm" }
        var bench = DirectorBench([virtual])
        bench.interfere(.addService(virtual.service), .addDestination(Shop.first.destination, to: Shop.key))
        #expect(bench.start().commands == ["/bin/alarm stop 10.0.0.1:80 tcp"])
        var mark = virtual
        mark.service = VirtualService(key: Example.mark)
        bench = DirectorBench([mark])
        #expect(bench.start().commands == ["/bin/alarm start :0 fwm"])
        #expect(bench.check(Shop.first, .up, of: mark).commands == ["/bin/alarm stop :0 fwm"])
        #expect(bench.check(Shop.second, .up, of: mark).commands == [])
    }

    @Test func anotherReasonOfAServerThatIsDownIsTold() {
        let virtual = Shop.virtual()
        var bench = Shop.running(virtual)
        let what = "Real server 10.2.0.1:8080 (10.0.0.1:80)"
        #expect(bench.check(Shop.first, .down, of: virtual).lines.first == "\(what) is down: L4 refused")
        let results: [(CheckLayer, String, String?)] = [
            (.transport(.refused), "", nil),
            (.dialogue(.status(503)), "503 Service Unavailable", "L7 status 503: 503 Service Unavailable"),
            (.dialogue(.status(503)), "503 Come again", nil),
            (.dialogue(.status(500)), "", "L7 status 500"),
            (.director(.systemError(24)), "", nil),
            (.dialogue(.mismatch), "no text", "L7 no match: no text"),
        ]
        for (layer, text, line) in results {
            let actions = bench.check(
                Shop.first,
                CheckResult(.down, layer, text: text),
                of: virtual,
                after: .seconds(1)
            )
            #expect(
                actions.lines.filter { $0.contains("still down") }
                    == (line.map { ["\(what) is still down: \($0)"] } ?? [])
            )
            #expect(actions.changes == [])
        }
        #expect(bench.check(Shop.first, .up, of: virtual).lines.contains("\(what) is up: L7 ok: 200 OK"))
    }

    @Test func aReasonThatGoesToAndFroIsToldMoreAndMoreRarely() {
        let virtual = Shop.virtual()
        var bench = Shop.running(virtual)
        _ = bench.check(Shop.first, .down, of: virtual)
        var count = 0
        for number in 1...(4 * 3600) {
            let layer = number.isMultiple(of: 2) ? CheckLayer.transport(.refused) : .transport(.timeout)
            let actions = bench.check(Shop.first, CheckResult(.down, layer), of: virtual, after: .seconds(1))
            count += actions.lines.count
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
            start.lines.filter { $0.contains("real server") } == [
                "Added real server: 10.2.0.1:8080 (10.0.0.1:80) (Weight set to 0)",
                "Added real server: 10.2.0.2:8080 (10.0.0.1:80) (Weight set to 0)",
            ]
        )
        let changes = bench.check(Shop.first, isHealthy ? .up : .down, of: virtual).changes
        #expect(changes == (isHealthy ? [.editDestination(Shop.first.destination, of: Shop.key)] : []))
    }

    @Test func aServerThatCannotEnterIsToldOnce() {
        let virtual = Shop.virtual { $0.service.scheduler = "mh" }
        var bench = DirectorBench([virtual])
        bench.refusals = [[1: .refused(.outOfMemory), 2: .refused(.noSuchEntry)]]
        let lines = bench.start().lines
        #expect(lines.count { $0.hasPrefix("Failed to add real server: 10.2.0.1:8080") } == 1)
        #expect(lines.count { $0.hasPrefix("Failed") } == 1)
        _ = bench.pass(.seconds(2))
        #expect(bench.entry(Shop.key)?[Shop.first.destination.endpoint] == Shop.weighing(0, Shop.first))
    }
}
