import Addresses
import Configuration
import Dialogues
import Testing
import Time

@testable import CheckIO
@testable import System

/// A loop with a runner, and the results that came.
///
/// The time of the loop is the test's: it stands still, however slow the machine is, until `pass` or a run with steps.
final class Bench {
    private final class Clock {
        var moment = EventLoop.clock
    }

    let loop: EventLoop
    private let clock = Clock()
    private(set) var runner: ProbeRunner?
    private(set) var results: [Int: CheckResult] = [:]
    /// Told each result as it comes.
    var onResult: (Int, CheckResult) -> Void = { _, _ in }

    init() throws {
        let loop = try EventLoop { [clock] in clock.moment }
        self.loop = loop
        runner = ProbeRunner(loop: loop) { [unowned self] token, result in
            #expect(results[token] == nil, "two results for \(token)")
            results[token] = result
            onResult(token, result)
        }
    }

    /// Waits for the programs that have ended: the library of the tests, which waits for any child of its process, goes
    /// no further at one that nobody waits for.
    deinit {
        runner = nil
        let limit = EventLoop.clock + .seconds(20)
        while loop.starter.isBusy, EventLoop.clock < limit {
            clock.moment = clock.moment + .milliseconds(100)
            guard (try? loop.runTurn(atMost: .milliseconds(10))) != nil else { return }
        }
    }

    func start(
        _ method: HealthCheck.Method,
        _ target: Endpoint,
        from origin: ProbeOrigin? = nil,
        timeout: Duration = .seconds(20),
        token: Int = 1
    ) {
        let check = HealthCheck(method: method, target: target, timeout: timeout, origin: origin)
        runner?.start(check, token: token)
    }

    func start(_ machine: any DialogueMachine, timeout: Duration = .seconds(20), token: Int = 1) {
        runner?.dialogue(machine, timeout: timeout, token: token)
    }

    /// Runs the loop until so many results have come, or something else holds.
    ///
    /// - Parameter step: the time that passes from one turn to the next.
    func run(results count: Int = 1, step: Duration = .zero) throws {
        try run(step: step) { self.results.count >= count }
    }

    func run(step: Duration = .zero, until isDone: () -> Bool) throws {
        let limit = EventLoop.clock + .seconds(60)
        while !isDone() {
            try #require(EventLoop.clock < limit, "nothing happens any more")
            try loop.runTurn(atMost: step > .zero ? .milliseconds(1) : .seconds(1))
            clock.moment = clock.moment + step
        }
    }

    /// Lets so much time pass, in which the loop stands still, and turns it once.
    func pass(_ time: Duration) throws {
        clock.moment = clock.moment + time
        try loop.runTurn(atMost: .zero)
    }

    /// Runs one check to its result.
    func check(
        _ method: HealthCheck.Method,
        _ target: Endpoint,
        from origin: ProbeOrigin? = nil,
        timeout: Duration = .seconds(20),
        step: Duration = .zero
    ) throws -> CheckResult {
        start(method, target, from: origin, timeout: timeout)
        try run(step: step)
        return try #require(results[1])
    }

    /// Runs one dialogue to its result.
    func check(
        _ machine: any DialogueMachine,
        timeout: Duration = .seconds(20),
        step: Duration = .zero
    ) throws -> CheckResult {
        start(machine, timeout: timeout)
        try run(step: step)
        return try #require(results[1])
    }

    /// Gives the runner up, as a director does that stops.
    func end() {
        runner = nil
    }
}

extension CheckResult {
    /// The result without its duration, to compare it.
    var told: CheckResult { CheckResult(verdict, layer, text: text) }
}
