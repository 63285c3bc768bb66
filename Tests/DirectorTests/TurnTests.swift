import Addresses
import Configuration
import Dialogues
import Director
import DirectorBench
import HealthChecks
import IPVS
import TestKit
import Testing

/// What is told to those who follow whether servers and pools are up: each turn once, servers before their pool.
///
/// The scenarios of keepalived that are named tell the same with its own words.
struct TurnTests {
    private static let first = server(1)
    private static let second = server(2)

    private static func server(_ number: UInt8, weight: Int32 = 1) -> RealServer {
        var real = Shop.server(number, weight: weight)
        (real.whenDown, real.tellsFirstSuccess) = (.removed, false)
        return real
    }

    private static func pool(
        _ servers: [RealServer] = [first, second],
        _ change: (inout VirtualServer) -> Void = { _ in }
    ) -> VirtualServer {
        Shop.virtual {
            ($0.realServers, $0.tellsTurns) = (servers, true)
            change(&$0)
        }
    }

    /// A pool whose first successes are news, too.
    private static func alert(_ servers: [RealServer] = [first, second]) -> VirtualServer {
        pool(servers) { for index in $0.realServers.indices { $0.realServers[index].tellsFirstSuccess = true } }
    }

    /// A bench whose servers have these verdicts, in order, with all that was told until then.
    private func started(_ virtual: VirtualServer, _ verdicts: [CheckResult.Verdict]) -> (DirectorBench, [String]) {
        var bench = DirectorBench([virtual])
        var told = bench.start().turns
        for (real, verdict) in zip(virtual.realServers, verdicts) {
            told += bench.check(real, verdict, of: virtual).turns
        }
        return (bench, told)
    }

    // MARK: Start

    /// s01: who answers at once is no news, who does not is.
    @Test func onlyFailuresOfAFirstRoundAreTold() {
        let (_, told) = started(Self.pool(), [.up, .down])
        #expect(told == ["pool up 1/1 start", "2 down start"])
    }

    /// s02, s19: where first successes are told, they are told before the pool that they bring up.
    @Test func firstSuccessesAreToldWhereTheyAreWanted() {
        let (_, told) = started(Self.alert(), [.up, .down])
        #expect(told == ["1 up start", "pool up 1/1 start", "2 down start"])
    }

    /// s70, s71: who never answered was never up, and the pool is told down once that is known of all.
    @Test func aPoolThatNobodyServesIsToldDownAfterItsLastServer() {
        let (_, told) = started(Self.pool(), [.down, .down])
        #expect(told == ["1 down start", "2 down start", "pool down 0/1 start"])
    }

    @Test func aPoolWithoutServersIsDown() {
        var bench = DirectorBench([Self.pool([])])
        #expect(bench.start().turns == ["pool down 0/1 start"])
    }

    /// s85: weights of 0 never make a quorum.
    @Test func serversWithoutWeightMakeNoQuorum() {
        let virtual = Self.pool([Self.server(1, weight: 0)]) { $0.standby = Shop.standby }
        var (bench, told) = started(virtual, [.up])
        #expect(told == ["pool down 0/1 start"])
        #expect(bench.check(virtual.realServers[0], .down, of: virtual).turns == ["1 down running"])
        #expect(bench.check(virtual.realServers[0], .up, of: virtual).turns == ["1 up running"])
    }

    /// What serves when the director comes is in service: the pool is up, and is not told again with the verdicts.
    @Test func whatStandsInTheKernelIsUp() {
        let virtual = Self.pool()
        var bench = DirectorBench([virtual])
        bench.interfere(.addService(virtual.service), .addDestination(Self.first.destination, to: Shop.key))
        #expect(bench.start().turns == ["pool up 1/1 start"])
        #expect(bench.check(Self.first, .up, of: virtual).turns.isEmpty)
        #expect(bench.check(Self.second, .down, of: virtual).turns == ["2 down start"])
    }

    @Test func nobodyIsToldWhereNobodyFollows() {
        let virtual = Self.pool { $0.tellsTurns = false }
        let (_, told) = started(virtual, [.up, .down])
        #expect(told.isEmpty)
    }

    // MARK: Running

