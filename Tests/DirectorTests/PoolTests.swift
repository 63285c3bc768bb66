import Addresses
import Configuration
import Dialogues
import Director
import DirectorBench
import HealthChecks
import IPVS
import TestKit
import Testing

/// What several checks, a quorum, a standby and several services make of a pool.
struct PoolTests {
    /// A server that is removed while it is down.
    private static func server(_ number: UInt8, weight: Int32 = 1, _ checks: ServerCheck...) -> RealServer {
        var real = Shop.server(number, weight: weight)
        real.whenDown = .removed
        if !checks.isEmpty { real.checks = checks }
        return real
    }

    private static func check(_ method: HealthCheck.Method, port: UInt16 = 80) -> ServerCheck {
        let target = Example.endpoint("10.2.0.1", port)
        return ServerCheck(
            HealthCheck(method: method, target: target, timeout: .seconds(1)),
            pace: Pace(interval: .seconds(5))
        )
    }

    /// A result of one of the checks of a server, and what stands in the kernel then: weights by the last byte.
    private func tell(
        _ bench: inout DirectorBench,
        _ check: ServerCheck,
        _ result: CheckResult,
        _ key: ServiceKey = Shop.key
    ) -> [UInt32: Int32] {
        let scheduled = ScheduledCheck(check.probe, pace: check.pace)
        _ = bench.carryOut(bench.director.checked(scheduled, result, at: bench.now))
        return table(bench, key)
    }

    private func table(_ bench: DirectorBench, _ key: ServiceKey = Shop.key) -> [UInt32: Int32] {
        var weights: [UInt32: Int32] = [:]
        guard let entry = bench.entry(key) else { return weights }
        for destination in entry.destinations {
            guard case .v4(let address) = destination.endpoint.address else { continue }
            weights[address.value & 0xff] = destination.weight
        }
        return weights
    }

    @Test func aServerIsUpWhileAllOfItsChecksAre() {
        let (first, second) = (Self.check(.connect), Self.check(.connect, port: 81))
        let virtual = Shop.virtual { $0.realServers = [Self.server(1, first, second)] }
        var bench = DirectorBench([virtual])
        _ = bench.start()
        #expect(tell(&bench, first, Shop.passed) == [:])
        #expect(tell(&bench, second, Shop.passed) == [1: 1])
        #expect(tell(&bench, first, Shop.refused) == [:])
        #expect(tell(&bench, second, Shop.refused) == [:])
        #expect(tell(&bench, first, Shop.passed) == [:])
        #expect(tell(&bench, second, Shop.passed) == [1: 1])
    }

