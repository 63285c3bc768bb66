import Configuration
import Dialogues
import DirectorBench
import HealthChecks
import IPVS
import TestKit
import Testing

@testable import Director

/// What a pool wants, whatever stands in the kernel.
struct ServerPoolTests {
    private static let now = DirectorBench.zero
    private static let endpoint = Shop.first.destination.endpoint

    private func pool(_ virtual: VirtualServer) -> ServerPool { ServerPool(virtual, since: Self.now) }

    private func wish(_ pool: ServerPool) -> Wish? { pool.wish(at: Self.endpoint, in: 0) }

    private func count(_ result: CheckResult, of server: Int = 0, check: Int = 0, in pool: inout ServerPool)
        -> [ServerEvent]
    {
        pool.count(result, of: server, check: check, at: Self.now).events
    }

    @Test func everyWeightHasItsReason() {
        var pool = pool(Shop.virtual())
        #expect(wish(pool)?.reason == .unchecked)
        #expect(wish(pool)?.destination == Shop.weighing(0, Shop.first))
        pool.adopt(in: 0) { _ in 2 }
        #expect(wish(pool) == Wish(.adopted, Shop.weighing(2, Shop.first)))
        _ = count(Shop.passed, in: &pool)
        #expect(wish(pool) == Wish(.up, Shop.first.destination))
        _ = count(Shop.refused, in: &pool)
        #expect(wish(pool) == Wish(.down, Shop.weighing(0, Shop.first)))
        _ = pool.maintain(MaintenanceOrders(files: ["10.2.0.1"]), at: Self.now)
        #expect(wish(pool) == Wish(.maintenance, Shop.weighing(0, Shop.first)))
        #expect(pool.wish(at: Shop.other.endpoint, in: 0) == nil)
    }

    @Test func aServerThatIsRemovedWhenDownKeepsItsPlaceUntilItsVerdict() {
        var pool = pool(Shop.virtual { $0.isQuiescent = false })
        #expect(wish(pool)?.destination == nil)
        #expect(wish(pool)?.placeholder == Shop.weighing(0, Shop.first))
        _ = count(Shop.refused, in: &pool)
        #expect(wish(pool) == Wish(.down, nil))
    }

    @Test func aServerWithoutWeightStandsWhileItIsUp() {
        var virtual = Shop.virtual { $0.isQuiescent = false }
        virtual.realServers[0].weight = 0
        var pool = pool(virtual)
        _ = count(Shop.passed, in: &pool)
        #expect(wish(pool) == Wish(.weightless, Shop.weighing(0, Shop.first)))
    }

    /// Scenario s05 of keepalived.
    @Test func aServerIsUpWhileAllItsChecksPass() {
        var virtual = Shop.virtual()
        var second = virtual.realServers[0].checks[0]
        second.probe.timeout = .seconds(1)
        virtual.realServers[0].checks.append(second)
        var pool = pool(virtual)
        #expect(count(Shop.passed, in: &pool) == [])
        #expect(wish(pool)?.reason == .unchecked)
        #expect(count(Shop.passed, check: 1, in: &pool) == [.up(Shop.passed, failures: 0)])
        #expect(wish(pool)?.reason == .up)
        #expect(count(Shop.refused, in: &pool) == [.down(Shop.refused)])
        #expect(count(Shop.refused, check: 1, in: &pool) == [.stillDown(Shop.refused)])
        #expect(count(Shop.passed, in: &pool) == [.recovered(Shop.passed)])
        #expect(wish(pool)?.reason == .down)
        #expect(count(Shop.passed, check: 1, in: &pool) == [.up(Shop.passed, failures: 1)])
        #expect(wish(pool)?.reason == .up)
    }

    @Test func aServerWithoutChecksIsUp() {
        var virtual = Shop.virtual()
        virtual.realServers[0].checks = []
        let pool = pool(virtual)
        #expect(wish(pool) == Wish(.up, Shop.first.destination))
        #expect(pool.members.hasQuorum)
        #expect(pool.members.unknownCount == 1)
    }

    @Test func aCheckMayTellTheWeight() {
        var virtual = Shop.virtual()
        virtual.realServers[0].checks[0].weightRule = .exitStatus(minus: 2)
        var pool = pool(virtual)
        _ = count(CheckResult(.up, .program(.exit(9))), in: &pool)
        #expect(wish(pool) == Wish(.up, Shop.weighing(7, Shop.first)))
        let shift = pool.count(CheckResult(.up, .program(.exit(2))), of: 0, check: 0, at: Self.now).shift
        #expect(shift?.concernsWaiting == true)
        #expect(wish(pool) == Wish(.weightless, Shop.weighing(0, Shop.first)))
    }

    /// Scenario s14 of keepalived.
    @Test func aStandbyThatIsAServerStandsInForItself() {
        let virtual = Shop.virtual { $0.standby = Shop.standing(Shop.second.destination) }
        var pool = pool(virtual)
        let endpoint = Shop.second.destination.endpoint
        for server in 0...1 { _ = count(Shop.passed, of: server, in: &pool) }
        #expect(pool.wish(at: endpoint, in: 0)?.reason == .up)
        for server in 0...1 { _ = count(Shop.refused, of: server, in: &pool) }
        #expect(pool.wish(at: endpoint, in: 0) == Wish(.standsIn, Shop.weighing(1, Shop.second)))
        _ = count(Shop.passed, in: &pool)
        let wish = pool.wish(at: endpoint, in: 0)
        #expect(wish?.reason == .down)
        #expect(wish?.bridge == Shop.weighing(1, Shop.second))
    }

    @Test func aResultThatChangesNothingShiftsNothing() {
        var pool = pool(Shop.virtual())
        _ = count(Shop.passed, in: &pool)
        let (events, shift) = pool.count(Shop.passed, of: 0, check: 0, at: Self.now)
        #expect(events.isEmpty)
        #expect(shift == nil)
    }
}
