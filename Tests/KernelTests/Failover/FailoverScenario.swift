import Addresses
import Failover
import TestKit

/// A course of events on a segment of its own.
struct FailoverScenario: Sendable {
    /// Who is master at first, and who the other one is.
    typealias Pair = (first: FailoverHost.Kind, second: FailoverHost.Kind)

    let name: String
    let hosts: [String]
    let play: @Sendable (FailoverStage) throws -> Void

    init(_ name: String, hosts: [String] = ["a", "b"], play: @escaping @Sendable (FailoverStage) throws -> Void) {
        self.name = name
        self.hosts = hosts
        self.play = play
    }

    /// All of them, the longest first.
    static var all: [FailoverScenario] {
        pairs.flatMap { pair in forms.map { takeover(pair, $0.name, $0.router) } }
            + [0.3, 1.6, 4].map { restart(after: $0) }
            + [FailoverHost.Kind.ours, .keepalived].map { foreignRouter($0) }
            + [deletion] + pairs.map { leave($0) } + forms.map { coldStart($0.name, $0.router) }
    }

    private static let pairs: [Pair] = [(.ours, .keepalived), (.keepalived, .ours), (.ours, .ours)]

    /// The forms of the protocol.
    private static var forms: [(name: String, router: LabRouter)] {
        var password = LabRouter()
        password.password = "secret"
        var third = LabRouter()
        third.version = .three
        var fast = third
        fast.interval = .milliseconds(100)
        var sixth = third
        sixth.family = .ipv6
        sixth.addresses = ["fe80::100/64", "fd00::100/64"]
        var unicast = LabRouter()
        unicast.peers = ["10.0.0.1", "10.0.0.2"]
        return [("v2", password), ("v3", third), ("v3 0.1 s", fast), ("IPv6", sixth), ("unicast", unicast)]
    }

    /// The router of a host of a form: its peers are all but itself.
    private static func router(_ form: LabRouter, priority: UInt8, on place: Int) -> LabRouter {
        var router = form
        router.priority = priority
        guard !form.peers.isEmpty else { return router }
        router.source = form.peers[place]
        router.peers.remove(at: place)
        return router
    }

    /// Starts both hosts, and lets the first of them become master.
    private static func begin(_ stage: FailoverStage, _ first: FailoverHost, _ second: FailoverHost) throws {
        let start = try first.start()
        try stage.wait(12, for: first, after: start)
        try second.start()
        stage.pause(1.5)
        try stage.expect(stage.advertisements(of: second).isEmpty, "both are master")
    }
}

// MARK: Election

extension FailoverScenario {
    private static func coldStart(_ name: String, _ form: LabRouter) -> FailoverScenario {
        FailoverScenario("cold start, \(name)") { stage in
            let host = stage.add("a", .ours, router(form, priority: 150, on: 0))
            let start = try host.start()
            let first = try stage.wait(8, for: host, after: start)
            // The program starts within a moment, which is longer in the lab.
            let (delay, tolerance) = (first.moment - start, FailoverStage.tolerance(host.router))
            let most = host.router.patience + tolerance + 1 + 3 * stage.lateness(from: start, to: first.moment)
            try stage.expect(delay >= host.router.patience - tolerance, "it is master too soon: \(delay)")
            try stage.expect(delay <= most, "it is master too late: \(delay)")
            try stage.expect(first.priority == 150, "its priority is \(first.priority)")
            stage.pause(1.5)
            let added = stage.addressMoments(of: host, isThere: true)
            try stage.expect(added.count == host.router.addresses.count, "it was given \(added.count) addresses")
            try stage.expect(added.allSatisfy { $0 > first.moment - 0.01 }, "an address came before the advertisement")
            let told = stage.announcements(of: host).count
            try stage.expect(told == 5 * host.router.addresses.count, "it announced \(told) times")
            let sources = stage.advertisements(of: host).map(\.source)
            try stage.expect(
                sources.allSatisfy { !host.router.plainAddresses.contains($0) },
                "its source is a virtual address"
            )
            try stage.expect(host.user != 0, "it runs as root")
        }
    }

