import Addresses
import Configuration
import Director
import DirectorService
import Glibc
import IPVS
import Ldirectord
import System
import TestKit
import Testing

@testable import DirectorCommand

/// The subcommands of directrix that look at files.
@Suite(.waits)
struct DirectrixTests {
    private let trial: Trial

    init() throws {
        trial = try Trial()
        trial.answers = [.host("ns1", .ipv4): .address(.v4(IPv4Address(value: 0x0a00_0035)))]
        for name in ["web.cf", "bad.cf", "doubtful.cf"] {
            trial.write(name, try SourceTree.text(of: "Fixtures/director/\(name)"))
        }
    }

    private func run(_ words: [String]) -> Trial.Answer {
        trial.run(["directrix"] + words.map { $0.hasSuffix(".cf") ? trial.path($0) : $0 })
    }

    private func run(_ words: String...) -> Trial.Answer { run(words) }

    // Each file in Fixtures/director holds what these words answer.
    @Test(
        arguments: [
            (["show", "web.cf"], "web.show", 0),
            (["show", "--json", "web.cf"], "web.show.json", 0),
            (["rules", "web.cf"], "web.rules", 0),
            (["plan", "--kernel", "simulated", "web.cf"], "web.plan", 1),
            (["check", "--json", "web.cf", "bad.cf", "doubtful.cf", "no.cf"], "check.json", 2),
        ] as [([String], String, Int32)]
    )
    func answersAsRecorded(words: [String], file: String, status: Int32) throws {
        let answer = run(words)
        #expect(answer.output == (try SourceTree.text(of: "Fixtures/director/\(file)")))
        #expect(answer.errors == "")
        #expect(answer.status == status)
    }

    @Test(arguments: ["check", "show", "rules"])
    func theLanguageOfAFileCanBeSaid(subcommand: String) throws {
        let answer = run(subcommand, "--language", "ldirectord", "web.cf")
        #expect(answer == run(subcommand, "web.cf"))
        #expect(answer.status == 0)
        let refusal = run(subcommand, "--language", "lisp", "web.cf")
        #expect(refusal.status == 2)
        #expect(refusal.output == "")
        #expect(refusal.errors.contains("'lisp' is invalid for '--language <language>'"))
        #expect(refusal.errors.contains("'ldirectord'"))
    }

    @Test func errorsAreToldAsRecorded() throws {
        let answer = run("check", "web.cf", "bad.cf", "doubtful.cf", "no.cf")
        #expect(answer.errors == (try SourceTree.text(of: "Fixtures/director/check.txt")))
        #expect(answer.output == "")
        #expect(answer.status == 2)
    }

    @Test(
        arguments: [
            (["check", "web.cf"], 0), (["check", "--strict", "web.cf"], 0), (["check", "doubtful.cf"], 0),
            (["check", "--strict", "doubtful.cf", "web.cf"], 1), (["check", "--strict", "doubtful.cf", "bad.cf"], 2),
            (["check", "--json", "--strict", "doubtful.cf"], 1), (["check", "--json", "bad.cf"], 2),
            (["check", "no.cf"], 2), (["show", "bad.cf"], 2), (["rules", "bad.cf"], 2), (["plan", "bad.cf"], 2),
            (["show", "no.cf"], 2), (["run", "bad.cf"], 2), (["run", "no.cf"], 2),
            ([], 0), (["help"], 0), (["--help"], 0), (["help", "plan"], 0), (["--version"], 0),
            (["frob"], 2), (["check"], 2), (["check", "--frob", "web.cf"], 2),
            (["plan", "--kernel", "other", "web.cf"], 2),
            (["show", "web.cf", "bad.cf"], 2),
        ] as [([String], Int32)]
    )
    func exitsAsDocumented(words: [String], status: Int32) {
        #expect(run(words).status == status)
        #expect(trial.daemons.isEmpty)
    }

