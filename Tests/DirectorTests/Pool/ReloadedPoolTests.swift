import Addresses
import Configuration
import Dialogues
import Director
import DirectorBench
import HealthChecks
import IPVS
import TestKit
import Testing

/// What a pool knows again under another configuration.
struct ReloadedPoolTests {
    private static func check(_ port: UInt16, _ change: (inout ServerCheck) -> Void = { _ in }) -> ServerCheck {
        let target = Example.endpoint("10.2.0.1", port)
        var check = ServerCheck(
            HealthCheck(method: .connect, target: target, timeout: .seconds(1)),
            pace: Pace(interval: .seconds(5))
        )
        change(&check)
        return check
    }

    /// A pool with one server that is removed while it is down.
    private static func pool(_ checks: ServerCheck...) -> VirtualServer {
        var real = Shop.server(1, weight: 7)
        (real.whenDown, real.checks) = (.removed, checks)
        return Shop.virtual { $0.realServers = [real] }
    }

    private func tell(_ bench: inout DirectorBench, _ check: ServerCheck, _ result: CheckResult) {
        let scheduled = ScheduledCheck(check.probe, pace: check.pace)
        _ = bench.carryOut(bench.director.checked(scheduled, result, at: bench.now))
    }

    private func weight(_ bench: DirectorBench, _ key: ServiceKey = Shop.key) -> Int32? {
        bench.entry(key)?[Shop.first.destination.endpoint]?.weight
    }

    private func beliefs(_ bench: DirectorBench) -> [[ServerHealth.Belief]] {
        bench.director.status.services.map { $0.servers.map(\.belief) }
    }

    // MARK: Checks

    @Test func aNewCheckHasToPassBeforeAServerComesBack() {
        let (failed, passed, new) = (Self.check(80), Self.check(81), Self.check(82))
        var bench = DirectorBench([Self.pool(failed, passed)])
        _ = bench.start()
        tell(&bench, failed, Shop.refused)
        tell(&bench, passed, Shop.passed)
        _ = bench.reload([Self.pool(passed, new)])
        #expect(weight(bench) == nil)
        tell(&bench, new, Shop.passed)
        #expect(weight(bench) == 7)
    }

    @Test func aServerComesBackWhenItsFailedCheckIsTakenAway() {
        let (failed, passed) = (Self.check(80), Self.check(81))
        var bench = DirectorBench([Self.pool(failed, passed)])
        _ = bench.start()
        tell(&bench, failed, Shop.refused)
        tell(&bench, passed, Shop.passed)
        _ = bench.reload([Self.pool(passed)])
        #expect(weight(bench) == 7)
    }

    @Test func checksAreKnownAgainWhateverTheirOrder() {
        let (failing, passed) = (Self.check(80) { $0.failureCount = 2 }, Self.check(81) { $0.failureCount = 2 })
        var bench = DirectorBench([Self.pool(failing, passed)])
        _ = bench.start()
        for check in [failing, passed] { tell(&bench, check, Shop.passed) }
        tell(&bench, failing, Shop.refused)
        _ = bench.reload([Self.pool(passed, failing)])
        tell(&bench, passed, Shop.refused)
        #expect(weight(bench) == 7)
        tell(&bench, failing, Shop.refused)
        #expect(weight(bench) == nil)
    }

    @Test func aServerThatServesKeepsServingWhileANewCheckIsAwaited() {
        let (passed, new) = (Self.check(80), Self.check(81))
        var bench = DirectorBench([Self.pool(passed)])
        _ = bench.start()
        tell(&bench, passed, Shop.passed)
        #expect(bench.reload([Self.pool(new, passed)]).changes == [])
        #expect(beliefs(bench) == [[.adopted]])
        tell(&bench, new, Shop.refused)
        #expect(weight(bench) == nil)
    }