    /// s07: the last server goes, and one comes back.
    @Test func eachTurnIsToldOnceAndServersBeforeTheirPool() {
        let virtual = Self.pool()
        var (bench, _) = started(virtual, [.up, .up])
        #expect(bench.check(Self.first, .down, of: virtual).turns == ["1 down running"])
        #expect(bench.check(Self.first, .down, of: virtual).turns.isEmpty)
        #expect(bench.check(Self.second, .down, of: virtual).turns == ["2 down running", "pool down 0/1 running"])
        #expect(bench.check(Self.second, .up, of: virtual).turns == ["2 up running", "pool up 1/1 running"])
        #expect(bench.check(Self.first, .up, of: virtual).turns == ["1 up running"])
    }

    /// s10, s11: four servers, quorum 3, hysteresis 1.
    @Test func theQuorumIsToldWithTheWeightThatDecided() {
        let servers = (1...4).map { Self.server($0) }
        let virtual = Self.pool(servers) { $0.quorum = Quorum(weight: 3, hysteresis: 1) }
        var (bench, told) = started(virtual, [.up, .up, .up, .up])
        #expect(told == ["pool up 2/2 start"])
        #expect(bench.check(servers[0], .down, of: virtual).turns == ["1 down running"])
        #expect(bench.check(servers[1], .down, of: virtual).turns == ["2 down running"])
        #expect(bench.check(servers[2], .down, of: virtual).turns == ["3 down running", "pool down 1/2 running"])
        #expect(bench.check(servers[0], .up, of: virtual).turns == ["1 up running"])
        #expect(bench.check(servers[1], .up, of: virtual).turns == ["2 up running"])
        #expect(bench.check(servers[2], .up, of: virtual).turns == ["3 up running", "pool up 4/4 running"])
    }

    /// s87: a quorum that is more than all weights is gained by all of them.
    @Test func aQuorumBeyondAllWeightsIsGainedByAllServers() {
        let virtual = Self.pool { $0.quorum = Quorum(weight: 2, hysteresis: 1) }
        var (bench, _) = started(virtual, [.up, .up])
        _ = bench.check(Self.first, .down, of: virtual)
        #expect(bench.check(Self.second, .down, of: virtual).turns.last == "pool down 0/1 running")
        #expect(bench.check(Self.second, .up, of: virtual).turns == ["2 up running"])
        #expect(bench.check(Self.first, .up, of: virtual).turns == ["1 up running", "pool up 2/2 running"])
    }

    /// s62: weights that a program gives make the quorum and take it away; servers do not turn by that.
    @Test func weightsOfChecksMakeTheQuorum() {
        var weighted = Self.server(1, weight: 10)
        weighted.checks[0].weightRule = .exitStatus(minus: 2)
        let virtual = Self.pool([weighted, Self.server(2, weight: 2)]) {
            $0.quorum.weight = 10
            $0.standby = Shop.standby
            $0.realServers[1].checks = []
        }
        var bench = DirectorBench([virtual])
        _ = bench.start()
        func tell(_ status: Int) -> [String] {
            let layer = CheckLayer.program(status == 0 ? .passed : .exit(status))
            return bench.check(virtual.realServers[0], CheckResult(.up, layer), of: virtual).turns
        }
        #expect(tell(0) == ["pool up 12/10 start"])
        #expect(bench.weights == [1: 10, 2: 2])
        #expect(tell(7) == ["1 weighs 5 not 10", "pool down 7/10 running"])
        #expect(bench.weights == [99: 1])
        #expect(tell(12) == ["1 weighs 10 not 5", "pool up 12/10 running"])
        #expect(bench.weights == [1: 10, 2: 2])
        #expect(tell(2) == ["1 weighs 0 not 10", "pool down 2/10 running"])
    }

