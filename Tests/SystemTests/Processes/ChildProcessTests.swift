import CLinux
import Glibc
import TestKit
import Testing
import Time

@testable import System

@Suite(.waits)
struct ChildProcessTests {
    private let loop: EventLoop

    init() throws {
        loop = try EventLoop()
    }

    /// Runs a shell's command to its end.
    private func run(
        _ script: String,
        timeout: Duration? = nil,
        input: [UInt8]? = nil,
        output: ProgramCommand.Output = .captured(limit: 1_000),
        environment: [String: String] = [:]
    ) throws -> ProgramOutcome {
        let command = ProgramCommand(
            program: "/bin/sh",
            arguments: ["-c", script],
            input: input,
            output: output,
            environment: environment
        )
        return try run(command, timeout: timeout).get()
    }

    /// Runs a command to its end.
    private func run(
        _ command: ProgramCommand,
        timeout: Duration? = nil
    ) throws -> Result<ProgramOutcome, StartFailure> {
        var result: Result<ProgramOutcome, StartFailure>?
        ChildProcess(on: loop, command, timeout: timeout) { result = $0 }
        try loop.turn { result != nil }
        return try #require(result)
    }

    @Test(arguments: [
        ("exit 0", ProgramOutcome.End.exited(0)), ("exit 3", .exited(3)), ("exit 255", .exited(255)),
        ("kill -9 $$", .signalled(9)),
    ])
    func endIsTold(script: String, end: ProgramOutcome.End) throws {
        let outcome = try run(script)
        #expect(outcome == ProgramOutcome(end))
        #expect(outcome.isSuccess == (end == .exited(0)))
    }

    /// What a service manager tells a daemon is not for its programs, nor are the folder and the mask that it happens to have.
    @Test func aDetachedProgramFindsNothingOfThisProcess() throws {
        setenv("LISTEN_FDS", "3", 1)
        defer { unsetenv("LISTEN_FDS") }
        for isDetached in [false, true] {
            var command = ProgramCommand(
                program: "/bin/sh",
                arguments: ["-c", "pwd; umask; echo \"$LISTEN_FDS\"; echo \"$NAME\"; test -n \"$PATH\" && echo path"],
                output: .captured(limit: 1_000),
                environment: ["NAME": "three"]
            )
            command.isDetached = isDetached
            let before = umask(0o177)
            defer { umask(before) }
            let outcome = try run(command).get()
            let text = String(decoding: outcome.output, as: UTF8.self)
            let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
            if isDetached {
                #expect(lines == ["/", "0022", "", "three", "path", ""])
            } else {
                #expect(lines.dropFirst() == ["0177", "3", "three", "path", ""])
            }
        }
    }

    @Test func outputAndErrorsAreCaptured() throws {
        let outcome = try run("echo one; echo two >&2; cat; echo $NAME", environment: ["NAME": "three"])
        #expect(String(decoding: outcome.output, as: UTF8.self) == "one\nthree\n")
        #expect(String(decoding: outcome.errors, as: UTF8.self) == "two\n")
    }

    @Test func inputIsRead() throws {
        let input = Array(repeating: UInt8(ascii: "x"), count: 300_000)
        let outcome = try run("wc -c", input: input)
        #expect(String(decoding: outcome.output, as: UTF8.self) == "300000\n")
    }

    @Test func floodOfOutputNeitherBlocksTheProgramNorFillsTheMemory() throws {
        let outcome = try run("head -c 10000000 /dev/zero; exit 7")
        #expect(outcome.end == .exited(7))
        #expect(outcome.output == Array(repeating: 0, count: 1_000))
    }

    @Test func descriptorsAndSignalsAreNotInherited() throws {
        let other = open("/dev/null", O_RDONLY)
        defer { close(other) }
        signal(SIGPIPE, SIG_IGN)
        let outcome = try run("echo /proc/self/fd/*; sed -n 's/^Sig[BI][lg][kn]:.//p' /proc/self/status")
        let lines = String(decoding: outcome.output, as: UTF8.self).split(separator: "\n")
        // The shell has opened the folder. The C library keeps 32 and 33 to itself.
        #expect(lines.first == "/proc/self/fd/0 /proc/self/fd/1 /proc/self/fd/2 /proc/self/fd/3")
        let signals = lines.dropFirst().map { UInt64($0, radix: 16).map { $0 & 0x7fff_ffff } }
        #expect(signals == [0, 0])
    }

    @Test func backgroundProcessThatHoldsTheOutputIsNotWaitedFor() throws {
        let folder = try TemporaryFolder()
        let gate = "\(folder.path)/gate"
        try #require(mkfifo(gate, 0o600) == 0)
        let outcome = try run("read line < \(gate) & echo done")
        #expect(outcome.end == .exited(0))
        #expect(String(decoding: outcome.output, as: UTF8.self) == "done\n")
        // It still stands at the gate: only one who waits there lets this open.
        let end = open(gate, O_WRONLY | O_CLOEXEC)
        #expect(end >= 0)
        close(end)
    }

