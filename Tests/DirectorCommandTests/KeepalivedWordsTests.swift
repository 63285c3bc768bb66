import Testing

@testable import DirectorCommand

/// What the words of keepalived ask for, as `getopt_long` reads them.
struct KeepalivedWordsTests {
    private func options(_ words: String...) -> KeepalivedOptions? {
        guard case .run(let options, _, _) = KeepalivedWords(words) else { return nil }
        return options
    }

    @Test func withoutWordsItIsADaemonOfTheUsualFile() {
        #expect(KeepalivedWords([]) == .run(KeepalivedOptions(), surplus: [], complaints: []))
        #expect(KeepalivedOptions().file == "/etc/keepalived/keepalived.conf")
        #expect(KeepalivedOptions().keepsServices)
    }

    @Test(arguments: [
        ["-f", "a.conf", "-n", "-l"], ["-fa.conf", "-nl"], ["-nlfa.conf"], ["-nlf", "a.conf"],
        ["--use-file", "a.conf", "--dont-fork", "--log-console"], ["--use-file=a.conf", "--dont-f", "--log-c"],
        ["--use", "a.conf", "-ln"],
    ])
    func valuesAndLettersMayStandTogether(words: [String]) {
        var expected = KeepalivedOptions()
        expected.file = "a.conf"
        expected.staysInForeground = true
        expected.logsToConsole = true
        #expect(KeepalivedWords(words) == .run(expected, surplus: [], complaints: []))
    }

    @Test func optionsMayStandAnywhereUpToTwoDashes() {
        var expected = KeepalivedOptions()
        expected.leavesTable = true
        #expect(
            KeepalivedWords(["x", "-I", "", "--", "-v", "y"])
                == .run(expected, surplus: ["x", "", "-v", "y"], complaints: [])
        )
    }

    @Test func everyOptionIsKept() {
        var expected = KeepalivedOptions()
        expected.namespace = "blue"
        expected.configID = "lb1"
        expected.needsEveryInclude = true
        expected.pidFile = "/a"
        expected.checkersPIDFile = "/b"
        expected.routersPIDFile = "/c"
        expected.logsToSyslog = false
        expected.dumps = true
        expected.core = KeepalivedOptions.Core(pattern: "core")
        #expect(
            options(
                "-s",
                "blue",
                "-i",
                "lb1",
                "-e",
                "-p",
                "/a",
                "-c/b",
                "-GDDd",
                "-mM",
                "-RVXBa",
                "-r",
                "/c",
                "-b",
                "/d",
                "--all"
            )
                == expected
        )
    }

    @Test(
        arguments: [
            (["-t"], nil, "/etc/keepalived/keepalived.conf"), (["-tlog"], "log", "/etc/keepalived/keepalived.conf"),
            (["-t", "-f", "x"], nil, "x"), (["--config-test=log", "-fx"], "log", "x"),
            (["--config-t", "-fx"], nil, "x"),
        ] as [([String], String?, String)]
    )
    func aTestHasItsLogInTheSameWord(words: [String], log: String?, file: String) {
        guard case .run(let options, let surplus, _) = KeepalivedWords(words) else {
            Issue.record("\(words) is no test")
            return
        }
        #expect(options.test == KeepalivedOptions.Test(log: log))
        #expect(options.file == file)
        #expect(surplus.isEmpty)
    }

    @Test(arguments: [
        ("0", "local0"), ("7", "local7"), ("local3", "local3"), ("user", "user"), ("daemon", "daemon"),
        ("8", "daemon"), ("local8", "daemon"), ("kern", "daemon"), ("-1", "daemon"),
    ])
    func aFacilityIsANumberOrAName(word: String, facility: String) {
        guard case .run(let options, _, let complaints) = KeepalivedWords(["-S", word]) else {
            Issue.record("-S \(word) is no start")
            return
        }
        #expect(options.facility == facility)
        #expect(complaints.isEmpty == (facility != "daemon" || word == "daemon"))
    }

    @Test(
        arguments: [("022", 0o22), ("0x12", 0x12), ("18", 18), ("0", 0), ("999", nil), ("01777", nil), ("u=rw", nil)]
            as [(String, UInt32?)]
    )
    func aMaskIsANumberAsInC(word: String, mask: UInt32?) {
        #expect(options("-u", word)?.mask == mask)
    }

    @Test func servicesAreKeptUnlessFailoverAloneIsWanted() {
        #expect(options("-P")?.keepsServices == false)
        #expect(options("-C")?.keepsServices == true)
        #expect(options("-C", "-P")?.keepsServices == true)
        #expect(options("-PC")?.keepsServices == true)
    }

    @Test func genhashComesFirst() {
        #expect(KeepalivedWords(["-T", "-s", "127.0.0.1", "-v"]) == .genhash(["-s", "127.0.0.1", "-v"]))
        #expect(KeepalivedWords(["--genhash"]) == .genhash([]))
        #expect(KeepalivedWords(["-n", "-T", "-p", "80"]) == .genhash(["-p", "80"]))
    }

    @Test func someWordsAreAnswers() {
        #expect(KeepalivedWords(["-v", "-h"]) == .version)
        #expect(KeepalivedWords(["-nh"]) == .help)
        #expect(KeepalivedWords(["--he"]) == .help)
        #expect(KeepalivedWords(["--signum=STOP"]) == .signalNumber("STOP"))
        #expect(KeepalivedWords(["--signum", "x"]) == .signalNumber("x"))
    }

    @Test(arguments: [
        (["-q"], ["Unknown option -q"]), (["-Xqz"], ["Unknown option -q", "Unknown option -z"]),
        (["--bogus"], ["Unknown option --bogus"]), (["--check=1"], ["Unknown option --check=1"]),
        // Two begin so.
        (["--co"], ["Unknown option --co"]), (["--="], ["Unknown option --="]),
        (["-f"], ["Missing parameter for option -f"]), (["-nlf"], ["Missing parameter for option -f"]),
        (["--use-f"], ["Missing parameter for option --use-file"]),
        (["-z", "--bogus"], ["Unknown option -z", "Unknown option --bogus"]),
    ])
    func theRestIsWrong(words: [String], complaints: [String]) {
        #expect(KeepalivedWords(words) == .wrong(complaints: complaints))
    }

    @Test func signalsHaveTheNumbersOfTheOriginal() {
        #expect(KeepalivedSignal.allCases.map(\.number) == [15, 1, 10, 12, 63, 36])
    }
}
