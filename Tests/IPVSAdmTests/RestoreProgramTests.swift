import Addresses
import IPVS
import IPVSAdm
import Testing

struct RestoreProgramTests {
    private static let rules = """
        -A -t 10.0.0.1:80 -s rr
        -a -t 10.0.0.1:80 -r 10.1.0.2:80 -m -w 1
        -a -t 10.0.0.1:80 -r 10.1.0.3:80 -m -w 1

        """
    private static let other = """
        -A -t 10.0.0.1:80 -s rr
        -a -t 10.0.0.1:80 -r 10.1.0.2:80 -m -w 5
        -a -t 10.0.0.1:80 -r 10.1.0.4:80 -m -w 1
        -A -u 10.0.0.1:53 -s wlc

        """

    private static func machine(_ rules: String = rules) -> (host: ExampleHost, kernel: RecordingKernel) {
        let base = SimulatedKernel()
        #expect(ExampleHost(base).run("ipvsadm -R", input: rules) == .init(status: 0))
        let kernel = RecordingKernel(base)
        return (ExampleHost(kernel), kernel)
    }

    @Test
    func onlyTheDifferenceIsSent() {
        let (host, kernel) = Self.machine()
        #expect(host.run("ipvsadm-restore", input: Self.rules) == .init(status: 0))
        #expect(kernel.applied.isEmpty)
        #expect(host.run("ipvsadm-restore -n ignored", input: Self.other) == .init(status: 0))
        #expect(kernel.applied.map(\.changes.count) == [4])
        #expect(host.run("ipvsadm -Sn").output == Self.other)
    }

    @Test
    func anEmptyInputEmptiesTheTable() {
        let (host, _) = Self.machine()
        #expect(host.run("ipvsadm-restore", input: "") == .init(status: 0))
        #expect(host.run("ipvsadm -Sn").output.isEmpty)
    }

    @Test(arguments: ["", "--plan", "--check"])
    func anInputWithoutAByteIsPointedOutOnTerminalsAndOnDemand(mode: String) {
        let (host, _) = Self.machine("")
        let words = "ipvsadm-restore \(mode)"
        let note = """
            ipvsadm-restore: the input is empty
              That stands for a table without services; --plan shows what it removes.

            """
        #expect(host.run(words, input: "") == .init(status: 0))
        #expect(host.run(words + " --explain", input: "") == .init(status: 0, errors: note))
        #expect(host.run(words + " --explain", input: "# no services\n") == .init(status: 0))
        host.errorsAreSeen = true
        #expect(host.run(words, input: "") == .init(status: 0, errors: note))
    }

    @Test
    func whatTheOriginalSavedIsRestored() throws {
        let host = ExampleHost()
        let saved = try Fixture.listing("saved-by-original.rules")
        #expect(saved.contains(" -s mh -b \n"))
        #expect(host.run("ipvsadm-restore", input: saved) == .init(status: 0))
        let lines = saved.split(separator: "\n").map { $0.hasSuffix(" -b ") ? $0.dropLast(4) : $0 }
        #expect(host.run("ipvsadm -Sn").output.split(separator: "\n") == lines)
    }