    private static func takeover(_ pair: Pair, _ name: String, _ form: LabRouter) -> FailoverScenario {
        FailoverScenario("\(pair.second) takes over from \(pair.first) and gives back, \(name)") { stage in
            let first = stage.add("a", pair.first, router(form, priority: 200, on: 0))
            let second = stage.add("b", pair.second, router(form, priority: 100, on: 1))
            try begin(stage, first, second)
            let dead = first.kill()
            let taken = try stage.wait(10, for: second, after: dead)
            let last = stage.advertisements(of: first).last { $0.moment < taken.moment }?.moment ?? dead
            let tolerance = FailoverStage.tolerance(second.router)
            try stage.expect(taken.moment, is: second.router.patience, after: last, within: tolerance, "take-over")
            // Whoever comes back with the higher priority takes over from the lower one, which yields.
            let start = try first.start()
            let back = try stage.wait(12, for: first, after: start)
            stage.pause(0.5)
            try stage.expect(stage.holds(first), "the higher one has no addresses")
            let lost = stage.addressMoments(of: second, isThere: false, after: back.moment - 0.05)
            try stage.expect(
                !stage.holds(second) && lost.count == second.router.addresses.count,
                "the lower one holds on"
            )
            let yielded = lost.max() ?? 0
            let late = stage.lateness(from: back.moment, to: yielded)
            try stage.expect(yielded - back.moment <= 0.25 + late, "the lower one yields late")
        }
    }

    private static func leave(_ pair: Pair) -> FailoverScenario {
        FailoverScenario("\(pair.first) leaves to \(pair.second)") { stage in
            let first = stage.add("a", pair.first, LabRouter(priority: 200))
            let second = stage.add("b", pair.second, LabRouter(priority: 100))
            try begin(stage, first, second)
            let stop = first.stop()
            let leave = try stage.wait(3, for: first, after: stop) { $0.priority == 0 }
            let taken = try stage.wait(5, for: second, after: stop)
            let tolerance = FailoverStage.tolerance(second.router)
            try stage.expect(taken.moment, is: second.router.skew, after: leave.moment, within: tolerance, "take-over")
            let lost = stage.addressMoments(of: first, isThere: false, after: stop)
            try stage.expect(!lost.isEmpty && !stage.holds(first), "the address stays")
            try stage.expect(lost.allSatisfy { $0 < taken.moment }, "the address stays beyond the skew of the peer")
        }
    }
}

// MARK: Adoption

extension FailoverScenario {
    private static func restart(after pause: Double) -> FailoverScenario {
        FailoverScenario("ours is killed and comes back after \(pause) s") { stage in
            let first = stage.add("a", .ours, LabRouter(priority: 200))
            let second = stage.add("b", .keepalived, LabRouter(priority: 100))
            try begin(stage, first, second)
            // Right behind an advertisement, so that the pause is the silence.
            try stage.wait(3, for: first, after: stage.now)
            let dead = first.kill()
            stage.pause(pause)
            let back = try first.start()
            guard pause >= 3 else {
                try stage.wait(1.5, for: first, after: back)
                stage.pause(5)
                try stage.expect(stage.advertisements(of: second).isEmpty, "the other one was master")
                let lost = stage.addressMoments(of: first, isThere: false, after: dead)
                try stage.expect(lost.isEmpty, "an address went")
                return try stage.expectSteady(first, from: back + 1, to: stage.now, "after the restart")
            }
            let taken = try stage.wait(2, for: second, after: dead)
            try stage.expect(taken.moment < back + 0.5, "the other one is not master")
            stage.pause(1.5)
            let lost = stage.addressMoments(of: first, isThere: false, after: back)
            try stage.expect(lost.count == 1, "the address was not removed first")
            let soon = stage.advertisements(of: first, after: back).filter { $0.moment < back + 2 }
            try stage.expect(soon.isEmpty, "it went on as master")
            // It is the better one, and takes over when its time has run out.
            try stage.wait(6, for: first, after: back)
            stage.pause(0.5)
            try stage.expect(stage.holds(first) && !stage.holds(second), "the better one is not master")
        }
    }
}

