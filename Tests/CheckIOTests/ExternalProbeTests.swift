import Addresses
import CLinux
import Configuration
import Dialogues
import Glibc
import TestKit
import Testing
import Time

@testable import CheckIO
@testable import System

@Suite(.waits)
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
        ("yes | head -c 10000000; exit 0", CheckResult(.up, .program(.passed), text: "y")),
        ("echo; echo '  lag 900 s\t'; echo no; exit 1", CheckResult(.down, .program(.exit(1)), text: "lag 900 s")),
        ("echo out; echo error >&2; exit 1", CheckResult(.down, .program(.exit(1)), text: "error; out")),
        ("printf 'a\\033[31mb\\001\\377'; exit 2", CheckResult(.down, .program(.exit(2)), text: "a?[31mb??")),
        (
            "printf '%0300d' 0; exit 1",
            CheckResult(.down, .program(.exit(1)), text: String(repeating: "0", count: 200) + "...")
        ),
        ("echo killed >&2; kill -KILL $$", CheckResult(.down, .program(.signal(9)), text: "killed")),
        ("sleep 60 & exit 4", CheckResult(.down, .program(.exit(4)), text: "exit status 4")),
        ("test \"$*\" = '10.0.0.1 80'", CheckResult(.up, .program(.passed), text: "exit status 0")),
    ])
    func endIsTheVerdict(script: String, result: CheckResult) throws {
        #expect(try check(script).told == result)
    }

    @Test func whatIsSecretIsNotSaid() throws {
        let script = "echo \"no login with $CHECK_PASSWORD\"; exit 1"
        var check = ExternalCheck(program: "/bin/sh", arguments: ["-c", script])
        check.environment = ["CHECK_PASSWORD": "a b"]
        check.secret = "a b"
        #expect(try bench.check(.external(check), endpoint).text == "no login with ***")
    }

    @Test func programHasWhatIsAddedToTheEnvironment() throws {
        let script = "test \"$CHECK_PASSWORD\" = 'a b' && test -n \"$PATH\" && test \"$HOME\" = /nowhere"
        var check = ExternalCheck(program: "/bin/sh", arguments: ["-c", script])
        check.environment = ["CHECK_PASSWORD": "a b", "HOME": "/nowhere"]
        #expect(try bench.check(.external(check), endpoint).verdict == .up)
    }

    @Test(arguments: [(":", Duration.zero), ("trap '' TERM", ChildProcess.grace)])
    func hangingProgramFailsAtItsDeadline(preparation: String, grace: Duration) throws {
        let program = try HangingProgram(preparation)
        bench.start(.external(program.check), endpoint, timeout: .milliseconds(700))
        try bench.run { program.process != nil }
        try bench.pass(.milliseconds(699))
        #expect(bench.results.isEmpty)
        try bench.pass(.milliseconds(1))
        let text = "the program did not end within 700 ms"
        #expect(bench.results[1]?.told == CheckResult(.down, .program(.timeout), text: text))
        #expect(bench.runner?.programsLeft == 1)
        try bench.pass(grace)
        try bench.run { bench.runner?.programsLeft == 0 }
    }

    @Test func missingProgramIsSaid() throws {
        let check = ExternalCheck(program: "/nonexistent", arguments: [])
        let result = try bench.check(.external(check), endpoint)
        let text = "/nonexistent: No such file or directory"
        #expect(result.told == CheckResult(.down, .program(.systemError(ENOENT)), text: text))
        #expect(bench.runner?.programsLeft == 0)
    }

    /// What leads its group is told to end with all of it, and what is left is ended after the time that the check gives.
    @Test func theWholeGroupHasItsGrace() throws {
        let folder = try TemporaryFolder()
        let script =
            "trap '' TERM; (trap 'echo told >\(folder.path)/told' TERM; echo >\(folder.path)/trapped; "
            + "while :; do sleep 0.1; done) & echo $! >\(folder.path)/child; while :; do sleep 0.1; done"
        var check = ExternalCheck(program: "/bin/sh", arguments: ["-c", script])
        check.grace = .milliseconds(1_500)
        bench.start(.external(check), endpoint, timeout: .milliseconds(500))
        // Before its trap it would not be told.
        try bench.run { (try? folder.text(of: "trapped")) == "\n" }
        try bench.run { (try? folder.text(of: "child"))?.hasSuffix("\n") == true }
        let child = try #require(pid_t((try folder.text(of: "child")).dropLast()))
        try bench.pass(.milliseconds(500))
        #expect(bench.results[1]?.layer == .program(.timeout))
        try bench.run { (try? folder.text(of: "told")) == "told\n" }
        try bench.pass(.milliseconds(1_499))
        #expect(kill(child, 0) == 0)
        #expect(bench.runner?.programsLeft == 1)
        try bench.pass(.milliseconds(1))
        try bench.run { bench.runner?.programsLeft == 0 }
        try bench.run { kill(child, 0) != 0 || Self.isZombie(child) }
    }

    private static func isZombie(_ process: pid_t) -> Bool {
        (SystemFile.text("/proc/\(process)/stat") ?? "").contains(") Z ")
    }

    @Test(.enabled(if: getuid() == 0, "needs root"))
    func aProgramRunsAsItsUser() throws {
        let script = "echo $(id -u) $(id -g) $(id -G); exit 3"
        var check = ExternalCheck(program: "/bin/sh", arguments: ["-c", script])
        check.user = ProgramUser(id: 4_242, group: 4_343)
        let dumps = clinux_dumps()
        #expect(try bench.check(.external(check), endpoint).text == "4242 4343 4343")
        #expect(getuid() == 0)
        // Nor is this process marked as one that changed its user.
        #expect(clinux_dumps() == dumps)
    }

    @Test(.enabled(if: getuid() == 0, "needs root"))
    func aUserThatMayNotRunAProgramIsAFailure() throws {
        let folder = try TemporaryFolder()
        let program = "\(folder.path)/private"
        let descriptor = open(program, O_WRONLY | O_CREAT, 0o700)
        _ = write(descriptor, "#!/bin/sh\n", 10)
        close(descriptor)
        var check = ExternalCheck(program: program, arguments: [])
        check.user = ProgramUser(id: 4_242, group: 4_343)
        #expect(try bench.check(.external(check), endpoint).layer == .program(.systemError(EACCES)))
    }

    /// Exit statuses as weights: 0 and 2 to 255 pass, 1 does not.
    @Test(arguments: [(0, CheckResult.Verdict.up), (1, .down), (2, .up), (20, .up), (255, .up)])
    func statusesOfADynamicCheck(status: Int, verdict: CheckResult.Verdict) throws {
        var check = ExternalCheck(program: "/bin/sh", arguments: ["-c", "exit \(status)"])
        check.failingStatuses = 1...1
        let layer = CheckLayer.program(status == 0 ? .passed : .exit(status))
        let expected = CheckResult(verdict, layer, text: "exit status \(status)")
        #expect(try bench.check(.external(check), endpoint).told == expected)
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
            // It is taken in before it ends.
            try tests.bench.run { !tests.bench.loop.starter.isStarting }
            close(open(gate, O_WRONLY))
            unlink(gate)
            try tests.bench.run()
            let text = "how the program ended cannot be told"
            let result = CheckResult(.down, .director(.systemError(ECHILD)), text: text)
            precondition(tests.bench.results[1]?.told == result)
        }
    }

    @Test(arguments: [(":", Duration.zero), ("trap '' TERM", ChildProcess.grace)])
    func programOutlivesItsRunnerOnlyByItsGrace(preparation: String, grace: Duration) throws {
        let program = try HangingProgram(preparation)
        bench.start(.external(program.check), endpoint)
        try bench.run { program.process != nil }
        let process = try #require(program.process)
        #expect(kill(process, 0) == 0)
        bench.end()
        if grace > .zero {
            // It has been told to end by now, and does not.
            try bench.pass(grace - .milliseconds(1))
            #expect(kill(process, 0) == 0)
            try bench.pass(.milliseconds(1))
        }
        try bench.run { kill(process, 0) != 0 }
        #expect(bench.results.isEmpty)
    }
}

/// The program of a check that does not end by itself, and writes its number as soon as it is prepared.
private final class HangingProgram {
    let check: ExternalCheck
    private let folder: TemporaryFolder

    init(_ preparation: String) throws {
        folder = try TemporaryFolder()
        let script = "\(preparation); echo $$ > \(folder.path)/process; while :; do sleep 60; done"
        check = ExternalCheck(program: "/bin/sh", arguments: ["-c", script])
    }

    /// Its number; nil as long as it has not written it.
    var process: pid_t? {
        guard let text = try? folder.text(of: "process"), text.hasSuffix("\n") else { return nil }
        return pid_t(text.dropLast())
    }
}
