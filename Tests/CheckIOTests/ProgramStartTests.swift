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

/// Programs in the ways in which operators write them; the verdicts are those of `execvp`.
@Suite(.waits)
struct ProgramStartTests {
    private let bench: Bench
    private let folder: ProgramFolder

    init() throws {
        bench = try Bench()
        folder = try ProgramFolder()
    }

    private func check(_ check: ExternalCheck, timeout: Duration = .seconds(20)) throws -> CheckResult {
        try bench.check(.external(check), Endpoint(address: .any(.ipv4), port: 80), timeout: timeout)
    }

    /// A file, its mode, and what is said of it; nil where it is started.
    private static let files: [(String, mode_t, String?)] = [
        ("#!/bin/sh\nexit 0\n", 0o755, nil),
        ("exit 0\n", 0o755, nil),
        ("", 0o755, nil),
        ("#!\nexit 0\n", 0o755, nil),
        ("#! /bin/sh -e\ntrue\n", 0o755, nil),
        ("#!/usr/bin/env sh\nexit 0\n", 0o755, nil),
        ("#!/usr/bin/env -S sh -e\nexit 0\n", 0o755, nil),
        ("# a comment\ntest $# = 2\n", 0o755, nil),
        ("#!/bin/sh\nexit 0\n", 0o644, "it is not executable (its mode is 0644)"),
        (
            "#!/bin/sh\r\nexit 0\r\n", 0o755,
            "its first line ends in a carriage return, which the kernel takes for a part of the interpreter's name"
        ),
        ("#!/no/such/shell\nexit 0\n", 0o755, "its interpreter /no/such/shell: No such file or directory"),
        ("#!/etc/passwd\nexit 0\n", 0o755, "its interpreter /etc/passwd: Permission denied"),
    ]