    @Test
    func aPlanShowsTheDifferenceAndSendsNothing() {
        let (host, kernel) = Self.machine()
        #expect(host.run("ipvsadm-restore --plan", input: Self.rules) == .init(status: 0))
        #expect(
            host.run("ipvsadm-restore --plan", input: Self.other + "--set 1 2 3\n--stop-daemon backup\n-Z\n")
                == .init(
                    status: 1,
                    output: """
                        --set 1 2 3
                        -a -t 10.0.0.1:80 -r 10.1.0.4:80 -m -w 1
                        -A -u 10.0.0.1:53 -s wlc
                        -e -t 10.0.0.1:80 -r 10.1.0.2:80 -m -w 5
                        -d -t 10.0.0.1:80 -r 10.1.0.3:80
                        -Z

                        """
                )
        )
        #expect(kernel.applied.isEmpty)
    }

    @Test(arguments: ["", "--plan", "--check"])
    func aFileWithErrorsChangesNothing(mode: String) {
        let (host, kernel) = Self.machine()
        let outcome = host.run("ipvsadm-restore \(mode)", input: Self.other + "-A -t 10.0.0.1\n-x\n")
        #expect(outcome.status == 2)
        #expect(outcome.output.isEmpty)
        #expect(outcome.errors.contains("<stdin>:5:"))
        #expect(outcome.errors.contains("<stdin>:6:"))
        #expect(kernel.applied.isEmpty)
    }

    @Test
    func checkingNeedsNoKernel() {
        let host = ExampleHost()
        host.startFailures = [.unavailable, .unavailable]
        #expect(host.run("ipvsadm-restore --check", input: Self.rules) == .init(status: 0))
        #expect(host.startFailures.count == 2)
    }

    @Test(arguments: ["--pln", "-p", "--plan=1", "--plan --check", "--netns", "-C"])
    func misspeltOptionsChangeNothing(words: String) {
        let (host, kernel) = Self.machine()
        let outcome = host.run("ipvsadm-restore \(words)", input: Self.other)
        #expect(outcome.status == 2)
        #expect(!outcome.errors.isEmpty)
        #expect(kernel.applied.isEmpty)
    }

    @Test
    func theKernelsRefusalsNameTheirLinesOnce() {
        let (host, _) = Self.machine()
        let outcome = host.run(
            "ipvsadm-restore",
            input: Self.rules + """
                -A -f 1 -s nonsuch
                -a -f 1 -r 10.1.0.2 -m
                -a -f 1 -r 10.1.0.3 -m
                -a -t 10.0.0.1:80 -r 255.255.255.255:80 -m
                -A -f 2 -s rr

                """
        )
        #expect(outcome.status == 255)
        let lines = outcome.errors.split(separator: "\n").map(String.init)
        #expect(lines.count == 6)
        #expect(lines.contains("<stdin>:4:1: Scheduler or persistence engine not found"))
        #expect(lines.contains { $0.hasPrefix("<stdin>:7:1: Invalid operation.") })
        #expect(host.run("ipvsadm -Sn").output == Self.rules + "-A -f 2 -s rr\n")
    }

    @Test
    func rulesThatContradictEachOtherAreRefusedAsTheKernelWould() {
        let (host, _) = Self.machine()
        let outcome = host.run("ipvsadm-restore", input: Self.rules + "-A -t 10.0.0.1:80 -s wrr\n")
        #expect(outcome.status == 255)
        #expect(outcome.errors.hasPrefix("<stdin>:4:1: Service already exists\n"))
        #expect(host.run("ipvsadm -Sn").output == Self.rules)
    }

    @Test
    func whatOthersAddMeanwhileIsTakenIntoAccount() {
        let (host, kernel) = Self.machine("")
        let web = ExampleTable.key(.tcp, "10.0.0.1", 80)
        let server = ExampleTable.server("10.1.0.2", 80, .masquerade, weight: 77).destination
        kernel.interference = [
            [.addService(VirtualService(key: web, scheduler: "wlc")), .addDestination(server, to: web)]
        ]
        #expect(host.run("ipvsadm-restore", input: Self.rules) == .init(status: 0))
        #expect(kernel.applied.map(\.changes.count) == [3, 2])
        #expect(host.run("ipvsadm -Sn").output == Self.rules)
    }

    @Test
    func anEndlessStruggleEndsWithTheTruth() {
        let (host, kernel) = Self.machine("")
        let add: Change = .addService(VirtualService(key: .mark(9, .ipv4), scheduler: "rr"))
        let remove: Change = .deleteService(.mark(9, .ipv4))
        kernel.interference = [[add], [remove], [add]]
        let outcome = host.run("ipvsadm-restore", input: "-A -f 9 -s wlc\n")
        #expect(kernel.applied.map(\.changes.count) == [1, 1, 1])
        #expect(outcome.status == 255)
        #expect(outcome.errors.hasPrefix("<stdin>:1:1: Service already exists\n"))
    }

    @Test
    func queriesInTheFileSeeTheRestoredTable() {
        let (host, _) = Self.machine()
        #expect(host.run("ipvsadm-restore", input: "-Sn\n" + Self.other) == .init(status: 0, output: Self.other))
    }

    @Test
    func daemonsAreRestartedOnlyToChangeThem() {
        let (host, kernel) = Self.machine("--start-daemon master --mcast-interface lo --syncid 7\n")
        let same = "--start-daemon master --mcast-interface lo --syncid 7\n"
        #expect(host.run("ipvsadm-restore", input: same) == .init(status: 0))
        #expect(kernel.applied.isEmpty)
        #expect(host.run("ipvsadm-restore", input: "--start-daemon master --mcast-interface lo\n") == .init(status: 0))
        #expect(kernel.base.daemons().map(\.syncID) == [0])
        #expect(host.run("ipvsadm-restore", input: "--stop-daemon master\n") == .init(status: 0))
        #expect(kernel.base.daemons().isEmpty)
    }
}

/// Options of `ipvsadm-restore` and `ipvsadm-save` that are none.
struct MisspeltOptionTests {
    @Test(
        arguments: [
            ("ipvsadm-restore --chek", "--chek: unknown option", "--check"),
            ("ipvsadm-restore --dry", "--dry: unknown option", nil),
            ("ipvsadm-restore -plan", "-plan: unknown option", "two dashes before a long name: --plan"),
            ("ipvsadm-restore –check", "–check: unknown option", "- (U+002D) instead of – (U+2013): -check"),
            ("ipvsadm-restore —plan", "—plan: unknown option", "- (U+002D) instead of — (U+2014): -plan"),
            ("ipvsadm-save --al", nil, "--all"), ("ipvsadm-save --ouput=x", nil, "--output"),
            ("ipvsadm-save –all", nil, "- (U+002D) instead of – (U+2013): -all"),
        ] as [(String, String?, String?)]
    )
    func aMisspeltOptionDoesNothingAndIsCorrected(line: String, first: String?, advice: String?) {
        let host = ExampleHost()
        #expect(host.run("ipvsadm -A -f 1") == .init(status: 0))
        let plain = host.run(line)
        #expect(plain.status != 0)
        if let first { #expect(plain.errors.hasPrefix("\(first)\n")) }
        let explained = host.run("\(line) --explain")
        #expect(explained.errors == plain.errors + (advice.map { "  expected \($0)\n" } ?? ""))
        #expect(host.run("ipvsadm -S -n").output == "-A -f 1 -s wlc\n")
    }

    /// Pasted from a text, it was ignored always.
    @Test func aDisguisedNumericIsStillIgnored() {
        let host = ExampleHost()
        #expect(host.run("ipvsadm-restore –n", input: "-A -f 2\n") == .init(status: 0))
        #expect(host.run("ipvsadm-save –n").output == "-A -f 2 -s wlc\n")
    }
}
