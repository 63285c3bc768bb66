import Testing

@testable import DirectorCommand

/// What the words of ldirectord ask for.
struct LdirectordWordsTests {
    @Test(arguments: [
        ("start", LdirectordVerb.start), ("stop", .stop), ("restart", .restart), ("try-restart", .tryRestart),
        ("reload", .reload), ("force-reload", .reload), ("status", .status),
    ])
    func oneWordIsACommandForTheUsualConfiguration(word: String, verb: LdirectordVerb) {
        #expect(LdirectordWords([word]) == .command(verb, .standard, .background))
    }

    @Test(arguments: [
        ("web.cf", "web.cf"), ("/etc/ha.d/web.cf", "web.cf"), ("ldirectord.cf", "ldirectord.cf"), ("a/b", "b"),
    ])
    func ofTwoWordsTheFirstIsTheConfiguration(configuration: String, name: String) throws {
        let instance = try #require(LdirectordInstance(configuration: configuration))
        #expect(instance.name == name)
        #expect(LdirectordWords([configuration, "status"]) == .command(.status, instance, .background))
        #expect(LdirectordWords([configuration, "status", "more"]) == .command(.status, instance, .background))
    }

    @Test func theInstanceOfOneWordIsNotThatOfItsFile() {
        #expect(LdirectordInstance.standard.pidFile(in: "/var/run") == "/var/run/ldirectord.ldirectord.pid")
        let named = LdirectordInstance(configuration: "ldirectord.cf")
        #expect(named?.pidFile(in: "/var/run") == "/var/run/ldirectord.ldirectord.cf.pid")
    }

    @Test(arguments: [
        ["-d", "start"], ["--debug", "start"], ["--d", "start"], ["--DEB", "--", "start"], ["-dd", "start"],
    ])
    func debuggingComesFirst(words: [String]) {
        #expect(LdirectordWords(words) == .command(.start, .standard, .debugging))
    }

    @Test(arguments: [["--foreground", "start"], ["--f", "start"], ["--foreground", "--", "start"]])
    func theForegroundIsAskedFor(words: [String]) {
        #expect(LdirectordWords(words) == .command(.start, .standard, .foreground))
    }

    @Test(arguments: [["-h"], ["-?"], ["--help"], ["--he", "start"], ["-dh"], ["-vh"]])
    func helpIsAskedFor(words: [String]) {
        #expect(LdirectordWords(words) == .help)
    }

    @Test(arguments: [["-v"], ["--version"], ["-dv", "start"]])
    func theVersionIsAskedFor(words: [String]) {
        #expect(LdirectordWords(words) == .version)
    }

    @Test(
        arguments: [
            ([], []), (["frob"], []), (["a", "b", "c"], []), (["start", "-d"], []), (["web.cf"], []),
            (["/", "start"], []),
            (["-x"], ["Unknown option: x"]), (["-dxy", "start"], ["Unknown option: x", "Unknown option: y"]),
            (["--frob", "start"], ["Unknown option: frob"]),
        ] as [([String], [String])]
    )
    func theRestIsWrong(words: [String], complaints: [String]) {
        #expect(LdirectordWords(words) == .wrong(complaints: complaints))
    }
}