    @Test func theWeightThatACheckToldGoesWithIt() {
        var program = ExternalCheck(program: "/bin/status", arguments: [])
        program.failingStatuses = 1...1
        var telling = Self.check(80) { $0.weightRule = .exitStatus(minus: 2) }
        telling.probe.method = .external(program)
        let passed = Self.check(81)
        var bench = DirectorBench([Self.pool(telling, passed)])
        _ = bench.start()
        tell(&bench, telling, CheckResult(.up, .program(.exit(20))))
        tell(&bench, passed, Shop.passed)
        #expect(weight(bench) == 18)
        _ = bench.reload([Self.pool(passed, telling)])
        #expect(weight(bench) == 18)
        _ = bench.reload([Self.pool(passed)])
        #expect(weight(bench) == 7)
    }

    // MARK: Servers and pools

    /// A server whose packets are not translated has another port in each service.
    @Test func aServerIsKnownAgainWhateverThePoolStandsBehind() {
        let other = VirtualService(key: .endpoint(.tcp, Example.endpoint("10.0.0.1", 8081)), scheduler: "wrr")
        var real = Shop.first
        real.forwarding = .directRoute
        func pool(_ services: [VirtualService]) -> VirtualServer {
            var virtual = VirtualServer(service: services[0], and: Array(services.dropFirst()))
            virtual.realServers = [real]
            return virtual
        }
        let web = Shop.virtual().service
        var bench = DirectorBench([pool([other, web])])
        _ = bench.start()
        tell(&bench, real.checks[0], Shop.passed)
        _ = bench.reload([pool([web, other])])
        #expect(beliefs(bench) == [[.up]])
    }

    @Test func aNewPoolDoesNotTakeThePlaceOfOneThatStays() {
        let named = Shop.virtual {
            $0.realServers = [Shop.first]
            $0.name = "shop"
        }
        let new = Shop.virtual {
            $0.realServers = [Shop.second]
            $0.name = "new"
        }
        var bench = DirectorBench([named])
        _ = bench.start()
        _ = bench.check(Shop.first, .up, of: named)
        _ = bench.reload([new, named])
        #expect(beliefs(bench) == [[.unknown], [.up]])
        // Under another name it goes on from the one that is no longer there.
        let renamed = Shop.virtual {
            $0.realServers = [Shop.first]
            $0.name = "store"
        }
        _ = bench.reload([renamed, new])
        #expect(beliefs(bench) == [[.up], [.unknown]])
    }

    @Test func aPoolThatIsPartedLosesNoServer() {
        let whole = Shop.virtual { $0.reconciliation = .off }
        var bench = Shop.running(whole)
        let parts = [Shop.first, Shop.second].map { real in
            Shop.virtual {
                $0.realServers = [real]
                $0.name = "\(real.address)"
                $0.reconciliation = .off
            }
        }
        #expect(bench.reload(parts).changes == [])
        #expect(bench.pass(.seconds(10)).changes == [])
    }

    // MARK: Servers that were found

    @Test func aServerThatWasFoundAndTakenOutComesBackWithItsFirstSuccess() {
        let third = Shop.server(3, weight: 2)
        let virtual = Shop.virtual {
            $0.realServers.append(third)
            $0.standby = Shop.standby
            $0.quorum.weight = 5
        }
        var bench = DirectorBench([virtual])
        bench.interfere(.addService(virtual.service), .addDestination(third.destination, to: Shop.key))
        _ = bench.start()
        let endpoint = third.destination.endpoint
        #expect(bench.entry(Shop.key)?[endpoint]?.weight == 0)
        _ = bench.check(Shop.first, .up, of: virtual)
        #expect(bench.entry(Shop.key)?[Shop.first.destination.endpoint]?.weight == 5)
        #expect(bench.entry(Shop.key)?[endpoint]?.weight == 0)
        _ = bench.check(third, .up, of: virtual)
        #expect(bench.entry(Shop.key)?[endpoint]?.weight == 2)
    }
}
