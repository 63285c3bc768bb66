import Addresses
import Configuration
import Glibc
import HealthChecks
import Testing

@testable import CheckIO

struct ExternalProbeTests {
    private let bench: Bench
    private let endpoint = Endpoint(address: .any(.ipv4), port: 80)

    init() throws {
        bench = try Bench()
    }

    private func check(_ script: String, timeout: Duration = .seconds(20)) throws -> CheckResult {
        let check = ExternalCheck(program: "/bin/sh", arguments: ["-c", script, "name", "10.0.0.1", "80"])
        return try bench.check(.external(check), endpoint, timeout: timeout)
    }

    @Test(arguments: [
        ("exit 0", CheckResult(.up, .program(.passed), text: "exit status 0")),
        ("exit 3", CheckResult(.down, .program(.exit(3)), text: "exit status 3")),
        ("kill -KILL $$", CheckResult(.down, .program(.signal(9)), text: "ended by signal 9")),
        ("yes | head -c 10000000; exit 0", CheckResult(.up, .program(.passed), text: "exit status 0")),
        ("test \"$*\" = '10.0.0.1 80'", CheckResult(.up, .program(.passed), text: "exit status 0")),
    ])
    func endIsTheVerdict(script: String, result: CheckResult) throws {
        #expect(try check(script).told == result)
    }

    @Test func programHasWhatIsAddedToTheEnvironment() throws {
        let script = "test \"$CHECK_PASSWORD\" = 'a b' && test -n \"$PATH\" && test \"$HOME\" = /nowhere"
        var check = ExternalCheck(program: "/bin/sh", arguments: ["-c", script])
        check.environment = ["CHECK_PASSWORD": "a b", "HOME": "/nowhere"]
        #expect(try bench.check(.external(check), endpoint).verdict == .up)
    }

    @Test(arguments: ["exec sleep 60", "trap '' TERM; while :; do sleep 60; done"])
    func hangingProgramFailsAtItsDeadline(script: String) throws {
        let result = try check(script, timeout: .milliseconds(100))
        let text = "the program did not end within 100 ms"
        #expect(result.told == CheckResult(.down, .program(.timeout), text: text))
        #expect(bench.runner?.programsLeft == 1)
        try bench.run { bench.runner?.programsLeft == 0 }
    }

    @Test func missingProgramIsSaid() throws {
        let check = ExternalCheck(program: "/nonexistent", arguments: [])
        let result = try bench.check(.external(check), endpoint)
        let text = "/nonexistent: No such file or directory"
        #expect(result.told == CheckResult(.down, .program(.systemError(ENOENT)), text: text))
        #expect(bench.runner?.programsLeft == 0)
    }

    /// In a process of its own, as what becomes of a signal is the same for all of one.
    @Test func endThatNobodyCanTellIsNoVerdict() async {
        await #expect(processExitsWith: .success) {
            // The kernel then forgets how a program ended.
            signal(SIGCHLD, SIG_IGN)
            let tests = try ExternalProbeTests()
            let gate = "/tmp/directrix-gate.\(getpid())"
            precondition(mkfifo(gate, 0o600) == 0)
            let check = ExternalCheck(program: "/bin/sh", arguments: ["-c", "read line < \(gate); exit 0"])
            tests.bench.start(.external(check), tests.endpoint)
            // It has been taken in before it ends.
            close(open(gate, O_WRONLY))
            unlink(gate)
            try tests.bench.run()
            let text = "how the program ended cannot be told"
            let result = CheckResult(.down, .director(.systemError(ECHILD)), text: text)
            precondition(tests.bench.results[1]?.told == result)
        }
    }

    @Test func programOutlivesItsRunnerOnlyByItsGrace() throws {
        let check = ExternalCheck(program: "/bin/sleep", arguments: ["60"])
        bench.start(.external(check), endpoint)
        bench.end()
        try bench.loop.runTurn(atMost: .seconds(10))
        #expect(bench.results.isEmpty)
    }
}