    @Test func programThatHangsIsToldToEnd() throws {
        let outcome = try run("exec sleep 60", timeout: .milliseconds(50))
        #expect(outcome.end == .signalled(Int(SIGTERM)))
        #expect(outcome.isTimedOut)
        #expect(!outcome.isSuccess)
    }

    @Test func programThatIgnoresBeingToldIsEndedWithItsChildren() throws {
        let script = "trap 'echo told' TERM; (trap '' TERM; exec sleep 60) & echo $!; while :; do wait; done"
        let outcome = try run(script, timeout: .milliseconds(300))
        #expect(outcome.end == .signalled(Int(SIGKILL)))
        let lines = String(decoding: outcome.output, as: UTF8.self).split(separator: "\n")
        #expect(lines.count == 2 && lines.last == "told")
        let child = try #require(lines.first.flatMap { pid_t($0) })
        #expect(Self.isGone(child))
    }

    @Test func childThatIgnoresBeingToldEndsWithItsParent() throws {
        let script = "(trap '' TERM; exec sleep 60) & echo $!; exec sleep 60"
        let outcome = try run(script, timeout: .milliseconds(300))
        #expect(outcome.end == .signalled(Int(SIGTERM)))
        let child = try #require(pid_t(String(decoding: outcome.output.dropLast(), as: UTF8.self)))
        #expect(Self.isGone(child))
    }

    @Test(arguments: [
        ("/nonexistent", ENOENT, "No such file or directory"),
        ("", ENOENT, "No such file or directory: no program is named"),
        ("/etc/passwd", EACCES, "Permission denied: it is not executable (its mode is 0644)"),
        ("/", EACCES, "Permission denied: it is a directory"),
    ])
    func whatCannotBeRunIsAnError(program: String, number: Int32, text: String) throws {
        let result = try run(ProgramCommand(program: program))
        #expect(result == .failure(.refused(number, text)))
    }

    @Test func terminatedProgramIsNotTimedOut() throws {
        var result: Result<ProgramOutcome, StartFailure>?
        let command = ProgramCommand(program: "/bin/sleep", arguments: ["60"])
        let child = ChildProcess(on: loop, command, timeout: .seconds(30)) { result = $0 }
        try loop.turn { child.isRunning }
        child.terminate()
        try loop.turn { result != nil }
        #expect(result == .success(ProgramOutcome(.signalled(Int(SIGTERM)))))
        child.terminate()
        child.end()
    }

    /// In a process of its own, as what becomes of a signal is the same for all of one.
    @Test func endThatNobodyCanTellIsNoSuccess() async {
        await #expect(processExitsWith: .success) {
            // The kernel then forgets how a program ended.
            signal(SIGCHLD, SIG_IGN)
            let loop = try EventLoop()
            var result: Result<ProgramOutcome, StartFailure>?
            let command = ProgramCommand(program: "/bin/sleep", arguments: ["60"])
            let child = ChildProcess(on: loop, command, timeout: nil) { result = $0 }
            try loop.turn { child.isRunning }
            child.terminate()
            try loop.turn { result != nil }
            precondition(result == .success(ProgramOutcome(.untold)))
            ChildProcess.keepEnds()
            let told = try ChildProcessTests().run("exit 3")
            precondition(told.end == .exited(3))
        }
    }

    /// In a process of its own: the limit is one of the whole process.
    @Test func limitOfDescriptorsIsTheOneBeforeItWasRaised() async {
        await #expect(processExitsWith: .success) {
            var limit = rlimit()
            getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
            limit.rlim_cur = 300
            setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
            let tests = try ChildProcessTests()
            let before = try tests.run("ulimit -S -n")
            precondition(before.output == Array("300\n".utf8))
            precondition(DescriptorLimit.raise(to: 400) == 400)
            precondition(DescriptorLimit.raise(to: 500) == 500)
            let after = try tests.run("ulimit -S -n")
            precondition(after.output == before.output)
            getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
            precondition(limit.rlim_cur == 500)
        }
    }

    /// Whether a process has ended; who its new parent is decides when its number goes too.
    private static func isGone(_ process: pid_t) -> Bool {
        // A signal takes effect when its receiver runs next.
        for _ in 0..<10_000 {
            let file = open("/proc/\(process)/stat", O_RDONLY)
            guard file >= 0 else { return true }
            var text = [UInt8](repeating: 0, count: 200)
            let count = read(file, &text, text.count)
            close(file)
            guard count > 0 else { return true }
            if String(decoding: text.prefix(count), as: UTF8.self).contains(") Z ") { return true }
            sched_yield()
        }
        return false
    }
}
