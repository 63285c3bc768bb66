import Addresses
import Configuration
import Dialogues
import Glibc
import System
import TestKit
import Testing

@testable import CheckIO

private let original = "/usr/sbin/ldirectord"

/// Odd programs by Debian's ldirectord and by ours: the original's own functions judge them in Perl.
@Suite(.enabled(if: access(original, R_OK) == 0, "there is no ldirectord to compare with"), .waits)
struct OddProgramTests {
    /// Takes the functions that judge out of the original, and prints what one of them says.
    private static let judge = """
        use vars qw(%check_external_perl__funcs $DEBUG); use Socket; use POSIX qw(setsid :sys_wait_h);
        BEGIN { $DEBUG = 0; *CORE::GLOBAL::exit = sub { CORE::exit(@_ ? shift : 0) } }
        sub service_set { } sub ld_debug { } sub ld_log { } sub ld_exit { CORE::exit(shift) }
        my ($file, $command, $isPerl) = @ARGV;
        chdir '/';
        BEGIN {
            open my $in, '<', $ARGV[0] or die;
            my $text = join '', <$in>;
            for ('system_timeout', 'check_external', 'check_external_perl') {
                $text =~ /^(sub $_\\n\\{.*?^\\})/ms or die "no $_";
                eval "use strict; use warnings; $1; 1" or die $@;
            }
        }
        $SIG{PIPE} = 'IGNORE';
        my $v = {checkcommand => $command, checktimeout => 5, server => '10.9.0.100', port => 80};
        my $r = {server => '127.0.0.11', port => 80};
        open my $out, '>&', \\*STDOUT;
        open STDOUT, '>>', '/dev/null';
        open STDERR, '>>', '/dev/null';
        print $out ($isPerl ? check_external_perl($v, $r) : check_external($v, $r)) ? 'up' : 'down';
        """

    private let bench: Bench
    private let folder: ProgramFolder

    init() throws {
        bench = try Bench()
        folder = try ProgramFolder()
    }

    private func run(_ command: ProgramCommand) throws -> ProgramOutcome {
        var result: Result<ProgramOutcome, StartFailure>?
        ChildProcess(on: bench.loop, command, timeout: .seconds(20)) { result = $0 }
        try bench.loop.turn { result != nil }
        return try #require(result).get()
    }

    @Test(arguments: OddProgram.all.indices)
    func programIsJudgedAsByTheOriginal(number: Int) throws {
        let program = OddProgram.all[number]
        let name = { (text: String) in
            text.replacing("NUMBER", with: "program").replacing("FOLDER", with: folder.path)
        }
        if !program.preparation.isEmpty {
            _ = folder.file("program")
            _ = folder.file("t")
            _ = folder.file("a b.sh")
            let preparation = ProgramCommand(program: "/bin/sh", arguments: ["-c", name(program.preparation)])
            #expect(try run(preparation).isSuccess)
        }
        let command = name(program.command)
        let judgement = try run(
            ProgramCommand(
                program: "/usr/bin/perl",
                arguments: ["-e", Self.judge, "--", original, command] + (program.isPerl ? ["1"] : []),
                output: .captured(limit: 100)
            )
        )
        let expected = program.original?.verdict ?? program.verdict
        #expect(String(decoding: judgement.output, as: UTF8.self) == "\(expected)", "the original")
        chdir("/")
        let check = ExternalCheck(
            program.isPerl ? .perlFile : .program,
            program: command,
            arguments: ["10.9.0.100", "80", "127.0.0.11", "80"]
        )
        let endpoint = Endpoint(address: .any(.ipv4), port: 80)
        let result = try bench.check(.external(check), endpoint, timeout: .seconds(5), step: .milliseconds(1))
        #expect("\(result.verdict)" == "\(program.verdict)", "ours: \(result)")
        // Nobody would wait for the end of one that hung.
        try bench.run(step: .milliseconds(1)) { bench.runner?.programsLeft == 0 }
    }
}
