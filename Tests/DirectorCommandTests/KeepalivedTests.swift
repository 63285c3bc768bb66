import DirectorService
import Glibc
import System
import TestKit
import Testing

@testable import DirectorCommand

/// The command keepalived: its answers, and what it asks of a daemon.
@Suite(.waits)
struct KeepalivedTests {
    private let trial: Trial

    init() throws {
        trial = try Trial()
        trial.write("good.conf", text())
        trial.write("doubtful.conf", text().replacing("lb_kind NAT", with: "lb_kind NAT\n    lvs_id 4"))
        trial.write("bad.conf", text().replacing("weight 2", with: "weight two\n        wieght"))
    }

    private func text(_ before: String = "") -> String {
        """
        \(before)
        virtual_server 10.0.0.1 80 {
            lb_algo rr
            lb_kind NAT
            protocol TCP
            real_server 10.0.0.11 80 {
                weight 2
                TCP_CHECK {
                }
            }
        }

        """
    }

    private func run(_ words: String...) -> Trial.Answer {
        trial.run(["/usr/sbin/keepalived"] + words)
    }

    // MARK: Tests of a configuration

    @Test func aGoodConfigurationNeedsNoWord() {
        #expect(run("-t", "-f", trial.path("good.conf")) == Trial.Answer(status: 0))
        #expect(trial.daemons.isEmpty)
    }

    @Test func whatIsDoubtfulIsTold() {
        let answer = run("-t", "-f", trial.path("doubtful.conf"))
        #expect(answer.status == 0)
        #expect(answer.errors.hasPrefix("@/doubtful.conf:5:5: warning: "))
    }

    @Test func allErrorsAreToldInOneRun() {
        let answer = run("-t", "-f", trial.path("bad.conf"))
        #expect(answer.status == 2)
        #expect(answer.errors.contains("@/bad.conf:7:16: "))
        #expect(answer.errors.contains("@/bad.conf:8:9: warning: "))
        #expect(answer.output.isEmpty)
    }

    @Test func whatIsFoundMayGoToAFile() throws {
        trial.write("log", "before\n")
        #expect(run("-t\(trial.path("log"))", "-f", trial.path("bad.conf")) == Trial.Answer(status: 2))
        let log = SystemFile.text(trial.path("log")) ?? ""
        #expect(log.hasPrefix("before\n\(trial.path("bad.conf")):7:16: "))
        #expect(run("--config-test=/no/such/log", "-f", trial.path("bad.conf")).status == 1)
    }

