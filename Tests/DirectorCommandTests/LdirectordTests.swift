import DirectorService
import Glibc
import IPVS
import System
import TestKit
import Testing

@testable import DirectorCommand

/// The command ldirectord beside PID files and processes.
@Suite(.waits)
struct LdirectordTests {
    private let trial: Trial

    init() throws {
        trial = try Trial()
        trial.write("web.cf", "checkinterval=5\n")
        trial.write("bad.cf", "checkinterval=5\nchekcount=3\n")
    }

    private func run(_ words: String...) -> Trial.Answer {
        trial.run(["/usr/sbin/ldirectord"] + words)
    }

    private func standIn(_ manner: StandIn.Manner, _ instance: String = "web.cf", hasStatus: Bool = true) throws
        -> StandIn
    {
        try StandIn(manner, instance: instance, in: trial.folder.path, hasStatus: hasStatus)
    }

    // What the original answers while nothing runs.
    @Test(arguments: [
        ("status", Trial.Answer(status: 3, output: "ldirectord is stopped for @/web.cf\n")),
        ("stop", Trial.Answer(status: 0)),
        ("try-restart", Trial.Answer(status: 0)),
        ("reload", Trial.Answer(status: 1)),
        ("force-reload", Trial.Answer(status: 1)),
        ("start", Trial.Answer(status: 0)),
        ("restart", Trial.Answer(status: 0)),
    ])
    func whileNothingRuns(word: String, answer: Trial.Answer) {
        #expect(run("web.cf", word) == answer)
        #expect(trial.daemons.count == (word == "start" || word == "restart" ? 1 : 0))
    }