// MARK: Strangers

extension FailoverScenario {
    /// Packets that do not count, as many as the lab can carry, keep no advertisement waiting and change nothing.
    ///
    /// Its one processor sends each of them, carries it to two programs that were built for debugging, and reads it twice; the
    /// bench of failover has ten thousand of them a second on the machine itself.
    static var flood: FailoverScenario {
        FailoverScenario("ours is flooded with junk", hosts: ["a", "b", "c"]) { stage in
            var router = LabRouter(priority: 200)
            router.password = "secret"
            let first = stage.add("a", .ours, router)
            router.priority = 100
            let second = stage.add("b", .ours, router)
            try begin(stage, first, second)
            let begin = stage.segment.note("floods", of: "c")
            let sent = try JunkFlood.run(on: stage.segment.name("c"), routerIDs: [51, 99], rate: 1_000, seconds: 5)
            let end = stage.segment.note("sent \(sent) packets", of: "c")
            try stage.expectSteady(first, from: begin, to: end, "under the flood")
            try stage.expect(stage.advertisements(of: second).isEmpty, "the other one was master")
            let lost = stage.addressMoments(of: first, isThere: false, after: begin)
            try stage.expect(lost.isEmpty, "an address went")
        }
    }

    /// A router with the same number and another password is no peer. (Those of keepalived fall silent by it.)
    private static func foreignRouter(_ kind: FailoverHost.Kind) -> FailoverScenario {
        FailoverScenario("a stranger, \(kind), beside a pair of ours", hosts: ["a", "b", "c"]) { stage in
            var router = LabRouter(priority: 200)
            router.password = "one"
            let first = stage.add("a", .ours, router)
            router.priority = 100
            let second = stage.add("b", .ours, router)
            router.priority = 150
            router.password = "two"
            router.addresses = ["10.0.0.200/24"]
            let stranger = stage.add("c", kind, router)
            try begin(stage, first, second)
            let strange = try stranger.start()
            try stage.wait(10, for: stranger, after: strange)
            let begin = stage.now
            stage.pause(9)
            try stage.expectSteady(first, from: begin, to: stage.now, "beside a stranger")
            try stage.expect(stage.advertisements(of: second).isEmpty, "the backup was master")
        }
    }
}

// MARK: The kernel

extension FailoverScenario {
    private static var deletion: FailoverScenario {
        FailoverScenario("somebody takes the address of ours away") { stage in
            let first = stage.add("a", .ours, LabRouter(priority: 200))
            let second = stage.add("b", .keepalived, LabRouter(priority: 100))
            try begin(stage, first, second)
            let begin = stage.now
            for _ in 0..<3 {
                let deed = stage.now
                try stage.segment.run("ip address del 10.0.0.100/24 dev eth0", on: "a")
                stage.pause(0.4)
                let lost = stage.addressMoments(of: first, isThere: false, after: deed)
                let back = stage.addressMoments(of: first, isThere: true, after: deed)
                try stage.expect(lost.count == 1 && back.count == 1, "it was not put back")
                let late = stage.lateness(from: lost.first ?? 0, to: back.first ?? 0)
                try stage.expect((back.first ?? 99) - (lost.first ?? 0) < 0.1 + late, "it was put back late")
            }
            try stage.expectSteady(first, from: begin, to: stage.now, "while it was taken away")
            try stage.expect(stage.advertisements(of: second).isEmpty, "the other one was master")
        }
    }
}
