import Addresses
import Configuration
import Dialogues
import Director
import DirectorBench
import HealthChecks
import IPVS
import TestKit
import Testing

/// Pools whose checks rest while this machine has none of the addresses that they need.
struct RestTests {
    private static let own = Example.endpoint("10.0.0.1", 80).address
    private static let other = Example.endpoint("10.0.0.2", 80).address
    private static let elsewhere = Example.endpoint("10.7.0.1", 80).address

    private func pool(_ change: (inout VirtualServer) -> Void = { _ in }) -> VirtualServer {
        Shop.virtual {
            $0.neededAddresses = [Self.own, Self.other]
            change(&$0)
        }
    }

    private func schedules(_ actions: [DirectorAction]) -> [[ScheduledCheck]] {
        actions.compactMap { if case .schedule(let checks) = $0 { checks } else { nil } }
    }

    private let all = Shop.scheduled(Shop.first, Shop.second)

    @Test func nothingIsCheckedWithoutAnAddress() {
        var bench = DirectorBench([pool()])
        _ = bench.director.addresses([Self.elsewhere], at: bench.now)
        let actions = bench.start()
        #expect(schedules(actions) == [[]])
        #expect(actions.events.first == .resting(true))
        // Nothing is waited for.
        #expect(actions.contains(.ready))
        #expect(bench.director.status.services.first?.isResting == true)
    }

    @Test func oneOfTheAddressesIsEnough() {
        var bench = DirectorBench([pool()])
        _ = bench.director.addresses([Self.elsewhere, Self.other], at: bench.now)
        #expect(schedules(bench.start()) == [all])
        #expect(bench.carryOut(bench.director.addresses([Self.own], at: bench.now)).isEmpty)
    }

    @Test func addressesThatAreNotKnownAreNotMissed() {
        var bench = DirectorBench([pool()])
        #expect(schedules(bench.start()) == [all])
    }

    @Test func whatIsKnownStaysWhileTheChecksRest() {
        let virtual = pool()
        var bench = DirectorBench([virtual])
        _ = bench.director.addresses([Self.own], at: bench.now)
        _ = bench.start()
        _ = bench.check(Shop.first, .up, of: virtual)
        _ = bench.check(Shop.second, .down, of: virtual)
        let table = bench.entry(Shop.key)
        let rest = bench.carryOut(bench.director.addresses([], at: bench.now))
        #expect(schedules(rest) == [[]])
        #expect(rest.events == [.resting(true)])
        // A result that was on its way, which another pool may have asked for, does not count here.
        #expect(bench.check(Shop.first, .down, of: virtual).isEmpty)
        #expect(bench.entry(Shop.key) == table)
        let end = bench.carryOut(bench.director.addresses([Self.other], at: bench.now))
        #expect(schedules(end) == [all])
        #expect(end.events == [.resting(false)])
        #expect(bench.check(Shop.first, .down, of: virtual).changes.count == 1)
    }

    @Test func aCheckThatAnotherPoolNeedsGoesOn() {
        let resting = pool()
        var active = pool { $0.neededAddresses = [] }
        active.service = VirtualService(key: .endpoint(.tcp, Example.endpoint("10.0.0.2", 80)), scheduler: "wrr")
        active.realServers = [Shop.first]
        var bench = DirectorBench([resting, active])
        _ = bench.director.addresses([], at: bench.now)
        #expect(schedules(bench.start()) == [Shop.scheduled(Shop.first)])
        _ = bench.check(Shop.first, .up, of: active)
        #expect(bench.entry(active.service.key)?[Shop.first.destination.endpoint]?.weight == 5)
        #expect(bench.entry(Shop.key)?[Shop.first.destination.endpoint]?.weight == 0)
    }

    /// The first round is over when those that came back have their verdicts.
    @Test func whoComesBackBeforeTheFirstRoundIsOverIsWaitedFor() {
        var active = Shop.virtual { $0.realServers = [Shop.server(3, weight: 1)] }
        active.service = VirtualService(key: .endpoint(.tcp, Example.endpoint("10.0.0.3", 80)), scheduler: "wrr")
        let virtual = pool { $0.realServers = [Shop.first] }
        var bench = DirectorBench([virtual, active])
        _ = bench.director.addresses([], at: bench.now)
        _ = bench.start()
        _ = bench.carryOut(bench.director.addresses([Self.own], at: bench.now))
        #expect(!bench.check(active.realServers[0], .up, of: active).contains(.ready))
        #expect(bench.check(Shop.first, .up, of: virtual).contains(.ready))
    }

    @Test func anotherConfigurationMayNeedOtherAddresses() {
        let virtual = pool()
        var bench = DirectorBench([virtual])
        _ = bench.director.addresses([Self.elsewhere], at: bench.now)
        _ = bench.start()
        let same = bench.reload([virtual])
        #expect(schedules(same) == [[]])
        #expect(same.events.isEmpty)
        let actions = bench.reload([pool { $0.neededAddresses = [Self.elsewhere] }])
        #expect(schedules(actions) == [all])
        #expect(actions.events.first == .resting(false))
    }
}