    // A number that is no process's, one that is a process's of another program, and no number at all.
    @Test(arguments: ["4194999", "SELF", "garbage", ""])
    func aStalePIDFileIsTold(contents: String) throws {
        let other = try StandIn(.mortal, instance: "other", in: trial.folder.path, name: "/usr/bin/cron")
        trial.write("ldirectord.web.cf.pid", contents == "SELF" ? "\(other.id)\n" : contents)
        #expect(
            run("web.cf", "status")
                == Trial.Answer(
                    status: 1,
                    output: "ldirectord is stopped for @/web.cf\n",
                    errors: "ldirectord stale pid file @/ldirectord.web.cf.pid for @/web.cf\n"
                )
        )
        #expect(run("web.cf", "stop") == Trial.Answer(status: 0))
        #expect(run("web.cf", "reload") == Trial.Answer(status: 1))
        #expect(run("web.cf", "start") == Trial.Answer(status: 0))
        #expect(trial.daemons.count == 1)
        #expect(other.isRunning)
    }

    @Test func aDaemonThatRunsIsTold() throws {
        let daemon = try standIn(.mortal)
        let words = "ldirectord for @/web.cf is running with pid: \(daemon.id)\n"
        #expect(run("web.cf", "status") == Trial.Answer(status: 0, errors: words))
        #expect(run("web.cf", "start") == Trial.Answer(status: 0))
        #expect(trial.daemons.isEmpty)
        #expect(run("status").status == 1)
    }

    @Test(arguments: ["/usr/sbin/ldirectord", "directrix", "ldirectord tcp:10.0.0.1:80", "perl"])
    func aDaemonIsKnownByItsName(name: String) throws {
        let file = trial.write("ldirectord", "open F, '>', $ARGV[0] and print F \"$$\\n\"; close F; sleep while 1;")
        let pidFile = trial.path("ldirectord.web.cf.pid")
        let words = name == "perl" ? ["-w", file, pidFile] : ["-e", try #require(SystemFile.text(file)), pidFile]
        let daemon = try StartedProgram("/usr/bin/perl", words, name: name)
        #expect(Waiting.until(.seconds(60)) { DaemonLook(at: pidFile).process != nil })
        #expect(daemon.isRunning)
    }

    /// Where all begins anew, as in a container, the same numbers come back.
    @Test func aNumberThatIsOurOwnIsNoDaemons() throws {
        trial.write("ldirectord.web.cf.pid", "\(getpid())\n")
        #expect(run("web.cf", "status").status == 1)
        #expect(run("web.cf", "stop") == Trial.Answer(status: 0))
        #expect(run("web.cf", "start") == Trial.Answer(status: 0))
        #expect(trial.daemons.count == 1)
    }

    @Test func stopReturnsWhenTheDaemonHasStopped() throws {
        let daemon = try standIn(.mortal)
        #expect(run("web.cf", "stop") == Trial.Answer(status: 0))
        #expect(!daemon.isRunning)
    }

    @Test func stopSaysWhenADaemonDoesNot() throws {
        let daemon = try standIn(.stubborn)
        trial.stopLimit = .milliseconds(30)
        let answer = run("web.cf", "stop")
        #expect(answer.status == 1)
        #expect(answer.errors == "ldirectord for @/web.cf with pid: \(daemon.id) has not stopped within 0.03 seconds\n")
        #expect(SystemFile.exists(trial.path("ldirectord.web.cf.pid")))
        #expect(run("web.cf", "restart").status == 1)
        #expect(trial.daemons.isEmpty)
        #expect(daemon.isRunning)
    }

    @Test(arguments: ["restart", "try-restart"])
    func aRestartStartsWhenTheOldDaemonHasStopped(word: String) throws {
        let daemon = try standIn(.mortal)
        trial.whenStarted = { #expect(!daemon.isRunning) }
        #expect(run("web.cf", word) == Trial.Answer(status: 0))
        #expect(trial.daemons.count == 1)
    }

    @Test func aRestartWithErrorsLeavesTheDaemonAlone() throws {
        let daemon = try standIn(.mortal, "bad.cf")
        #expect(run("bad.cf", "restart").status == 2)
        #expect(daemon.isRunning)
    }

    @Test func errorsInTheFileDoNotMatterToADaemonThatRuns() throws {
        let daemon = try standIn(.reloading, "bad.cf")
        #expect(run("bad.cf", "status").status == 0)
        #expect(run("bad.cf", "reload") == Trial.Answer(status: 0))
        #expect(run("bad.cf", "stop") == Trial.Answer(status: 0))
        #expect(!daemon.isRunning)
    }

    @Test(arguments: ["status", "stop"])
    func aDaemonCanOutliveItsFile(word: String) throws {
        let daemon = try standIn(.mortal, "gone.cf")
        #expect(run("gone.cf", word).status == 0)
        #expect(daemon.isRunning == (word == "status"))
    }

    @Test func aReloadTellsHowItEnded() throws {
        do {
            let daemon = try standIn(.reloading)
            #expect(run("web.cf", "reload") == Trial.Answer(status: 0))
            #expect(run("web.cf", "force-reload") == Trial.Answer(status: 0))
            #expect(daemon.isRunning)
            daemon.end()
        }
        let daemon = try standIn(.failing)
        let words = "web.cf:2:1: no\nldirectord for @/web.cf goes on with what it had before these errors\n"
        #expect(run("web.cf", "reload") == Trial.Answer(status: 2, errors: words))
        #expect(run("web.cf", "status").errors.hasSuffix(" is running with pid: \(daemon.id)\n\(words)"))
        #expect(run("web.cf", "status").status == 0)
    }

    @Test func whatOthersRemovedIsNamedByTheStatus() throws {
        let daemon = try standIn(.robbed)
        #expect(run("web.cf", "status").status == 0)
        #expect(run("web.cf", "reload") == Trial.Answer(status: 0))
        let answer = run("web.cf", "status")
        #expect(answer.status == 4)
        #expect(
            answer.errors == """
                ldirectord for @/web.cf is running with pid: \(daemon.id)
                ldirectord for @/web.cf: missing from the kernel's table: virtual server 10.0.0.1:80

                """
        )
    }

    @Test func aDaemonThatDoesNotLiveThroughAReloadIsTold() throws {
        let daemon = try standIn(.mortal)
        let answer = Trial.Answer(status: 1, errors: "ldirectord for @/web.cf has ended\n")
        #expect(run("web.cf", "reload") == answer)
        #expect(!daemon.isRunning)
    }

    @Test func theOriginalTellsNothingOfAReload() throws {
        let daemon = try standIn(.reloading, hasStatus: false)
        #expect(run("web.cf", "reload") == Trial.Answer(status: 0))
        #expect(daemon.isRunning)
    }

    @Test func theStatusOfCompanionsFollows() throws {
        trial.write("all.cf", "execute=web.cf\nexecute = all.cf \nnonsense\n\texecute=no.cf\nexecute=off.cf\n")
        let (first, second) = (try standIn(.mortal, "all.cf"), try standIn(.mortal))
        #expect(
            run("all.cf", "status")
                == Trial.Answer(
                    status: 0,
                    output: "ldirectord is stopped for off.cf\n",
                    errors: """
                        ldirectord for @/all.cf is running with pid: \(first.id)
                        ldirectord for @/web.cf is running with pid: \(second.id)

                        """
                )
        )
    }

    @Test func aMissingFileIsTold() {
        for word in ["start", "stop", "status", "reload", "restart"] {
            #expect(run("no.cf", word) == Trial.Answer(status: 1, errors: "Config file no.cf not found\n"))
        }
    }

    @Test func aFileIsLookedForInTheFolders() throws {
        #expect(mkdir(trial.path("conf"), 0o755) == 0)
        trial.write("conf/deep.cf", "")
        #expect(run("deep.cf", "status").output == "ldirectord is stopped for @/conf/deep.cf\n")
        let path = trial.write("conf/web.cf", "")
        #expect(run("web.cf", "status").output == "ldirectord is stopped for @/web.cf\n")
        #expect(run(path, "status").output == "ldirectord is stopped for @/conf/web.cf\n")
        trial.write("ldirectord.cf", "")
        #expect(run("status").output == "ldirectord is stopped for @/ldirectord.cf\n")
    }

    @Test func aStartTellsTheDaemonAllItNeeds() throws {
        #expect(run("web.cf", "start") == Trial.Answer(status: 0))
        #expect(run("-d", "web.cf", "start") == Trial.Answer(status: 0))
        var options = DaemonOptions(configuration: trial.path("web.cf"), instance: "web.cf")
        options.language = .ldirectord
        options.pidFile = trial.path("ldirectord.web.cf.pid")
        options.stateFolder = trial.folder.path
        options.invocation = "/usr/sbin/ldirectord web.cf start"
        #expect(trial.daemons.first == options)
        options.staysInForeground = true
        options.log = .standardError
        options.invocation = "/usr/sbin/ldirectord -d web.cf start"
        #expect(trial.daemons.last == options)
    }

    @Test func aStartInTheForegroundLogsWhereTheFileSays() throws {
        trial.write("ldirectord.cf", "")
        #expect(run("--foreground", "start") == Trial.Answer(status: 0))
        let daemon = try #require(trial.daemons.first)
        #expect(daemon.staysInForeground)
        #expect(daemon.log == nil)
        #expect(daemon.pidFile == trial.path("ldirectord.ldirectord.pid"))
        #expect(daemon.statusFile == trial.path("ldirectord.ldirectord.status"))
        let other = try standIn(.mortal, "ldirectord")
        #expect(
            run("--foreground", "start")
                == Trial.Answer(
                    status: 1,
                    errors: "ldirectord for @/ldirectord.cf is running with pid: \(other.id)\n"
                )
        )
        #expect(trial.daemons.count == 1)
    }

    /// Monitoring looks for a path in the command line of a daemon.
    @Test(arguments: LdirectordVerb.allCases)
    func aProgramThatStartsADaemonIsCalledByItsPath(verb: LdirectordVerb) {
        _ = trial.run(["ldirectord", "web.cf", verb.rawValue])
        #expect(trial.callsByPath == (verb.startsDaemon ? [["ldirectord", "web.cf", verb.rawValue]] : []))
    }

    @Test func aStartGivesTheStatusOfTheDaemon() {
        trial.startStatus = 2
        #expect(run("web.cf", "start").status == 2)
    }

    @Test func errorsAreToldInTheWordsOfTheOriginal() {
        let answer = run("bad.cf", "start")
        #expect(answer.status == 2)
        #expect(answer.output == "")
        let lines = answer.errors.split(separator: "\n")
        #expect(lines.first?.hasPrefix("Error [4711] reading file @/bad.cf at line 2: ") == true)
        #expect(lines.dropFirst().first?.hasPrefix("@/bad.cf:2:1: ") == true)
        #expect(trial.daemons.isEmpty)
    }

    @Test func oneConfigurationHasOneDaemon() throws {
        trial.write("ldirectord.cf", "")
        #expect(symlink(trial.path("ldirectord.cf"), trial.path("link.cf")) == 0)
        let daemon = try standIn(.mortal, "ldirectord")
        unlink(trial.path("ldirectord.ldirectord.pid"))
        var answers: [Trial.Answer] = []
        trial.whenStarted = { [trial] in
            trial.whenStarted = {}
            trial.write("ldirectord.ldirectord.pid", "\(daemon.id)\n")
            answers = [
                trial.run("ldirectord", "ldirectord.cf", "start"), trial.run("ldirectord", "link.cf", "start"),
                trial.run("directrix", "run", trial.path("link.cf")), trial.run("ldirectord", "web.cf", "start"),
            ]
        }
        #expect(run("start") == Trial.Answer(status: 0))
        let held = "is already used by the instance ldirectord with pid: \(daemon.id)\n"
        #expect(
            answers == [
                Trial.Answer(status: 1, errors: "@/ldirectord.cf \(held)"),
                Trial.Answer(status: 1, errors: "@/link.cf \(held)"),
                Trial.Answer(status: 1, errors: "@/link.cf \(held)"),
                Trial.Answer(status: 0),
            ]
        )
        #expect(trial.daemons.map(\.instance) == ["ldirectord", "web.cf"])
        // A program that another test is just starting has a copy of the lock for a moment.
        #expect(Waiting.until(.seconds(60)) { run("ldirectord.cf", "start").status == 0 })
    }

    @Test func wrongWordsGetTheUsage() {
        for words in [[], ["frob"], ["web.cf", "frob"]] {
            let answer = trial.run(["ldirectord"] + words)
            #expect(answer == Trial.Answer(status: 255, output: LdirectordTexts.usage))
        }
        let answer = Trial.Answer(status: 255, output: LdirectordTexts.usage, errors: "Unknown option: x\n")
        #expect(run("-x", "start") == answer)
    }

    @Test func helpAndVersionAreAnswers() {
        #expect(run("-h") == Trial.Answer(status: 0, output: LdirectordTexts.help))
        #expect(run("-v") == Trial.Answer(status: 0, output: LdirectordTexts.version))
        #expect(LdirectordTexts.version.hasPrefix("Linux Director v1.186-ha\n"))
    }
}
