import Configuration
import Dialogues
import Director
import DirectorBench
import HealthChecks
import IPVS
import TestKit
import Testing
import Time

struct KernelFailureTests {
    @Test func aFailureIsToldAsOneAndTriedAgain() {
        let virtual = Shop.virtual()
        var bench = Shop.running(virtual)
        bench.refusals = [[0: .refused(.outOfMemory)]]
        let change = Change.editDestination(Shop.weighing(0, Shop.first), of: Shop.key)
        let step = TableStep(.quiesced, .server(Shop.first), weight: 0)
        #expect(
            bench.check(Shop.first, .down, of: virtual) == [
                .told(.server(Shop.first, .down(Shop.refused)), of: virtual), .apply([change]),
                .told(.table(step, .failed(.refused(.outOfMemory), retry: .seconds(1))), of: virtual),
                .readTable,
            ]
        )
        #expect(
            bench.pass(.seconds(1)) == [
                .apply([change]), .told(.table(step, .done), of: virtual),
            ]
        )
        #expect(bench.pass(.seconds(50)).changes == [])
    }

    @Test func patienceGrowsToHalfAMinuteAndIsForgottenAfterASuccess() {
        let virtual = Shop.virtual()
        var bench = Shop.running(virtual)
        bench.refusals = Array(repeating: [0: .refused(.outOfMemory)], count: 8)
        _ = bench.check(Shop.first, .down, of: virtual)
        var pauses: [Int64] = []
        var last = bench.now
        for _ in 0..<200 {
            guard let moment = bench.director.nextMoment else { break }
            bench.now = moment
            let actions = bench.carryOut(bench.director.timePassed(at: moment))
            guard !actions.changes.isEmpty else { continue }
            pauses.append((moment - last).components.seconds)
            last = moment
            if actions.steps.contains(where: { $0.deed == .quiesced }) { break }
        }
        #expect(pauses == [1, 2, 4, 8, 16, 30, 30, 30])
        bench.refusals = [[0: .refused(.outOfMemory)]]
        #expect(
            bench.check(Shop.first, .up, of: virtual).events.last
                == .table(
                    TableStep(.restored, .server(Shop.first), weight: 5),
                    .failed(.refused(.outOfMemory), retry: .seconds(1))
                )
        )
    }

    @Test func aVerdictIsNotHeldUpByThePatienceForAnother() {
        let virtual = Shop.virtual { $0.realServers.append(Shop.server(3, weight: 1)) }
        var bench = Shop.running(virtual)
        bench.refusals = [[0: .refused(.outOfMemory)]]
        _ = bench.check(Shop.first, .down, of: virtual)
        #expect(
            bench.check(Shop.second, .down, of: virtual).changes == [
                .editDestination(Shop.weighing(0, Shop.second), of: Shop.key)
            ]
        )
    }

    @Test func aServiceThatIsRefusedIsToldOnceAndItsServersFollowLater() {
        let virtual = Shop.virtual { $0.service.scheduler = "unknown" }
        var bench = DirectorBench([virtual])
        #expect(
            bench.start().events == [
                .table(TableStep(.added, .service), .failed(.refused(.noSuchEntry), retry: .seconds(1)))
            ]
        )
        var others: [DirectorAction] = []
        for real in virtual.realServers { others += bench.check(real, .up, of: virtual) }
        #expect(others.changes == [])
        #expect(others.last == .ready)
        bench.kernel.surroundings.schedulers.insert("unknown")
        #expect(
            bench.pass(.seconds(1)).changes == [
                .addService(virtual.service), .addDestination(Shop.first.destination, to: Shop.key),
                .addDestination(Shop.second.destination, to: Shop.key),
            ]
        )
    }

    @Test func whatALostAnswerDidIsTakenFromTheTable() {
        let virtual = Shop.virtual()
        var bench = Shop.running(virtual)
        bench.refusals = [[0: .unanswered]]
        let actions = bench.check(Shop.first, .down, of: virtual)
        let step = TableStep(.quiesced, .server(Shop.first), weight: 0)
        #expect(actions.events.last == .table(step, .failed(.unanswered, retry: .seconds(1))))
        #expect(bench.pass(.seconds(30)).changes == [])
        #expect(bench.check(Shop.first, .up, of: virtual).changes.count == 1)
        #expect(bench.entry(Shop.key)?[Shop.first.destination.endpoint] == Shop.first.destination)
    }

    @Test func oneThatRecoversBeforeTheLostAnswerIsFoundOutIsRestored() {
        let virtual = Shop.virtual()
        var bench = Shop.running(virtual)
        bench.refusals = [[0: .unanswered]]
        bench.isUnreadable = true
        _ = bench.check(Shop.first, .down, of: virtual)
        _ = bench.check(Shop.first, .up, of: virtual)
        bench.isUnreadable = false
        _ = bench.pass(.seconds(5))
        #expect(bench.entry(Shop.key)?[Shop.first.destination.endpoint] == Shop.first.destination)
    }

    @Test func theFallbackStaysWhileNobodyKnowsWhetherTheServerStands() {
        let virtual = Shop.virtual {
            $0.realServers = [Shop.first]
            $0.standby = Shop.standby
        }
        var bench = Shop.running(virtual)
        bench.refusals = [[1: .unanswered]]
        bench.isUnreadable = true
        _ = bench.check(Shop.first, .down, of: virtual)
        _ = bench.check(Shop.first, .up, of: virtual)
        _ = bench.pass(.seconds(1))
        #expect(bench.entry(Shop.key)?[Shop.first.destination.endpoint]?.weight == 0)
        #expect(bench.entry(Shop.key)?[Shop.fallback.endpoint] == Shop.fallback)
        bench.isUnreadable = false
        _ = bench.pass(.seconds(5))
        #expect(bench.entry(Shop.key) == Table.Entry(service: virtual.service, destinations: [Shop.first.destination]))
    }

    @Test func theFallbackOfAServiceWhoseAdditionWasLostGoesAsWell() {
        let virtual = Shop.virtual {
            $0.realServers = [Shop.first]
            $0.standby = Shop.standby
        }
        var bench = DirectorBench([virtual])
        bench.refusals = [[0: .unanswered, 2: .unanswered]]
        bench.isUnreadable = true
        _ = bench.start()
        _ = bench.pass(.seconds(1))
        _ = bench.check(Shop.first, .up, of: virtual)
        _ = bench.pass(.seconds(2))
        bench.isUnreadable = false
        _ = bench.pass(.seconds(5))
        #expect(bench.entry(Shop.key) == Table.Entry(service: virtual.service, destinations: [Shop.first.destination]))
    }

    @Test func aReadingWithoutAnswerHoldsNobodyUpForLong() {
        let virtual = Shop.virtual()
        var bench = Shop.running(virtual)
        bench.isUnreadable = true
        #expect(bench.pass(.seconds(5)) == [.readTable])
        #expect(bench.check(Shop.first, .down, of: virtual).changes == [])
        #expect(bench.pass(.seconds(1)).changes.count == 1)
    }

    @Test func oneThingIsAskedAtATime() {
        let virtual = Shop.virtual()
        var director = Director(DirectorConfiguration(virtualServers: [virtual]))
        let now = DirectorBench.zero
        let changes = director.started(with: Table(), at: now).changes
        #expect(
            director.checked(Shop.scheduled(Shop.first)[0], CheckResult(.up, .transport(.passed)), at: now).count == 1
        )
        #expect(director.observed(Table(), at: now) == [])
        let actions = director.applied(Changeset(changes), ApplyReport(count: changes.count), at: now)
        // The reading came while changes were on their way, and is made again.
        #expect(actions.last == .readTable)
    }

    /// A server of weight 0 that is healthy, at the endpoint of the standby.
    @Test func aStandbyStaysAtTheEndpointOfAServerWithoutWeightUntilAnotherStands() {
        let resting = Shop.server(9, weight: 0)
        let virtual = Shop.virtual {
            $0.realServers = [Shop.first, resting]
            $0.standby = Shop.standing(resting.destination)
        }
        var bench = Shop.running(virtual)
        let endpoint = resting.destination.endpoint
        _ = bench.check(Shop.first, .down, of: virtual)
        #expect(bench.entry(Shop.key)?[endpoint]?.weight == 1)
        bench.refusals = [[0: .refused(.outOfMemory)]]
        _ = bench.check(Shop.first, .up, of: virtual)
        #expect(bench.entry(Shop.key)?[endpoint]?.weight == 1)
        _ = bench.pass(.seconds(2))
        #expect(bench.entry(Shop.key)?[endpoint]?.weight == 0)
        #expect(bench.entry(Shop.key)?[Shop.first.destination.endpoint]?.weight == 5)
    }
}