    @Test func eachCheckHasThresholdsOfItsOwn() {
        var (strict, patient) = (Self.check(.connect), Self.check(.connect, port: 81))
        patient.failureCount = 3
        strict.riseCount = 2
        let virtual = Shop.virtual { $0.realServers = [Self.server(1, strict, patient)] }
        var bench = DirectorBench([virtual])
        _ = bench.start()
        for check in [strict, patient] { _ = tell(&bench, check, Shop.passed) }
        for _ in 0..<2 { #expect(tell(&bench, patient, Shop.refused) == [1: 1]) }
        #expect(bench.director.isFailing(ScheduledCheck(patient.probe, pace: patient.pace)))
        #expect(tell(&bench, patient, Shop.refused) == [:])
        #expect(tell(&bench, patient, Shop.passed) == [1: 1])
        #expect(tell(&bench, strict, Shop.refused) == [:])
        #expect(tell(&bench, strict, Shop.passed) == [:])
        #expect(tell(&bench, strict, Shop.passed) == [1: 1])
    }

    /// The weights that keepalived 2.2.7 gave for the exit statuses of a program.
    @Test func exitStatusesAreWeights() {
        var external = ExternalCheck(program: "/bin/status", arguments: [])
        external.failingStatuses = 1...1
        var check = Self.check(.external(external))
        check.weightRule = .exitStatus(minus: 2)
        let virtual = Shop.virtual { $0.realServers = [Self.server(1, weight: 7, check)] }
        var bench = DirectorBench([virtual])
        _ = bench.start()
        let weights = [0, 20, 2, 255, 1, 20, 0].map { status in
            let layer = CheckLayer.program(status == 0 ? .passed : .exit(status))
            return tell(&bench, check, CheckResult(status == 1 ? .down : .up, layer))
        }
        #expect(weights == [[1: 7], [1: 18], [1: 0], [1: 253], [:], [1: 18], [1: 7]])
    }

    /// The weights that keepalived 2.2.7 gave for the numbers of two files.
    @Test func numbersOfFilesAreWeights() {
        var (first, second) = (Self.check(.file(TrackedFile("/f"))), Self.check(.file(TrackedFile("/f"))))
        var gate = Self.check(.file(TrackedFile("/g")))
        first.weightRule = .share(perUnit: 2)
        second.weightRule = .share(perUnit: -1)
        gate.weightRule = .gate(opensAtZero: true)
        let virtual = Shop.virtual {
            $0.realServers = [Self.server(1, weight: 10, first), Self.server(2, weight: 5, second, gate)]
        }
        var bench = DirectorBench([virtual])
        // Somebody is asked for nothing, but told of all the same; what is told is of one file for both.
        #expect(bench.start().contains(.schedule([first, gate].map { ScheduledCheck($0.probe, pace: $0.pace) })))
        _ = tell(&bench, gate, CheckResult(.up, .file(0)))
        let weights = [0, 3, -4, 0, .min, 7].map { tell(&bench, first, CheckResult(.up, .file($0))) }
        #expect(weights == [[1: 10, 2: 5], [1: 16, 2: 2], [1: 2, 2: 9], [1: 10, 2: 5], [2: .max], [1: 24, 2: 0]])
        #expect(tell(&bench, gate, CheckResult(.up, .file(1))) == [1: 24])
        #expect(tell(&bench, first, CheckResult(.up, .file(0))) == [1: 10])
        #expect(tell(&bench, gate, CheckResult(.up, .file(0))) == [1: 10, 2: 5])
    }

    /// The same hundred servers in forty pools are asked a hundred things, and each answer counts in all pools.
    @Test func oneQuestionIsAskedForAllPools() {
        let reals = (1...100).map { Self.server(UInt8($0)) }
        let keys = (1...40).map { ServiceKey.mark($0, .ipv4) }
        let virtuals = keys.map { key in
            var virtual = VirtualServer(service: VirtualService(key: key, scheduler: "wrr"))
            virtual.realServers = reals
            return virtual
        }
        var bench = DirectorBench(virtuals)
        let questions = bench.start().compactMap { action in
            if case .schedule(let checks) = action { checks } else { nil }
        }
        #expect(questions.map(\.count) == [100])
        _ = tell(&bench, reals[0].checks[0], Shop.passed)
        #expect(keys.allSatisfy { table(bench, $0) == [1: 1] })
    }

    /// Four servers, a quorum of 3 with a hysteresis of 1: lost below 2, gained from 4.
    @Test func belowTheQuorumTheStandbyServes() {
        let reals = (1...4).map { Self.server($0) }
        let virtual = Shop.virtual {
            $0.realServers = reals
            ($0.quorum.weight, $0.quorum.hysteresis) = (3, 1)
            $0.standby = Shop.standby
        }
        var bench = DirectorBench([virtual])
        _ = bench.start()
        for real in reals { _ = tell(&bench, real.checks[0], Shop.passed) }
        #expect(table(bench) == [1: 1, 2: 1, 3: 1, 4: 1])
        #expect(tell(&bench, reals[0].checks[0], Shop.refused) == [2: 1, 3: 1, 4: 1])
        #expect(tell(&bench, reals[1].checks[0], Shop.refused) == [3: 1, 4: 1])
        #expect(tell(&bench, reals[2].checks[0], Shop.refused) == [99: 1])
        #expect(tell(&bench, reals[0].checks[0], Shop.passed) == [99: 1])
        #expect(tell(&bench, reals[1].checks[0], Shop.passed) == [99: 1])
        #expect(tell(&bench, reals[2].checks[0], Shop.passed) == [1: 1, 2: 1, 3: 1, 4: 1])
    }

    @Test func belowTheQuorumServersServeWhereNobodyStandsIn() {
        let reals = (1...2).map { Self.server($0) }
        let virtual = Shop.virtual {
            $0.realServers = reals
            $0.quorum.weight = 2
        }
        var bench = DirectorBench([virtual])
        _ = bench.start()
        for real in reals { _ = tell(&bench, real.checks[0], Shop.passed) }
        #expect(tell(&bench, reals[0].checks[0], Shop.refused) == [2: 1])
        #expect(tell(&bench, reals[0].checks[0], Shop.passed) == [1: 1, 2: 1])
    }

    @Test func aStandbyMayStayWithoutWeight() {
        let real = Self.server(1)
        let virtual = Shop.virtual {
            $0.realServers = [real]
            $0.standby = Shop.standby
            $0.standby?.staysWithoutWeight = true
        }
        var bench = DirectorBench([virtual])
        _ = bench.start()
        #expect(table(bench) == [99: 1])
        #expect(tell(&bench, real.checks[0], Shop.passed) == [1: 1, 99: 0])
        #expect(tell(&bench, real.checks[0], Shop.refused) == [99: 1])
        #expect(tell(&bench, real.checks[0], Shop.passed) == [1: 1, 99: 0])
    }

    /// The order of changes when the standby takes over and gives back: nobody goes before the other stands.
    @Test func noServiceIsEmptyOnTheWay() {
        let real = Self.server(1)
        let virtual = Shop.virtual {
            $0.realServers = [real]
            $0.standby = Shop.standby
            $0.standby?.staysWithoutWeight = true
        }
        var bench = Shop.running(virtual)
        let check = ScheduledCheck(real.checks[0].probe, pace: real.checks[0].pace)
        let down = bench.carryOut(bench.director.checked(check, Shop.refused, at: bench.now))
        #expect(
            down.changes == [
                .editDestination(Shop.fallback, of: Shop.key),
                .deleteDestination(real.destination.endpoint, of: Shop.key),
            ]
        )
        let up = bench.carryOut(bench.director.checked(check, Shop.passed, at: bench.now))
        var resting = Shop.fallback
        resting.weight = 0
        #expect(
            up.changes == [
                .addDestination(real.destination, to: Shop.key), .editDestination(resting, of: Shop.key),
            ]
        )
    }

    /// Servers have the port of each service that they stand behind.
    @Test func aPoolStandsBehindAllOfItsServices() {
        let other = ServiceKey.endpoint(.tcp, Example.endpoint("10.0.0.1", 8081))
        var real = Self.server(1)
        real.forwarding = .directRoute
        var virtual = VirtualServer(service: VirtualService(key: Shop.key), and: [VirtualService(key: other)])
        virtual.realServers = [real]
        var bench = DirectorBench([virtual])
        _ = bench.start()
        _ = tell(&bench, real.checks[0], Shop.passed)
        #expect(bench.entry(Shop.key)?.destinations.map(\.endpoint) == [Example.endpoint("10.2.0.1", 80)])
        #expect(bench.entry(other)?.destinations.map(\.endpoint) == [Example.endpoint("10.2.0.1", 8081)])
        _ = tell(&bench, real.checks[0], Shop.refused)
        #expect(bench.entry(Shop.key)?.destinations.isEmpty == true)
        #expect(bench.entry(other)?.destinations.isEmpty == true)
    }

    /// s14: a server that is also the standby keeps its entry; its weight is changed.
    @Test func aStandbyThatIsAServerKeepsItsPlace() {
        let (first, second) = (Self.server(1, weight: 3), Self.server(2, weight: 4))
        let virtual = Shop.virtual {
            $0.realServers = [first, second]
            $0.standby = Shop.standing(Example.server(2, port: 8080))
        }
        var bench = Shop.running(virtual)
        #expect(tell(&bench, first.checks[0], Shop.refused) == [2: 4])
        let down = ScheduledCheck(second.checks[0].probe, pace: second.checks[0].pace)
        let actions = bench.carryOut(bench.director.checked(down, Shop.refused, at: bench.now))
        #expect(actions.changes == [.editDestination(Shop.weighing(1, second), of: Shop.key)])
        #expect(tell(&bench, first.checks[0], Shop.passed) == [1: 3])
        #expect(tell(&bench, second.checks[0], Shop.passed) == [1: 3, 2: 4])
    }

    /// s49: two pools behind one mark, of which one loses its servers: its standby stands beside the other's servers.
    @Test func thePoolsOfAServiceLoseTheirServersApart() {
        let servers = (1...3).map { Self.server($0) }
        var web = VirtualServer(service: VirtualService(key: Shop.key), and: [VirtualService(key: Example.mark)])
        (web.realServers, web.standby, web.label) = (Array(servers[0...1]), Shop.standby, "[G]:0")
        let other = ServiceKey.endpoint(.udp, Example.endpoint("10.0.0.1", 80))
        var names = VirtualServer(service: VirtualService(key: other), and: [VirtualService(key: Example.mark)])
        (names.realServers, names.label) = ([servers[2]], "[G]:1")
        var bench = DirectorBench([web, names])
        _ = bench.start()
        for server in servers { _ = tell(&bench, server.checks[0], Shop.passed) }
        func tables() -> [[UInt32: Int32]] { [Shop.key, other, Example.mark].map { table(bench, $0) } }
        #expect(tables() == [[1: 1, 2: 1], [3: 1], [1: 1, 2: 1, 3: 1]])
        for server in servers[0...1] { _ = tell(&bench, server.checks[0], Shop.refused) }
        #expect(tables() == [[99: 1], [3: 1], [3: 1, 99: 1]])
        _ = tell(&bench, servers[0].checks[0], Shop.passed)
        #expect(tables() == [[1: 1], [3: 1], [1: 1, 3: 1]])
    }

    /// s59: what becomes of a dead server is changed by a reload, and back.
    @Test func aDeadServerFollowsWhatAConfigurationMakesOfIt() {
        let virtual = Shop.virtual { $0.realServers = [Self.server(1), Self.server(2)] }
        var bench = Shop.running(virtual)
        _ = bench.check(virtual.realServers[0], .down, of: virtual)
        var quiescent = virtual
        quiescent.realServers[0].whenDown = .quiesced
        _ = bench.reload([quiescent])
        #expect(table(bench) == [1: 0, 2: 1])
        _ = bench.reload([virtual])
        #expect(table(bench) == [2: 1])
    }

    /// Below the quorum those who are up stand as they do while they are down: without weight, where that is wanted of them.
    @Test func belowTheQuorumServersStandAsTheyDoWhileDown() {
        let virtual = Shop.virtual {
            $0.realServers = [Self.server(1), Self.server(2), Self.server(3)]
            for server in 0...1 { $0.realServers[server].whenDown = .quiesced }
            $0.quorum.weight = 3
            $0.standby = Shop.standby
        }
        var bench = Shop.running(virtual)
        #expect(table(bench) == [1: 1, 2: 1, 3: 1])
        _ = bench.check(virtual.realServers[0], .down, of: virtual)
        #expect(table(bench) == [1: 0, 2: 0, 99: 1])
        _ = bench.check(virtual.realServers[0], .up, of: virtual)
        #expect(table(bench) == [1: 1, 2: 1, 3: 1])
    }

    /// s67: the standby that serves for want of a quorum is taken away: who is up serves, and before it goes.
    @Test func withoutStandbyWhoIsUpServes() {
        let virtual = Shop.virtual {
            $0.realServers = [Self.server(1), Self.server(2)]
            $0.quorum.weight = 2
            $0.standby = Shop.standby
        }
        var bench = Shop.running(virtual)
        _ = bench.check(virtual.realServers[1], .down, of: virtual)
        #expect(table(bench) == [99: 1])
        var changed = virtual
        changed.standby = nil
        let changes = bench.reload([changed]).changes
        #expect(
            changes == [
                .addDestination(virtual.realServers[0].destination, to: Shop.key),
                .deleteDestination(Shop.fallback.endpoint, of: Shop.key),
            ]
        )
        #expect(bench.check(virtual.realServers[1], .up, of: changed).changes.count == 1)
        #expect(table(bench) == [1: 1, 2: 1])
    }

    /// A group gains and loses addresses under its label, and keeps what it knows.
    @Test func aPoolIsKnownByItsLabelWhateverItsServices() {
        let key = ServiceKey.endpoint(.tcp, Example.endpoint("10.0.0.7", 80))
        let real = Self.server(1)
        var group = Shop.virtual {
            $0.realServers = [real]
            $0.label = "[G]:0"
        }
        group.failureCount = 2
        var bench = Shop.running(group)
        _ = bench.check(real, .down, of: group)
        var moved = VirtualServer(service: VirtualService(key: key))
        (moved.realServers, moved.label) = (group.realServers, group.label)
        let changes = bench.reload([moved]).changes
        #expect(
            changes == [
                .addService(moved.service), .addDestination(real.destination, to: key), .deleteService(Shop.key),
            ]
        )
        // Its failures are still counted.
        _ = bench.check(real, .down, of: moved)
        #expect(bench.entry(key)?.destinations.isEmpty == true)
    }
}