    @Test(arguments: files)
    func fileIsStartedAsExecvpDoes(text: String, mode: mode_t, fault: String?) throws {
        let file = try folder.write(text, mode: mode)
        let result = try check(ExternalCheck(program: file, arguments: ["a", "b"]))
        #expect((result.verdict == .up) == (fault == nil), "\(result)")
        #expect(ProgramLook.fault(of: file) == fault)
        if let fault { #expect(result.text.hasSuffix(": \(fault)")) }
    }

    /// What starts and still does not what was meant.
    @Test(arguments: [
        ("#!/usr/bin/env no-such-shell\nexit 0\n", "its interpreter no-such-shell is not found in PATH"),
        (
            "#!/usr/bin/env sh\r\nexit 0\n",
            "its first line ends in a carriage return, which the kernel takes for a part of the interpreter's name"
        ),
        (
            "\u{feff}#!/bin/sh\nexit 0\n",
            "a byte order mark hides its #! line from the kernel, so that /bin/sh runs it"
        ),
    ])
    func fileThatMisleadsIsSaid(text: String, fault: String) throws {
        #expect(ProgramLook.fault(of: try folder.write(text)) == fault)
    }

    @Test(arguments: [
        ("true", CheckResult.Verdict.up, nil), ("false", .down, nil),
        ("no-such-program", .down, "not found in PATH"), ("", .down, "no program is named"),
        ("/", .down, "it is a directory"), ("/dev/null", .down, "it is no regular file"),
        ("/bin/true -x", .down, "No such file or directory"), ("bin/true", .up, nil),
    ])
    func nameIsLookedForAsExecvpDoes(name: String, verdict: CheckResult.Verdict, fault: String?) throws {
        // A daemon is in the root folder, and no other test of this target cares.
        chdir("/")
        #expect(try check(ExternalCheck(program: name, arguments: [])).verdict == verdict)
        let found = ProgramLook.fault(of: name)
        #expect(fault.map { found?.hasPrefix($0) == true } ?? (found == nil), "\(String(describing: found))")
    }

    @Test func fileForAnotherMachineIsSaid() throws {
        var bytes = [UInt8](repeating: 0, count: 64)
        bytes.replaceSubrange(0..<6, with: [0x7f, 0x45, 0x4c, 0x46, 1, 2])
        #expect(ProgramLook.fault(of: try folder.write(bytes)) == "it is made for another kind of machine")
    }

    // MARK: Perl

    /// Files of Perl and their exit status by the subroutine that the original makes of them; `lines` of `*` were down
    /// there for nothing but how it made it.
    private static let perlFiles: [(String, Int)] = [
        ("exit 0", 0), ("exit 3;", 3), ("exit", 0), ("exit 256", 255), ("exit 0.5", 255), ("exit -1", 255),
        ("exit \"abc\"", 0), ("", 0), ("1;", 0), ("0;", 0), ("return 5;", 0), ("die \"no\\n\"", 255),
        ("sub f { exit 6 } f();", 6), ("eval { exit 3 }; exit 4", 3), ("exit main(); sub main { return 0 }", 0),
        ("my ($a, $b, $c, $d) = @_; exit($d == 81 ? 0 : 1)", 0), ("exit($ARGV[3] == 81 ? 0 : 1)", 0),
        ("shift; exit($ARGV[3] == 81 && $_[2] == 81 ? 0 : 1)", 0),
        ("#!/usr/bin/perl -T\nuse strict; exit 0", 0), ("#!/usr/bin/perl -wT\nmy $x = `echo x`; exit 0", 0),
        ("#!/usr/bin/perl -T\nexit(${^TAINT} ? 0 : 1)", 0), ("#!/usr/bin/perl -w\nexit($^W ? 0 : 1)", 0),
        ("#!/bin/sh\nexit 0\n", 0), ("#!/bin/sh\n[ -f /x ] && exit 1\nexit 0\n", 255),
        ("#!/usr/bin/perl\r\nuse strict;\r\nexit 0;\r\n", 0), ("#!/usr/bin/perl -n\nexit 0", 0),
        ("$undeclared = 1; exit 0", 255), ("use No::Such::Module; exit 0", 255), ("exit 0 }", 255),
        ("END { $? = 9 } exit 0", 0), ("local $SIG{__DIE__} = sub { exit 3 }; die 1", 3),
        ("exit(inet_ntoa(inet_aton(\"127.0.0.1\")) eq \"127.0.0.1\" && AF_INET == 2 ? 0 : 1)", 0),
        ("ld_log(\"hello\"); exit 2", 2),
        // Better than the original.
        ("exit 0 # comment", 0), ("exit 0\n__END__\nfoo {", 0), ("exit(<DATA> eq \"a\\n\" ? 0 : 7)\n__DATA__\na\n", 0),
        ("=pod\n\nwords\n\n=cut\n\nexit 4;\n", 4), ("exit 4;\n\n=pod\n\nwords\n", 4), ("\u{feff}exit 0", 0),
        ("if (fork == 0) { exit 5 } wait; exit($? >> 8 == 5 ? 0 : 1)", 0), ("exec '/bin/false'", 1),
        ("use POSIX; POSIX::_exit(4)", 4),
    ]

    @Test(arguments: perlFiles)
    func perlFileIsASubroutineOfItsArguments(text: String, status: Int) throws {
        let file = try folder.write(text, name: "check it.pl", mode: 0o644)
        let words = ["10.0.0.1", "80", "10.0.0.2", "81"]
        let result = try check(ExternalCheck(.perlFile, program: file, arguments: words))
        #expect(result.layer == (status == 0 ? .program(.passed) : .program(.exit(status))), "\(result)")
    }

    @Test func perlSaysWhatItSays() throws {
        let file = try folder.write("#!/usr/bin/perl\nuse No::Such::Module; exit 0;\n", mode: 0o644)
        let result = try check(ExternalCheck(.perlFile, program: file, arguments: []))
        #expect(result.text.hasPrefix("Can't locate No/Such/Module.pm in @INC"))
        #expect(ProgramLook.fault(of: NamedProgram(.perlFile, file)) == nil)
        #expect(ProgramLook.fault(of: NamedProgram(.perlFile, "/no/such.pl")) == "No such file or directory")
        #expect(ProgramLook.fault(of: NamedProgram(.perlFile, "/etc")) == "it is a directory")
    }

    // MARK: What stands still

    /// A lease holds whoever opens the file, as a file system does that does not answer.
    @Test func programThatCannotBeLoadedHoldsNobody() throws {
        // The kernel tells the holder of the lease by it.
        signal(SIGIO, SIG_IGN)
        let trace = folder.file("trace")
        let file = try folder.write("#!/bin/sh\necho run > \(trace)\n")
        let lease = open(file, O_RDONLY | O_CLOEXEC)
        try #require(fcntl(lease, Self.setLease, F_WRLCK) == 0)
        for token in 1...5 {
            bench.start(.external(ExternalCheck(program: file, arguments: [])), endpoint, token: token)
        }
        bench.start(.external(ExternalCheck(program: "true", arguments: [])), endpoint, token: 6)
        bench.start(
            .external(ExternalCheck(program: file, arguments: [])),
            endpoint,
            timeout: .milliseconds(300),
            token: 7
        )
        try bench.run()
        #expect(bench.results[6]?.verdict == .up)
        try bench.pass(.milliseconds(300))
        let text = "the program could not be loaded within 300 ms"
        #expect(bench.results[7]?.told == CheckResult(.down, .program(.timeout), text: text))
        for token in 1...5 { bench.runner?.cancel(token: token) }
        try bench.pass(ChildProcess.grace - .milliseconds(1))
        #expect(bench.runner?.programsLeft != 0)
        // Their time to end passes; nobody waits for those that cannot be loaded.
        try bench.pass(.milliseconds(1))
        #expect(bench.runner?.programsLeft == 0)
        #expect(!folder.exists("trace"))
        _ = fcntl(lease, Self.setLease, F_UNLCK)
        close(lease)
        // Those that were held have ended before they could do anything.
        bench.start(.external(ExternalCheck(program: file, arguments: [])), endpoint, token: 8)
        try bench.run(results: 3)
        #expect(bench.results[8]?.verdict == .up)
        #expect(folder.exists("trace"))
    }

    /// `F_SETLEASE`.
    private static let setLease: Int32 = 1024

    private var endpoint: Endpoint { Endpoint(address: .any(.ipv4), port: 80) }

    // MARK: What is left running

    @Test func daemonThatAProgramLeavesIsReadOn() throws {
        let done = folder.file("done")
        let script = "(read line < \(folder.file("gate")); head -c 200000 /dev/zero; echo done > \(done)) & exit 0"
        try #require(mkfifo(folder.file("gate"), 0o600) == 0)
        #expect(try check(ExternalCheck(program: "/bin/bash", arguments: ["-c", script])).verdict == .up)
        #expect(bench.loop.drain.count == 2)
        close(open(folder.file("gate"), O_WRONLY))
        try bench.run { bench.loop.drain.count == 0 }
        #expect(folder.exists("done"))
    }

    /// In a process of its own, as it forks, and becomes the parent of what the director leaves.
    @Test func daemonThatAProgramLeavesOutlivesTheDirector() async {
        await #expect(processExitsWith: .success) {
            precondition(clinux_become_subreaper() == 0)
            let tests = try ProgramStartTests()
            let folder = tests.folder
            let done = folder.file("done")
            let script = "(read line < \(folder.file("gate")); head -c 200000 /dev/zero; echo done > \(done)) & exit 0"
            precondition(mkfifo(folder.file("gate"), 0o600) == 0)
            let result = try tests.check(ExternalCheck(program: "/bin/bash", arguments: ["-c", script]))
            precondition(result.verdict == .up)
            ChildProcess.leaveOutputs(on: tests.bench.loop)
            precondition(tests.bench.loop.drain.count == 0)
            close(open(folder.file("gate"), O_WRONLY))
            // What reads on ends when nobody writes any more; the program's daemon is an orphan of this process, too.
            var (status, ends): (Int32, [Int32]) = (0, [])
            while true {
                if waitpid(-1, &status, 0) > 0 { ends.append(status) } else if errno != EINTR { break }
            }
            precondition(ends.count == 2 && ends.allSatisfy { $0 == 0 } && folder.exists("done"))
        }
    }

    /// In a process of its own, which becomes the parent of orphans as the first one of a container is.
    @Test func endsOfOrphansAreTaken() async {
        await #expect(processExitsWith: .success) {
            precondition(clinux_become_subreaper() == 0)
            let tests = try ProgramStartTests()
            for round in 0..<20 {
                let script = "for i in 1 2 3 4 5; do (sleep 0.02 &) ; done; exit \(round)"
                tests.bench.start(
                    .external(ExternalCheck(program: "/bin/sh", arguments: ["-c", script])),
                    tests.endpoint,
                    token: round
                )
            }
            let isAlone = {
                ChildProcess.waitForStrangers(on: tests.bench.loop)
                return waitpid(-1, nil, WNOHANG) < 0 && errno == ECHILD
            }
            while tests.bench.results.count < 20 {
                try tests.bench.loop.runTurn(atMost: .milliseconds(10))
                ChildProcess.waitForStrangers(on: tests.bench.loop)
            }
            // None of the ends of its own was taken away.
            for (round, result) in tests.bench.results {
                precondition(result.layer == (round == 0 ? .program(.passed) : .program(.exit(round))), "\(result)")
            }
            while !isAlone() { poll(nil, 0, 5) }
        }
    }
}