    /// s22: a number takes a server out, and another one lets it in again.
    @Test(arguments: [(.share(perUnit: 2), .min), (.gate(opensAtZero: true), 1)] as [(WeightRule, Int32)])
    func whatAFileSaysIsToldAsItsCheckJudgesIt(rule: WeightRule, closing: Int32) {
        var real = Self.server(1, weight: 10)
        real.checks[0].probe.method = .file(TrackedFile("/run/load"))
        (real.checks[0].weightRule, real.checks[0].tellsEachFailure) = (rule, false)
        let virtual = Self.pool([real, Self.second])
        var bench = DirectorBench([virtual])
        _ = bench.start()
        func outcomes(_ number: Int32) -> [CheckEvent.Outcome] {
            bench.check(real, CheckResult(.up, .file(number)), of: virtual).events.compactMap { matter in
                if case .server(_, .check(let event)) = matter { event.outcome } else { nil }
            }
        }
        #expect(outcomes(0) == [.passed])
        #expect(outcomes(closing) == [.failed(failures: 1)])
        #expect(outcomes(closing).isEmpty)
        #expect(outcomes(0) == [.passed])
        #expect(bench.weights == [1: 10])
    }

    /// s86: one of several checks decides; a result that changes nothing of the server turns nothing.
    @Test func aServerTurnsWithItsLastCheck() {
        var real = Self.first
        real.tellsFirstSuccess = true
        var other = real.checks[0]
        other.probe.target = Example.endpoint("10.2.0.1", 81)
        real.checks.append(other)
        let virtual = Self.pool([real, Self.second])
        var bench = DirectorBench([virtual])
        _ = bench.start()
        func tell(_ check: Int, _ result: CheckResult) -> [DirectorAction] {
            let scheduled = ScheduledCheck(real.checks[check].probe, pace: real.checks[check].pace)
            return bench.carryOut(bench.director.checked(scheduled, result, at: bench.now))
        }
        #expect(tell(1, Shop.passed).turns.isEmpty)
        #expect(tell(0, Shop.refused).turns == ["1 down start"])
        #expect(tell(0, Shop.passed).turns == ["1 up running", "pool up 1/1 start"])
        let actions = tell(1, Shop.refused)
        #expect(actions.turns == ["1 down running", "pool down 0/1 running"])
        // The check, the server and the pool.
        #expect(actions.compactMap { if case .tell(let event) = $0 { event.check } else { nil } } == [1, 1, 1])
    }

    // MARK: Reload

    /// s57, s68: a pool that was down and stays down is no news, whatever else is changed.
    @Test func aPoolThatStaysDownIsNotToldAgain() {
        let virtual = Self.pool([Self.first]) { $0.standby = Shop.standby }
        var (bench, _) = started(virtual, [.down])
        var changed = virtual
        changed.standby = Shop.standing(Example.server(98, port: 8080))
        let actions = bench.reload([changed])
        #expect(actions.turns.isEmpty)
        #expect(bench.weights == [98: 1])
        #expect(bench.check(Self.first, .up, of: changed).turns == ["1 up running", "pool up 1/1 running"])
    }

    /// s31: another check of a dead server leaves it out until it has passed, and is no news.
    @Test func anotherCheckOfADeadServerLeavesItOut() {
        let virtual = Self.pool()
        var (bench, _) = started(virtual, [.down, .up])
        var changed = virtual
        changed.realServers[0].checks[0].probe.method = .ping(attempts: 1)
        #expect(bench.reload([changed]).turns.isEmpty)
        #expect(bench.weights == [2: 1])
        #expect(bench.check(changed.realServers[0], .down, of: changed).turns.isEmpty)
        #expect(bench.check(changed.realServers[0], .up, of: changed).turns == ["1 up running"])
    }

    /// s58: a server that is added is told by its first verdict.
    @Test func addedServersAreToldByTheirVerdicts() {
        var (bench, _) = started(Self.alert([Self.first]), [.up])
        let changed = Self.alert([Self.first, Self.second, Self.server(3)])
        #expect(bench.reload([changed]).turns.isEmpty)
        #expect(bench.check(changed.realServers[1], .up, of: changed).turns == ["2 up start"])
        #expect(bench.check(changed.realServers[2], .down, of: changed).turns == ["3 down start"])
    }

    @Test func whatAConfigurationNoLongerHasIsTold() {
        let virtual = Self.pool()
        var (bench, _) = started(virtual, [.up, .up])
        let changed = Self.pool([Self.second])
        #expect(bench.reload([changed]).turns == ["1 down removal"])
        #expect(bench.reload([]).turns == ["2 down poolRemoval", "pool down 0/1 poolRemoval"])
    }

