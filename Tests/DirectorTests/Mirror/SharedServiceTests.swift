import Addresses
import Configuration
import Dialogues
import Director
import DirectorBench
import IPVS
import TestKit
import Testing

/// Pools behind several services, and services with several pools behind them.
struct SharedServiceTests {
    private static let mark = VirtualService(key: Example.mark, scheduler: "wrr")

    /// A pool behind an address and a mark.
    private func group(_ change: (inout VirtualServer) -> Void = { _ in }) -> VirtualServer {
        let shop = Shop.virtual(change)
        var group = VirtualServer(service: shop.service, and: [Self.mark])
        (group.realServers, group.standby) = (shop.realServers, shop.standby)
        (group.reconciliation, group.fallbackCommand) = (shop.reconciliation, shop.fallbackCommand)
        return group
    }

    /// Another pool behind the shop's service.
    private func second(_ servers: [RealServer]) -> VirtualServer {
        Shop.virtual {
            $0.realServers = servers
            $0.name = "second"
        }
    }

    private func destinations(_ bench: DirectorBench, _ key: ServiceKey) -> [Destination] {
        (bench.entry(key)?.destinations).map { Array($0) } ?? []
    }

    // MARK: One pool, two services

    @Test func aVerdictCountsForAllServicesOfThePool() {
        let virtual = group()
        var bench = DirectorBench([virtual])
        #expect(bench.start().changes.count == 6)
        #expect(
            bench.check(Shop.first, .up, of: virtual).changes == [
                .editDestination(Shop.first.destination, of: Shop.key),
                .editDestination(Shop.first.destination, of: Example.mark),
            ]
        )
        let actions = bench.check(Shop.first, .down, of: virtual)
        #expect(
            actions.changes == [
                .editDestination(Shop.weighing(0, Shop.first), of: Shop.key),
                .editDestination(Shop.weighing(0, Shop.first), of: Example.mark),
            ]
        )
        #expect(actions.events.count { $0 == .server(Shop.first, .down(Shop.refused)) } == 1)
    }

    @Test func eachServiceHasItsStandbyUntilAServerStandsThere() {
        let virtual = group { $0.standby = Shop.standby }
        var bench = DirectorBench([virtual])
        _ = bench.start()
        for key in [Shop.key, Example.mark] { #expect(bench.entry(key)?[Shop.fallback.endpoint] == Shop.fallback) }
        // The mark's server is refused: its standby stays.
        bench.refusals = [[1: .refused(.outOfMemory)]]
        _ = bench.check(Shop.first, .up, of: virtual)
        #expect(bench.entry(Shop.key)?[Shop.fallback.endpoint] == nil)
        #expect(bench.entry(Example.mark)?[Shop.fallback.endpoint] == Shop.fallback)
        _ = bench.pass(.seconds(1))
        #expect(bench.entry(Example.mark)?[Shop.fallback.endpoint] == nil)
        #expect(bench.entry(Example.mark)?[Shop.first.destination.endpoint] == Shop.first.destination)
    }

    @Test func aServerFoundInOneServiceRisesInTheOtherWithItsVerdict() {
        let virtual = group()
        var bench = DirectorBench([virtual])
        bench.interfere(
            .addService(virtual.service),
            .addDestination(Shop.weighing(2, Shop.first), to: Shop.key)
        )
        _ = bench.start()
        let endpoint = Shop.first.destination.endpoint
        #expect(bench.entry(Shop.key)?[endpoint]?.weight == 2)
        #expect(bench.entry(Example.mark)?[endpoint]?.weight == 0)
        _ = bench.check(Shop.first, .up, of: virtual)
        for key in [Shop.key, Example.mark] { #expect(bench.entry(key)?[endpoint] == Shop.first.destination) }
    }

    @Test func theStandbyServesWhereAServerWasNotFound() {
        let virtual = group { $0.standby = Shop.standby }
        var bench = DirectorBench([virtual])
        bench.interfere(
            .addService(virtual.service),
            .addDestination(Shop.weighing(2, Shop.first), to: Shop.key)
        )
        _ = bench.start()
        #expect(bench.entry(Shop.key)?[Shop.fallback.endpoint] == nil)
        #expect(bench.entry(Example.mark)?[Shop.fallback.endpoint] == Shop.fallback)
        _ = bench.check(Shop.first, .up, of: virtual)
        #expect(bench.entry(Example.mark)?[Shop.fallback.endpoint] == nil)
        #expect(bench.entry(Example.mark)?[Shop.first.destination.endpoint] == Shop.first.destination)
    }

    @Test func theStandbyGoesWhenTheFirstServerProvesItself() {
        let virtual = group { $0.standby = Shop.standby }
        var bench = DirectorBench([virtual])
        bench.interfere(
            .addService(virtual.service),
            .addDestination(Shop.weighing(2, Shop.first), to: Shop.key)
        )
        _ = bench.start()
        _ = bench.check(Shop.second, .up, of: virtual)
        #expect(bench.entry(Example.mark)?[Shop.fallback.endpoint] == nil)
        #expect(bench.entry(Example.mark)?[Shop.second.destination.endpoint] == Shop.second.destination)
        #expect(bench.entry(Example.mark)?[Shop.first.destination.endpoint]?.weight == 0)
    }

    /// Two servers on one machine whose packets are not translated.
    @Test func whoeverSharesAnEndpointKeepsThePlaceOfAllThere() {
        var (leaving, staying) = (Shop.first, Shop.first)
        (leaving.forwarding, leaving.whenDown) = (.directRoute, .removed)
        (staying.forwarding, staying.port) = (.directRoute, 8081)
        staying.checks[0].probe.target = Example.endpoint("10.2.0.1", 8081)
        let virtual = Shop.virtual { $0.realServers = [leaving, staying] }
        var bench = DirectorBench([virtual])
        _ = bench.start()
        _ = bench.check(staying, .up, of: virtual)
        for real in [staying, leaving] { _ = bench.check(real, .down, of: virtual) }
        #expect(bench.entry(Shop.key)?[leaving.destination.endpoint]?.weight == 0)
    }

    @Test func aStandbyStaysAtTheEndpointOfAServerThatIsRemoved() {
        var first = Shop.first
        first.whenDown = .removed
        let virtual = Shop.virtual {
            $0.realServers = [first, Shop.second]
            $0.standby = Shop.standing(first.destination)
            $0.standby?.staysWithoutWeight = true
        }
        var bench = DirectorBench([virtual])
        _ = bench.start()
        #expect(bench.entry(Shop.key)?[first.destination.endpoint]?.weight == 1)
        _ = bench.check(first, .down, of: virtual)
        _ = bench.check(Shop.second, .up, of: virtual)
        #expect(bench.entry(Shop.key)?[first.destination.endpoint]?.weight == 0)
        _ = bench.check(first, .up, of: virtual)
        #expect(bench.entry(Shop.key)?[first.destination.endpoint]?.weight == 5)
    }

    @Test func aServiceThatLeavesThePoolIsRemovedAndTheOthersStay() {
        let virtual = group()
        var bench = Shop.running(virtual)
        #expect(bench.reload([Shop.virtual()]).changes == [.deleteService(Example.mark)])
        #expect(destinations(bench, Shop.key) == [Shop.first.destination, Shop.second.destination])
        let changes = bench.reload([virtual]).changes
        #expect(changes.first == .addService(Self.mark))
        #expect(destinations(bench, Example.mark) == [Shop.first.destination, Shop.second.destination])
        #expect(changes.count == 3)
    }

    @Test func theNeedForTheStandbyIsToldOnceForAllServices() {
        let virtual = group {
            $0.standby = Shop.standby
            $0.fallbackCommand = "/bin/alarm"
        }
        var bench = DirectorBench([virtual])
        #expect(bench.start().events.count { $0 == .standby(.needed) } == 1)
        #expect(bench.check(Shop.first, .up, of: virtual).events.count { $0 == .standby(.notNeeded) } == 1)
        #expect(bench.check(Shop.second, .up, of: virtual).events.allSatisfy { $0 != .standby(.notNeeded) })
    }

    @Test func whatOthersRemoveFromOneServiceIsPutBackThere() {
        var bench = Shop.running(group())
        bench.interfere(.deleteDestination(Shop.first.destination.endpoint, of: Example.mark))
        #expect(bench.pass(.seconds(5)).changes == [.addDestination(Shop.first.destination, to: Example.mark)])
    }

    // MARK: Two pools, one service

    @Test func poolsOfOneServiceStandThereTogether() {
        let third = Shop.server(3, weight: 4)
        let pools = [Shop.virtual(), second([third])]
        var bench = DirectorBench(pools)
        #expect(bench.start().changes.count { if case .addService = $0 { true } else { false } } == 1)
        _ = bench.check(Shop.first, .up, of: pools[0])
        _ = bench.check(third, .up, of: pools[1])
        #expect(bench.entry(Shop.key)?[third.destination.endpoint] == third.destination)
        #expect(bench.entry(Shop.key)?[Shop.first.destination.endpoint] == Shop.first.destination)
        // A server of one pool going is no business of the other's.
        _ = bench.check(third, .down, of: pools[1])
        #expect(bench.entry(Shop.key)?[Shop.first.destination.endpoint] == Shop.first.destination)
    }

    @Test func theFirstPoolThatServesHasItsWayAtAnEndpoint() {
        var heavy = Shop.server(1, weight: 9)
        heavy.checks[0].probe.timeout = .seconds(1)
        let pools = [Shop.virtual { $0.realServers = [Shop.first] }, second([heavy])]
        var bench = DirectorBench(pools)
        _ = bench.start()
        let endpoint = heavy.destination.endpoint
        _ = bench.check(heavy, .up, of: pools[1])
        #expect(bench.entry(Shop.key)?[endpoint]?.weight == 9)
        _ = bench.check(Shop.first, .up, of: pools[0])
        #expect(bench.entry(Shop.key)?[endpoint]?.weight == 5)
        _ = bench.check(Shop.first, .down, of: pools[0])
        #expect(bench.entry(Shop.key)?[endpoint]?.weight == 9)
        _ = bench.check(heavy, .down, of: pools[1])
        #expect(bench.entry(Shop.key)?[endpoint]?.weight == 0)
    }

    /// The server of the first pool was found there and has not answered; that of the second has passed its check.
    @Test func aProvenServerIsNotHiddenByOneThatWasFound() {
        var heavy = Shop.server(1, weight: 9)
        heavy.checks[0].probe.timeout = .seconds(1)
        let pools = [Shop.virtual { $0.realServers = [Shop.first] }, second([heavy])]
        var bench = DirectorBench(pools)
        let endpoint = heavy.destination.endpoint
        bench.interfere(.addService(pools[0].service), .addDestination(Shop.weighing(2, heavy), to: Shop.key))
        _ = bench.start()
        #expect(bench.entry(Shop.key)?[endpoint]?.weight == 2)
        _ = bench.check(heavy, .up, of: pools[1])
        #expect(bench.entry(Shop.key)?[endpoint]?.weight == 9)
        _ = bench.check(Shop.first, .up, of: pools[0])
        #expect(bench.entry(Shop.key)?[endpoint]?.weight == 5)
    }

    /// The same behind one pool: two servers on one machine whose packets are not translated.
    @Test func aProvenServerOfAPoolIsNotHiddenByOneThatWasFound() {
        var (silent, proven) = (Shop.first, Shop.server(1, weight: 9))
        (silent.forwarding, proven.forwarding, proven.port) = (.directRoute, .directRoute, 8081)
        proven.checks[0].probe.target = Example.endpoint("10.2.0.1", 8081)
        let virtual = Shop.virtual { $0.realServers = [silent, proven] }
        var bench = DirectorBench([virtual])
        var found = silent.destination
        found.weight = 2
        bench.interfere(.addService(virtual.service), .addDestination(found, to: Shop.key))
        _ = bench.start()
        let actions = bench.check(proven, .up, of: virtual)
        #expect(bench.entry(Shop.key)?[found.endpoint]?.weight == 9)
        #expect(actions.steps == [TableStep(.restored, .server(proven), weight: 9)])
    }

    /// The second pool has not enough servers, and the first one's server at the same endpoint is down.
    @Test func whoStaysForAnotherPoolGoesWhenItsStandbyStands() {
        var (first, heavy) = (Shop.first, Shop.server(1, weight: 9))
        let third = Shop.server(3, weight: 4)
        (first.whenDown, heavy.whenDown) = (.removed, .removed)
        heavy.checks[0].probe.timeout = .seconds(1)
        var pools = [Shop.virtual { $0.realServers = [first] }, second([heavy, third])]
        pools[1].standby = Shop.standby
        pools[1].quorum.weight = 10
        var bench = DirectorBench(pools)
        _ = bench.start()
        for real in [heavy, third] { _ = bench.check(real, .up, of: pools[1]) }
        _ = bench.check(first, .down, of: pools[0])
        #expect(bench.entry(Shop.key)?[heavy.destination.endpoint]?.weight == 9)
        _ = bench.check(third, .down, of: pools[1])
        #expect(bench.entry(Shop.key)?[Shop.fallback.endpoint]?.weight == 1)
        #expect(bench.entry(Shop.key)?[heavy.destination.endpoint] == nil)
    }

    @Test func theServiceGoesWithItsLastPool() {
        let third = Shop.server(3, weight: 4)
        let pools = [Shop.virtual(), second([third])]
        var bench = DirectorBench(pools)
        _ = bench.start()
        for (real, pool) in [(Shop.first, pools[0]), (Shop.second, pools[0]), (third, pools[1])] {
            _ = bench.check(real, .up, of: pool)
        }
        #expect(
            bench.reload([pools[1]]).changes == [
                .deleteDestination(Shop.first.destination.endpoint, of: Shop.key),
                .deleteDestination(Shop.second.destination.endpoint, of: Shop.key),
            ]
        )
        #expect(bench.reload([]).changes == [.deleteService(Shop.key)])
    }
}
