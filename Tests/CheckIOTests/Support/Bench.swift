import Addresses
import Configuration
import Dialogues
import HealthChecks
import Testing
import Time

@testable import CheckIO
@testable import System

/// A loop with a runner, and the results that came.
final class Bench {
    let loop: EventLoop
    private(set) var runner: ProbeRunner?
    private(set) var results: [Int: CheckResult] = [:]
    /// Told each result as it comes.
    var onResult: (Int, CheckResult) -> Void = { _, _ in }

    init() throws {
        let loop = try EventLoop()
        self.loop = loop
        runner = ProbeRunner(loop: loop) { [unowned self] token, result in
            #expect(results[token] == nil, "two results for \(token)")
            results[token] = result
            onResult(token, result)
        }
    }

    /// Waits for the programs that have ended: one that nobody waits for stands in the way of those tests that wait for
    /// a process of their own.
    deinit {
        runner = nil
        let limit = loop.now + .seconds(10)
        while loop.starter.isBusy, loop.now < limit, (try? loop.runTurn(atMost: .milliseconds(100))) != nil {}
    }

    func start(_ method: HealthCheck.Method, _ target: Endpoint, timeout: Duration = .seconds(20), token: Int = 1) {
        runner?.start(HealthCheck(method: method, target: target, timeout: timeout), token: token)
    }

    func start(_ machine: any DialogueMachine, timeout: Duration = .seconds(20), token: Int = 1) {
        runner?.dialogue(machine, timeout: timeout, token: token)
    }

    /// Runs the loop until so many results have come, or something else holds.
    func run(results count: Int = 1) throws {
        try run { self.results.count >= count }
    }

    func run(until isDone: () -> Bool) throws {
        let limit = loop.now + .seconds(30)
        while !isDone() {
            try #require(loop.now < limit, "nothing happens any more")
            try loop.runTurn(atMost: .seconds(1))
        }
    }

    /// Runs one check to its result.
    func check(
        _ method: HealthCheck.Method,
        _ target: Endpoint,
        timeout: Duration = .seconds(20)
    ) throws -> CheckResult {
        start(method, target, timeout: timeout)
        try run()
        return try #require(results[1])
    }

    /// Runs one dialogue to its result.
    func check(_ machine: any DialogueMachine, timeout: Duration = .seconds(20)) throws -> CheckResult {
        start(machine, timeout: timeout)
        try run()
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