    @Test func serversThatAreDownEndWithoutAWord() {
        let virtual = Self.pool()
        var (bench, _) = started(virtual, [.down, .down])
        #expect(bench.reload([]).turns.isEmpty)
    }

    @Test func anotherQuorumIsToldAsSuch() {
        let virtual = Self.pool()
        var (bench, _) = started(virtual, [.up, .down])
        var changed = virtual
        changed.quorum.weight = 2
        #expect(bench.reload([changed]).turns == ["pool down 1/2 reload"])
        #expect(bench.reload([virtual]).turns == ["pool up 1/1 reload"])
    }

    // MARK: Stop

    /// s16, s17.
    @Test(arguments: [true, false])
    func aStopIsToldWhereThatIsWanted(isWanted: Bool) {
        let virtual = Self.pool([Self.first, Self.second, Self.server(3)]) { $0.tellsStop = isWanted }
        var (bench, _) = started(virtual, [.up, .up, .down])
        let told = bench.stop().turns
        #expect(told == (isWanted ? ["1 down stop", "2 down stop", "pool down 0/1 stop"] : []))
        #expect(bench.weights.isEmpty)
    }

    // MARK: Services that the kernel refuses

    /// s76: nobody is up behind a service that is not there, whatever the checks say.
    @Test func nothingIsToldOfServersThatTheKernelHasNoServiceFor() {
        let virtual = Self.pool { $0.service.scheduler = "unknown" }
        var (bench, told) = started(virtual, [.up, .up])
        told += bench.check(Self.first, .down, of: virtual).turns
        told += bench.check(Self.first, .up, of: virtual).turns
        told += bench.check(Self.second, .down, of: virtual).turns
        #expect(told == [])
        bench.kernel.surroundings.schedulers.insert("unknown")
        #expect(bench.pass(.seconds(1)).turns == ["2 down start", "pool up 1/1 start"])
        #expect(bench.weights == [1: 1])
    }

    @Test func theEndOfAServiceThatWasNeverThereIsNoNews() {
        let virtual = Self.pool { $0.service.scheduler = "unknown" }
        var (bench, told) = started(virtual, [.up, .up])
        told += bench.stop().turns
        #expect(told == [])
    }

    @Test func aPoolIsDownOnceItsServiceIsGoneAndRefused() {
        let virtual = Self.pool()
        var (bench, _) = started(virtual, [.up, .up])
        bench.kernel.surroundings.schedulers.remove(virtual.service.scheduler)
        _ = bench.kernel.apply(Changeset([.deleteService(Shop.key)]))
        var told = bench.pass(.seconds(20)).turns
        told += bench.check(Self.first, .down, of: virtual).turns
        #expect(told == ["pool down 0/1 running"])
        bench.kernel.surroundings.schedulers.insert(virtual.service.scheduler)
        #expect(bench.pass(.seconds(60)).turns == ["1 down running", "pool up 1/1 running"])
    }
}

extension DirectorBench {
    /// What stands in the kernel behind the shop: weights by the last byte of the address.
    fileprivate var weights: [UInt32: Int32] {
        var weights: [UInt32: Int32] = [:]
        guard let entry = entry(Shop.key) else { return weights }
        for destination in entry.destinations {
            guard case .v4(let address) = destination.endpoint.address else { continue }
            weights[address.value & 0xff] = destination.weight
        }
        return weights
    }
}

extension [DirectorAction] {
    /// The turns that are told, in words.
    fileprivate var turns: [String] {
        events.compactMap { matter in
            switch matter {
            case .server(let real, .turned(let isUp, let occasion)):
                "\(real.number) \(isUp ? "up" : "down") \(occasion)"
            case .server(let real, .weighted(let former, let present, _)):
                "\(real.number) weighs \(present) not \(former)"
            case .quorum(let event):
                "pool \(event.isHeld ? "up" : "down") \(event.weight)/\(event.threshold) \(event.occasion)"
            case .server, .table, .drift, .puttingBack, .standby, .resting: nil
            }
        }
    }
}

extension RealServer {
    /// The last byte of the address.
    fileprivate var number: UInt32 {
        guard case .v4(let address) = address else { return 0 }
        return address.value & 0xff
    }
}