    @Test(arguments: ["check", "show", "rules", "plan", "run"])
    func helpHasExamples(subcommand: String) {
        let answer = run(subcommand, "--help")
        #expect(answer.output.contains("EXAMPLES\n  directrix \(subcommand) ") || subcommand == "show")
        #expect(answer.output.contains("  directrix \(subcommand) "))
        #expect(answer.status == 0)
        #expect(answer.errors == "")
    }

    // What ldirectord refuses, and an address without a port, which is a mark for it.
    @Test(arguments: ["show", "rules", "check", "run"])
    func strictReadingIsAnOption(subcommand: String) throws {
        trial.write("new.cf", "risecount=2\nvirtual=10.0.0.1:80\n\treal=10.0.0.2:80 masq\n")
        trial.write("mark.cf", "virtual=10.0.0.1\n\treal=10.0.0.2:80 masq\n\tchecktype=on\n")
        #expect(run(subcommand, "--strict-compat", "new.cf").status == 2)
        #expect(run(subcommand, "mark.cf").status == 2)
        #expect(trial.daemons.isEmpty)
        let answer = run(subcommand, "--strict-compat", "mark.cf")
        #expect(answer.status == 0)
        if subcommand == "rules" { #expect(answer.output == "-A -f 10 -s wrr\n-a -f 10 -r 10.0.0.2:80 -m -w 1\n") }
        if subcommand == "run" { #expect(trial.daemons.map(\.isStrictlyCompatible) == [true]) }
    }

    // A layout that ldirectord refuses without its folder is not mended by names that come.
    @Test func namesAreNotAllThatIsMissingWhereAFolderIs() {
        trial.missingFolders = ["/nowhere"]
        trial.write("log.cf", "logfile=\"/nowhere/log\"\nvirtual=10.0.0.1:80\n\treal=10.0.0.2:80 masq\n")
        trial.write("both.cf", "logfile=\"/nowhere/log\"\nvirtual=10.0.0.1:80\n\treal=web1:80 masq\n")
        for file in ["log.cf", "both.cf"] { #expect(run("run", "--strict-compat", file).status == 2) }
        trial.missingFolders = []
        #expect(run("run", "--strict-compat", "both.cf").status == 75)
    }

    private static let keepalived = """
        virtual_server 10.0.0.1 80 {
            lb_algo rr
            lb_kind NAT
            protocol TCP
        @one real_server 10.0.0.2 80 {
        @two real_server 10.0.0.3 80 {
                MISC_CHECK {
                    misc_path /bin/true
                }
            }
        }

        """

    @Test(arguments: ["check", "show", "rules", "plan", "run"])
    func theWordForLinesOfSomeMachinesIsAnOption(subcommand: String) {
        let file = trial.write("keepalived.conf", Self.keepalived)
        let words = subcommand == "plan" ? ["plan", "--kernel", "simulated"] : [subcommand]
        #expect(run(words + [file]).status == 2)
        #expect(trial.daemons.isEmpty)
        for options in [["-i", "two"], ["--config-id", "two"]] {
            let answer = run(words + options + [file])
            #expect(answer.status == (subcommand == "plan" ? 1 : 0))
            let isPrinted = ["show", "rules"].contains(subcommand)
            #expect(answer.output.contains("10.0.0.3") == isPrinted && !answer.output.contains("10.0.0.2"))
        }
        if subcommand == "run" { #expect(trial.daemons.map(\.configurationID) == ["two", "two"]) }
    }

    @Test(arguments: ["check", "show", "rules", "run"])
    func everyIncludeMayHaveToFindSomething(subcommand: String) {
        let file = trial.write("keepalived.conf", "include none*.conf\n" + Self.keepalived)
        #expect(run(subcommand, "-i", "one", file).status == 0)
        for option in ["-e", "--all-config"] { #expect(run(subcommand, option, "-i", "one", file).status == 2) }
        if subcommand == "run" { #expect(trial.daemons.map(\.demandsIncludes) == [false]) }
    }

    @Test func nobodyIsAskedWhoCouldChangeAProgramWhereThatDecidesNothing() {
        trial.write(
            "a.cf",
            "virtual=10.0.0.1:80\n\treal=10.0.0.2:80 masq\n\tchecktype=external\n\tcheckcommand=\"/bin/true\"\n"
        )
        #expect(run("check", "a.cf").status == 0)
        #expect(trial.riskQuestions == [])
        #expect(run("check", "-i", "one", trial.write("keepalived.conf", Self.keepalived)).status == 0)
        #expect(trial.riskQuestions.map { $0.map(\.name) } == [["/bin/true"]])
    }

    @Test func namesThatDoNotResolveAreErrorsUnlessLeniencyIsWanted() throws {
        trial.answers = [:]
        #expect(run("check", "web.cf").status == 2)
        let lenient = run("check", "--lenient", "web.cf")
        #expect(lenient.status == 0)
        #expect(lenient.errors.contains("warning: "))
        #expect(run("rules", "web.cf").status == 2)
        // Without its only server, the service has its fallback.
        let rules = try SourceTree.text(of: "Fixtures/director/web.rules").split(separator: "10.0.0.53:53")
        #expect(run("rules", "--lenient", "web.cf").output == rules.joined(separator: "127.0.0.1:8080"))
        #expect(run("run", "web.cf").status == 75)
        #expect(run("run", "--lenient", "web.cf").status == 0)
        #expect(trial.daemons.map(\.isLenient) == [true])
    }

    @Test func whatIsShownReadsBackToTheSame() throws {
        trial.write("shown.cf", run("show", "web.cf").output)
        #expect(meaning(of: "shown.cf") == meaning(of: "web.cf"))
        #expect(meaning(of: "web.cf")?.virtualServers.count == 6)
        #expect(run("show", "shown.cf") == run("show", "web.cf"))
        #expect(run("show", "--json", "shown.cf") == run("show", "--json", "web.cf"))
    }

    // Lines of a virtual server, with global ones before `|`.
    @Test(arguments: [
        "checktimeout=3|",
        "checktimeout=3|\tnegotiatetimeout=7",
        "checktimeout=3\nnegotiatetimeout=5|\tchecktimeout=5",
        "emailalert=a@example.net\nsmtp=mail|\temailalertstatus=none",
        "emailalert=a@example.net\nemailalertfreq=90|\temailalert=b@example.net, c@example.net\n\temailalertfreq=0",
        "fallbackcommand=\"sorry server\"|",
        "fallback=10.0.0.9:81 ipip|\tprotocol=udp\n\tservice=dns",
        "|\tvirtualhost=\"a.example.net\"\n\tsni=\"\"\n\tservice=https",
        "|\trequest=\"http://other.example.net/x\"\n\treceive=\"a \"quoted\" word\"",
        "|\trequest=\"/a#b\"\n\tpasswd=\"p # q\"",
        "|\treal=10.0.0.2 masq 3 \"http://10.0.0.7/x\", \"OK\" l:5 u:10",
        "|\treal=10.0.0.2:0 gate\n\tcheckport=8080\n\treal=10.0.0.3:80 gate checkport=80",
        "|\treal=10.0.0.2->10.0.0.4:8080 masq 2 \"/\", \"\"",
        "checkcount=4|\tchecktype=ping",
        "|\tchecktype=external-perl\n\tcheckcommand=\"/usr/lib/check it.pl\"",
        "|\tservice=ftp\n\treceive=\"x\"",
        "|\tservice=sip\n\tprotocol=udp",
        "|\tservice=radius\n\tlogin=\"l\"\n\tpasswd=\"p\"\n\tsecret=\"s\"\n\tchecktimeout=0.125",
        "|\tdigest=d41d8cd98f00b204e9800998ecf8427e\n\tcheckbodylimit=4096\n\thttpmethod=get",
        "|\tpersistent=600\n\tnetmask=255.255.0.0\n\tscheduler=mh\n\tschedflags=mh-port,mh-fallback",
    ])
    func everyDirectiveReadsBackToTheSame(lines: String) throws {
        let parts = lines.split(separator: "|", maxSplits: 1, omittingEmptySubsequences: false)
        let (global, local) = (parts[0], parts[1])
        for (index, head) in ["virtual=192.0.2.1:80", "virtual=77"].enumerated() {
            guard index == 0 || !local.contains("protocol") else { continue }
            trial.write("some.cf", "\(global)\n\(head)\n\treal=10.0.0.1:80 gate\n\(local)\n")
            let before = try #require(meaning(of: "some.cf"), "\(run("check", "some.cf").errors)")
            let shown = run("show", "some.cf").output
            trial.write("shown.cf", shown)
            #expect(meaning(of: "shown.cf") == before, "\(shown)")
            #expect(run("show", "shown.cf").output == shown)
            #expect(run("show", "--json", "shown.cf").output == run("show", "--json", "some.cf").output)
        }
    }

    /// The configuration in a file, without the places of things and the names of hosts.
    private func meaning(of file: String) -> DirectorConfiguration? {
        let bytes = Array((SystemFile.text(trial.path(file)) ?? "").utf8)
        let file = LdirectordFile(reading: bytes, name: file, context: ReadingContext(hostName: "director"))
        var configuration = file.loaded(with: ConfigurationAnswers(names: trial.answers)).configuration
        for virtual in (configuration?.virtualServers ?? []).indices {
            configuration?.virtualServers[virtual].place = nil
            for real in (configuration?.virtualServers[virtual].realServers ?? []).indices {
                configuration?.virtualServers[virtual].realServers[real].place = nil
                configuration?.virtualServers[virtual].realServers[real].hostName = nil
            }
        }
        return configuration
    }

    @Test func aPlanOfATableThatIsRightIsEmpty() throws {
        let configuration = try #require(meaning(of: "web.cf"))
        _ = trial.kernel.apply(configuration.healthyTable.changes(from: Table()))
        #expect(run("plan", "web.cf") == Trial.Answer(status: 0))
    }

    @Test func aPlanLeavesForeignServicesAlone() throws {
        let configuration = try #require(meaning(of: "web.cf"))
        var table = configuration.healthyTable
        let web = try #require(configuration.virtualServers.first?.service.key)
        table[web]?[Endpoint(address: .v4(IPv4Address(value: 0x0a00_00ff)), port: 80)] = Destination(
            endpoint: Endpoint(address: .v4(IPv4Address(value: 0x0a00_00ff)), port: 80)
        )
        table[.mark(99, .ipv4)] = Table.Entry(service: VirtualService(key: .mark(99, .ipv4)), destinations: [])
        _ = trial.kernel.apply(table.changes(from: Table()))
        let before = trial.kernel.snapshot()
        #expect(
            run("plan", "web.cf") == Trial.Answer(status: 1, output: "-d -t 192.0.2.1:80 -r 10.0.0.255:80\n")
        )
        #expect(trial.kernel.snapshot() == before)
    }

    @Test func aKernelThatCannotBeReadIsAnError() {
        trial.kernelError = .unavailable
        let answer = run("plan", "web.cf")
        #expect(answer.status == 2)
        #expect(answer.output == "")
        #expect(answer.errors.hasPrefix("Can't initialize ipvs: Protocol not available\n"))
        #expect(run("plan", "--kernel", "simulated", "web.cf").status == 1)
    }

    @Test(arguments: [["plan", "web.cf"], ["run", "web.cf"]])
    func theModuleIsLoaded(words: [String]) {
        trial.kernelError = .unavailable
        trial.hasModule = true
        #expect(run(words).errors == "")
        #expect(trial.kernelError == nil)
    }

    @Test func aDaemonIsStartedAsToldByTheWords() throws {
        #expect(run("run", "web.cf").status == 0)
        #expect(trial.daemons.last?.pidFile == trial.path("ldirectord.web.cf.pid"))
        #expect(trial.daemons.last?.staysInForeground == false)
        #expect(run("run", "--foreground", "--kernel", "simulated", "--log-to-stderr", "web.cf").status == 0)
        let second = try #require(trial.daemons.last)
        #expect(second.pidFile == nil)
        #expect(second.staysInForeground)
        #expect(second.kernel == .simulated)
        #expect(second.log == .standardError)
        #expect(run("run", "--foreground", "--pidfile", trial.path("own.pid"), "web.cf").status == 0)
        #expect(trial.daemons.last?.pidFile == trial.path("own.pid"))
        #expect(trial.daemons.allSatisfy { $0.configuration == trial.path("web.cf") && $0.instance == "web.cf" })
    }

    /// Each directive that names a program, with what is run of it; what nothing runs is not looked at.
    @Test(arguments: [
        ("callback=\"/opt/x\"", "", "/opt/x", "1:10"),
        ("fallbackcommand=/opt/x -v", "", "/opt/x", "1:17"),
        ("", "fallbackcommand=\"x -v\"", "x", "3:18"),
        ("", "checktype=external\n\tcheckcommand=\"/opt/x y\"", "/opt/x y", "4:15"),
        ("", "checktype=external-perl\n\tcheckcommand=x.pl", "x.pl", "4:15"),
        ("", "service=oracle\n\tcheckcommand=/opt/x", "/opt/x", "4:15"),
        ("", "checktype=connect\n\tcheckcommand=/opt/x", "/opt/x", nil),
        ("fallbackcommand=(cd /opt && ./x)", "", "/opt", nil),
    ])
    func checkTellsWhatCannotBeStarted(globals: String, block: String, program: String, place: String?) throws {
        trial.programFaults = [program: "it is not executable"]
        trial.write("programs.cf", "\(globals)\nvirtual=10.0.0.1:80\n\t\(block)\n\treal=10.0.0.2:80 masq\n")
        let answer = run("check", "programs.cf")
        let words = "cannot be started: it is not executable"
        let warnings = answer.errors.split(separator: "\n").filter { $0.hasSuffix(words) }
        let wanted = place.map { "@/programs.cf:\($0): warning: \(program) \(words)" }
        #expect(warnings.map(String.init) == [wanted].compactMap { $0 })
        #expect(answer.status == 0)
    }

    @Test func aFolderThatDoesNotExistIsTold() {
        trial.missingFolders = ["/etc/ha.d/maintenance"]
        let answer = run("check", "--strict", "web.cf")
        #expect(answer.status == 1)
        #expect(answer.errors.hasPrefix("@/web.cf:17:16: warning: maintenance directory does not exist\n"))
    }

    @Test func aTrialIsInNobodysWay() throws {
        let lock = try ConfigurationLock(
            of: trial.path("web.cf"),
            holder: ConfigurationLock.Holder(instance: "other", pidFile: nil),
            in: trial.folder.path
        )
        #expect(run("run", "--kernel", "simulated", "web.cf").status == 0)
        let daemon = try #require(trial.daemons.last)
        #expect(daemon.pidFile == nil)
        #expect(daemon.statusFile == nil)
        #expect(run("run", "web.cf").status != 0)
        extendLifetime(lock)
    }

    @Test func whatCanBeReadOnlyOnceIsRefused() {
        #expect(mkfifo(trial.path("pipe.cf"), 0o600) == 0)
        let answer = run("run", "pipe.cf")
        #expect(answer.status == 2)
        #expect(answer.errors == "@/pipe.cf: is no file that can be read more than once\n")
        #expect(trial.daemons.isEmpty)
    }

    @Test func oneThatRunsAlreadyIsTold() throws {
        let daemon = try StandIn(.mortal, instance: "web.cf", in: trial.folder.path)
        let answer = run("run", "web.cf")
        #expect(answer.status == 1)
        #expect(answer.errors == "@/ldirectord.web.cf.pid: the daemon with pid: \(daemon.id) runs already\n")
        #expect(trial.daemons.isEmpty)
    }

    /// A copy, or another name of the same file, has the same services; of a file that shares some the rest is needed.
    @Test(
        arguments: [
            ("copy", true), ("second name", true), ("one in common", false), ("one of a group in common", false),
            ("none in common", nil),
        ] as [(String, Bool?)]
    )
    func twoDirectorsOfOneServiceAreTold(kind: String, isRefused: Bool?) throws {
        let text =
            "virtual=10.9.0.1:80\n\treal=10.0.0.1:80 masq\nvirtual=10.9.0.2:53\n\tprotocol=udp\n\treal=10.0.0.1:53 masq\n\tchecktype=off\n"
        let first = trial.write("first.cf", text)
        switch kind {
        case "copy": trial.write("second.cf", text)
        case "second name": #expect(link(first, trial.path("second.cf")) == 0)
        case "one in common":
            trial.write(
                "second.cf",
                "virtual=10.9.0.2:53\n\tprotocol=udp\n\treal=10.0.0.9:53 masq\n\tchecktype=off\n"
            )
        case "one of a group in common":
            trial.write("group", "10.9.0.1 80\n10.9.0.2 53\n")
            trial.write(
                "second.cf",
                "virtual_server_group G {\ninclude group\n}\nvirtual_server group G {\nprotocol UDP\nlb_algo rr\n"
                    + "lb_kind NAT\nreal_server 10.0.0.9 53 {\n}\n}\n"
            )
        default: trial.write("second.cf", "virtual=10.9.0.2:54\n\treal=10.0.0.9:53 masq\n\tchecktype=off\n")
        }
        let lock = try ConfigurationLock(
            of: first,
            holder: ConfigurationLock.Holder(instance: "other", pidFile: nil),
            in: trial.folder.path
        )
        let answer = run("run", "second.cf")
        switch isRefused {
        case true?:
            let words = "@/second.cf has the services of @/first.cf, which is used by the instance other\n"
            #expect(answer == Trial.Answer(status: 1, errors: words))
        case false?:
            let words =
                "@/second.cf: warning: udp 10.9.0.2:53: also in @/first.cf, which is used by the instance other; "
            #expect(answer == Trial.Answer(status: 0, errors: "\(words)each undoes what the other does\n"))
        case nil: #expect(answer == Trial.Answer(status: 0))
        }
        extendLifetime(lock)
    }

    /// Names that are away are no error of the file, and whoever starts it again may have better luck.
    @Test(arguments: ["run", "start", "restart"])
    func namesThatAreAwayHaveAStatusOfTheirOwn(word: String) throws {
        trial.write("names.cf", "virtual=10.9.0.1:80\n\treal=web.example:80 masq\n")
        func start() -> Trial.Answer {
            word == "run" ? run("run", "names.cf") : trial.run(["/usr/sbin/ldirectord", "names.cf", word])
        }
        #expect(start().status == 75)
        trial.write("names.cf", "virtual=10.9.0.1:80\n\treal=web.example:80 masq\n\tchekcount=3\n")
        #expect(start().status == 2)
        #expect(trial.daemons.isEmpty)
    }

    /// The daemon that is started begins with what was found out a moment ago.
    @Test func namesAreAskedForOnce() throws {
        trial.write("names.cf", "virtual=10.9.0.1:80\n\treal=web.example:80 masq\n\treal=10.0.0.2:80 masq\n")
        let question = NameQuestion.host("web.example", .ipv4)
        trial.answers = [question: .unresolved("no such host")]
        #expect(run("run", "--lenient", "names.cf").status == 0)
        #expect(trial.handedOver.last??.answers.names[question] == .unresolved("no such host"))
        #expect(trial.questions.count { $0.contains(question) } == 1)
    }

    @Test func anotherFolderForItsFilesCanBeNamed() throws {
        #expect(mkdir(trial.path("own"), 0o700) == 0)
        #expect(run("run", "--runtime-directory", trial.path("own"), "web.cf").status == 0)
        let daemon = try #require(trial.daemons.last)
        #expect(daemon.pidFile == trial.path("own/ldirectord.web.cf.pid"))
        #expect(daemon.statusFile == trial.path("own/ldirectord.web.cf.status"))
        #expect(access(trial.path("own/ldirectord.web.cf.status"), F_OK) != 0)
        unsetenv("RUNTIME_DIRECTORY")
    }
}