    @Test func aConfigurationThatIsNotThereIsNoGoodOne() {
        #expect(
            run("-t", "-f", trial.path("none.conf"))
                == Trial.Answer(status: 6, errors: "@/none.conf: No such file or directory\n")
        )
        #expect(run("-n", "-f", trial.path("none.conf")).status == 6)
        #expect(run("-t", "-f", trial.folder.path).status == 6)
    }

    /// Nobody may ever write into it.
    @Test func aPipeIsNoConfiguration() {
        mkfifo(trial.path("pipe"), 0o600)
        for word in ["-t", "-n"] {
            let answer = run(word, "-f", trial.path("pipe"))
            #expect(answer.status == 6)
            #expect(answer.errors.contains("@/pipe: it is a pipe, and no ordinary file\n"), "\(answer.errors)")
        }
        #expect(trial.daemons.isEmpty)
    }

    @Test func linesMayBeForOneOfSeveral() throws {
        let conf = trial.write("shared.conf", text("@lb1 nonsense {"))
        #expect(run("-t", "-f", conf, "-i", "lb2").status == 0)
        #expect(run("-t", "-f", conf, "-i", "lb1").status == 2)
    }

    @Test func includesMayHaveToFindSomething() throws {
        let conf = trial.write("including.conf", text("include more.d/*.conf"))
        #expect(run("-t", "-f", conf).status == 0)
        #expect(run("-t", "-e", "-f", conf).status == 2)
    }

    // MARK: Answers

    @Test func helpAndVersionAreOnStandardError() {
        #expect(run("-h") == Trial.Answer(status: 0, errors: KeepalivedTexts.help))
        #expect(run("-v") == Trial.Answer(status: 0, errors: KeepalivedTexts.version))
        #expect(KeepalivedTexts.version.hasPrefix("Keepalived v2.2.7 (01/16,2022)\n"))
    }

    /// What is told is what is taken, and all of it.
    @Test func helpNamesEveryOption() {
        for option in KeepalivedOption.allCases {
            let names = ["--\(option.rawValue)"] + (option.letter.map { ["-\($0)"] } ?? [])
            #expect(names.contains { KeepalivedTexts.help.contains($0) }, "\(option)")
        }
    }

    @Test func signalsAreNumbers() {
        #expect(run("--signum=RELOAD") == Trial.Answer(status: 0, output: "1\n"))
        #expect(run("--signum=FOO") == Trial.Answer(status: 1, errors: "Unknown sigfunc FOO\n"))
    }

    @Test func genhashGetsTheRest() {
        _ = run("-T", "-s", "10.0.0.1")
        #expect(trial.digestWords == [["-s", "10.0.0.1"]])
    }

    @Test func wrongWordsStartNothing() {
        #expect(run("-q") == Trial.Answer(status: 1, errors: "Unknown option -q\n"))
        #expect(trial.daemons.isEmpty)
    }

    @Test func onePartMayBeWantedAlone() {
        for (words, parts) in [([], DaemonParts.all), (["-P"], .routers), (["-C"], .services), (["-PC"], .all)] {
            #expect(trial.run(["/usr/sbin/keepalived"] + words + ["-n", "-f", trial.path("good.conf")]).status == 0)
            #expect(trial.daemons.last?.parts == parts)
        }
    }

    // MARK: Starting

    @Test func aDaemonIsToldAllItNeeds() {
        let path = trial.path("good.conf")
        #expect(
            run("-n", "-l", "-D", "-I", "-d", "-S", "3", "-i", "lb1", "-e", "-f", path, "more")
                == Trial.Answer(status: 0, output: "Unexpected argument(s): more \n")
        )
        var options = DaemonOptions(configuration: path, instance: "keepalived")
        options.language = .keepalived
        options.staysInForeground = true
        options.pidFile = trial.path("keepalived.pid")
        options.morePIDFiles = [trial.path("checkers.pid")]
        options.stateFolder = nil
        options.log = .syslog(facility: "local3")
        options.moreLogs = [.console]
        options.leavesTable = true
        options.tellsConfiguration = true
        options.configurationID = "lb1"
        options.demandsIncludes = true
        options.invocation = "/usr/sbin/keepalived -n -l -D -I -d -S 3 -i lb1 -e -f \(path) more"
        #expect(trial.daemons == [options])
    }

    @Test func aDaemonMayLogNowhere() {
        _ = run("-G", "-f", trial.path("good.conf"))
        #expect(trial.daemons.first?.log == .nowhere)
        #expect(trial.daemons.first?.staysInForeground == false)
        _ = run("-Glg/tmp/x", "-f", trial.path("good.conf"))
        #expect(trial.daemons.last?.log == .console)
        #expect(trial.daemons.last?.moreLogs == [.plainFile("/tmp/x")])
    }

    @Test func aConfigurationWithErrorsStartsNothing() {
        let answer = run("-n", "-f", trial.path("bad.conf"))
        #expect(answer.status == 2)
        #expect(answer.errors.contains("@/bad.conf:7:16: "))
        #expect(trial.daemons.isEmpty)
    }

    @Test(
        arguments: [
            ("use_pid_dir", [], "keepalived/keepalived.pid", "keepalived/checkers.pid", nil),
            ("instance blue", [], "keepalived/keepalived_blue.pid", "keepalived/checkers_blue.pid", nil),
            ("net_namespace red", [], "keepalived/red/keepalived.pid", "keepalived/red/checkers.pid", nil),
            (
                "instance blue\nnet_namespace red\nglobal_defs {\n data_use_instance\n}", [],
                "keepalived/red/keepalived_blue.pid", "keepalived/red/checkers_blue.pid", "red_blue"
            ),
            (
                "net_namespace red", ["-s", "green"], "keepalived/green/keepalived.pid",
                "keepalived/green/checkers.pid", nil
            ),
            ("instance blue", ["-p", "/a", "-c", "/b"], "/a", "/b", nil),
            ("", ["-p", "/a", "-c", "/a"], "/a", nil, nil),
        ] as [(String, [String], String, String?, String?)]
    )
    func filesHaveTheNamesOfTheOriginal(
        line: String,
        words: [String],
        pid: String,
        checkers: String?,
        suffix: String?
    ) throws {
        let conf = trial.write("named.conf", text(line))
        #expect(trial.run(["keepalived", "-f", conf] + words).status == 0)
        func path(_ name: String) -> String { name.hasPrefix("/") ? name : trial.path(name) }
        let options = try #require(trial.daemons.first)
        #expect(options.pidFile == path(pid))
        #expect(options.morePIDFiles == (checkers.map { [path($0)] } ?? []))
        #expect(options.stateFileSuffix == suffix)
        let folder = path(pid).split(separator: "/").dropLast().map { "/\($0)" }.joined()
        #expect(pid.hasPrefix("/") || SystemFile.isFolder(folder))
    }

    @Test func theProcessIsPreparedBeforeAnythingElse() throws {
        let conf = trial.write("red.conf", text("net_namespace red"))
        _ = run("-u", "022", "-M", "-f", conf)
        #expect(trial.preparations == [.mask(0o22), .core(pattern: "core"), .namespace("red")])
        trial.preparationFailure = SystemFailure(call: "setns", number: EPERM)
        let answer = run("-n", "-f", conf)
        #expect(answer == Trial.Answer(status: 4, errors: "network namespace red: Operation not permitted\n"))
        trial.preparationFailure = SystemFailure(call: "open", number: ENOENT)
        #expect(run("-n", "-f", conf).status == 1)
        #expect(trial.daemons.count == 1)
    }

    @Test func aDaemonThatRunsIsNotStartedAgain() throws {
        let script = trial.write("script", "open F, '>', $ARGV[0] and print F \"$$\\n\"; close F; sleep while 1;")
        let pidFile = trial.path("keepalived.pid")
        let other = try StartedProgram(
            "/usr/bin/perl",
            ["-e", try #require(SystemFile.text(script)), pidFile],
            name: "/usr/sbin/keepalived"
        )
        #expect(Waiting.until(.seconds(60)) { DaemonLook(at: pidFile).process != nil })
        let words = "daemon is already running\n"
        #expect(run("-f", trial.path("good.conf")) == Trial.Answer(status: 0, errors: words))
        #expect(run("-n", "-f", trial.path("good.conf")) == Trial.Answer(status: 1, errors: words))
        #expect(trial.daemons.isEmpty)
        #expect(other.isRunning)
    }

    /// It is called by the path that monitoring looks for.
    @Test func aProgramThatStartsADaemonIsCalledByItsPath() {
        _ = trial.run(["keepalived", "-f", trial.path("good.conf")])
        _ = trial.run(["keepalived", "-t", "-f", trial.path("good.conf")])
        #expect(trial.callsByPath == [["keepalived", "-f", trial.path("good.conf")]])
    }
}
