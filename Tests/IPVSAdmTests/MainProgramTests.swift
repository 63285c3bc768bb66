import Console
import IPVS
import IPVSAdm
import System
import Testing

struct MainProgramTests {
    private static let text = "Are you sure that IP Virtual Server is built in the kernel or as module?\n"

    @Test(arguments: ["-h", "--help", "-v", "--version"])
    func helpAndVersionNeedNeitherKernelNorRoot(word: String) {
        let host = ExampleHost()
        host.startFailures = [.unavailable, .unavailable]
        let outcome = host.run("/sbin/ipvsadm \(word)")
        #expect(outcome.status == 0)
        #expect(outcome.errors.isEmpty)
        #expect(outcome.output.hasPrefix("ipvsadm v1.31 2019/12/24 (compiled with popt and IPVS v1.2.1)\n"))
        #expect(host.startFailures.count == 2)
    }

    @Test
    func nothingSaidListsTheTable() {
        let outcome = ExampleHost().run("ipvsadm")
        #expect(
            outcome
                == .init(
                    status: 0,
                    output: """
                        IP Virtual Server version 1.2.1 (size=4096)
                        Prot LocalAddress:Port Scheduler Flags
                          -> RemoteAddress:Port           Forward Weight ActiveConn InActConn

                        """
                )
        )
    }

    @Test(arguments: ["ipvsadm -L", "ipvsadm -S", "ipvsadm-save"])
    func namesAreLookedUpWhenTheTableIsRead(words: String) throws {
        let kernel = RecordingKernel()
        kernel.services = ExampleTable.snapshot.services
        let host = ExampleHost(kernel)
        let names = try #require(host.names as? ExampleNames)
        var lookups: [Int] = []
        kernel.afterReading = { lookups.append(names.hostLookups) }
        #expect(host.run(words).status == 0)
        #expect(lookups == [0])
        #expect(names.hostLookups > 0)
    }

    @Test(
        arguments: [
            ("-D -t 9.9.9.9:9", 255, "No such service"),
            ("-E -t 9.9.9.9:9", 255, "No such service"),
            ("-Z -t 9.9.9.9:9", 255, "No such service"),
            ("-L -t 9.9.9.9:9", 1, "No such service"),
            ("-L -t 9.9.9.9:9 --json", 1, "No such service"),
            ("-a -t 9.9.9.9:9 -r 1.2.3.4", 255, "Service not defined"),
            ("-d -t 9.9.9.9:9 -r 1.2.3.4", 255, "Service not defined"),
            ("-A -t 10.0.0.1:80", 255, "Service already exists"),
            ("-A -t 1.1.1.1:1 -s nonsuch", 255, "Scheduler or persistence engine not found"),
            ("-E -t 10.0.0.1:80 --pe nonsuch", 255, "Scheduler or persistence engine not found"),
            ("-a -t 10.0.0.1:80 -r 10.1.0.2:80 -m", 255, "Destination already exists"),
            ("-e -t 10.0.0.1:80 -r 10.1.0.3:80 -m", 255, "No such destination"),
            ("-d -t 10.0.0.1:80 -r 10.1.0.3:80", 255, "No such destination"),
            (
                "-a -t 10.0.0.1:80 -r 224.0.0.1 -m", 255,
                "Invalid operation.  Possibly wrong module version, address not unicast, ..."
            ),
            ("-a -t 10.0.0.1:80 -r 10.1.0.4 -m -y 5", 255, "Numerical result out of range"),
            ("--stop-daemon master", 255, "No daemon is running"),
            ("--start-daemon backup", 255, "Daemon has already run"),
            ("--start-daemon master --mcast-interface nix", 255, "No such device"),
            ("-A -t 10.0.0.1:80 -q", 255, "-q: unknown option"),
            ("-A", 2, "You need to supply the 'service-address' option for the 'add-service' command"),
            ("nonsense", 255, "Try `ipvsadm -h' or 'ipvsadm --help' for more information."),
        ] as [(String, Int32, String)]
    )
    func refusalsAndMistakesHaveTheOriginalsWordsAndStatus(words: String, status: Int32, message: String) {
        let host = ExampleHost()
        for command in [
            "-A -t 10.0.0.1:80", "-a -t 10.0.0.1:80 -r 10.1.0.2:80 -m", "--start-daemon backup",
        ] {
            #expect(host.run("ipvsadm \(command)") == .init(status: 0))
        }
        #expect(host.run("ipvsadm \(words)") == .init(status: status, errors: message + "\n"))
    }

    @Test(
        arguments: [
            (.refused(.notPermitted), "Permission denied (you must be root)", 0),
            (.unavailable, "Protocol not available", 1),
        ] as [(IPVSError, String, Int)]
    )
    func aKernelThatCannotBeUsedIsTheFirstComplaint(error: IPVSError, reason: String, loads: Int) {
        let host = ExampleHost()
        for words in ["ipvsadm -Ln", "ipvsadm -A", "ipvsadm-save", "ipvsadm-restore"] {
            host.startFailures = [error, error]
            host.modulesLoaded = 0
            #expect(
                host.run(words) == .init(status: 2, errors: "Can't initialize ipvs: \(reason)\n\(Self.text)")
            )
            #expect(host.modulesLoaded == loads)
        }
    }

    /// What there is in the place of what there is not, and what is doubtful, stand below the original's words.
    @Test(
        arguments: [
            ("-L -n -t 10.0.0.1", 1, "No such service", "There is -t 10.0.0.1:80, -u 10.0.0.1:53."),
            ("-L -n -u 10.0.0.1:80", 1, "No such service", "There is -t 10.0.0.1:80, -u 10.0.0.1:53."),
            ("-L -t 10.0.0.1 --json", 1, "No such service", "There is -t 10.0.0.1:80, -u 10.0.0.1:53."),
            ("-L -f 7", 1, "No such service", "There is -f 7 -6."),
            ("-L -t 10.9.9.9:80", 1, "No such service", nil),
            ("-D -t 10.0.0.1", 255, "No such service", "There is -t 10.0.0.1:80, -u 10.0.0.1:53."),
            ("-Z -t 10.0.0.1:81", 255, "No such service", "There is -t 10.0.0.1:80, -u 10.0.0.1:53."),
            (
                "-E -u 10.0.0.1:80", 255, "No such service",
                "Only what -L shows can be edited; -A makes a new one. There is -t 10.0.0.1:80, -u 10.0.0.1:53."
            ),
            (
                "-a -t 10.0.0.1 -r 10.1.0.2", 255, "Service not defined",
                "Add the service first with -A. There is -t 10.0.0.1:80, -u 10.0.0.1:53."
            ),
            ("-d -f 7 -r 10.1.0.2", 255, "Service not defined", "There is -f 7 -6."),
            (
                "-d -t 10.0.0.1:80 -r 10.1.0.2", 255, "No such destination",
                "A server is found by its own port: with -m that may differ from the service's, 80. "
                    + "There is -r 10.1.0.2:8080."
            ),
            (
                "-e -t 10.0.0.1:80 -r 10.1.0.2 -m -w 3", 255, "No such destination",
                "-a adds it; with -m its port may differ from the service's, 80. There is -r 10.1.0.2:8080."
            ),
            (
                "-A -t 10.0.0.9:80 -p 300 -M 24", 0, nil,
                "-M takes a mask, here 0.0.0.24; a prefix length of 24 is -M 255.255.255.0."
            ),
            (
                "-E -t 10.0.0.1:80 -p 300 -M 16", 0, nil,
                "-M takes a mask, here 0.0.0.16; a prefix length of 16 is -M 255.255.0.0."
            ),
            (
                "-A -f 9 -p 300 -M 255.255.0.255", 0, nil,
                "The mask 255.255.0.255 has a gap; the kernel takes it as it is."
            ),
            ("-A -f 9 -p 300 -M 255.255.255.0", 0, nil, nil), ("-A -f 9 -p 300 -M 0", 0, nil, nil),
            (
                "-A -f 9 -p 300 -M 32", 0, nil,
                "-M takes a mask, here 0.0.0.32; a prefix length of 32 is -M 255.255.255.255."
            ),
            (
                "-A -t 10.0.0.9:80 -s RR", 255, "Scheduler or persistence engine not found",
                "The scheduler is called rr."
            ),
            (
                "-A -t 10.0.0.9:80 -s round-robin", 255, "Scheduler or persistence engine not found",
                "The scheduler is called rr."
            ),
            ("-L --connections", 255, "--connections: unknown option", "expected --connection"),
        ] as [(String, Int32, String?, String?)]
    )
    func anExplanationHelps(words: String, status: Int32, message: String?, explanation: String?) {
        let host = ExampleHost()
        host.found.modules = ["ip_vs_RR": .missing, "ip_vs_round-robin": .missing]
        for command in [
            "-A -t 10.0.0.1:80", "-a -t 10.0.0.1:80 -r 10.1.0.2:8080 -m", "-A -u 10.0.0.1:53", "-A -f 7 -6",
        ] {
            #expect(host.run("ipvsadm \(command)") == .init(status: 0))
        }
        let errors = message.map { "\($0)\n" } ?? ""
        let explained = errors + (explanation.map { "  \($0)\n" } ?? "")
        #expect(host.run("ipvsadm --explain \(words)") == .init(status: status, errors: explained))
        if status == 0 { _ = host.run("ipvsadm -D -f 9") }
        if words.hasPrefix("-A -t") { _ = host.run("ipvsadm -D -t 10.0.0.9:80") }
        #expect(host.run("ipvsadm \(words)") == .init(status: status, errors: errors))
    }

    @Test
    func aMissingModuleIsLoaded() {
        let host = ExampleHost()
        host.startFailures = [.unavailable]
        #expect(host.run("ipvsadm -C") == .init(status: 0))
        #expect(host.modulesLoaded == 1)
    }

    @Test
    func theNetworkNamespaceIsEnteredFirst() {
        let host = ExampleHost()
        #expect(host.run("ipvsadm -C --netns blue") == .init(status: 0))
        #expect(host.namespacesEntered == ["blue"])
        #expect(
            host.run("ipvsadm -C --netns red")
                == .init(status: 2, errors: "Can't enter network namespace `red': No such file or directory\n")
        )
    }

    @Test(
        arguments: [
            ("-A --netns blue", 2, "You need to supply the 'service-address' option for the 'add-service' command"),
            ("-A -Q --netns=blue", 255, "-Q: unknown option"),
            ("--netns blue -A -t 10.0.0.1:80 -Cx --netns red", 2, "invalid option `-Cx'"),
            ("nonsense --netns blue", 255, "Try `ipvsadm -h' or 'ipvsadm --help' for more information."),
        ] as [(String, Int32, String)]
    )
    func aMistakeIsToldAfterALookAtTheNamespaceThatWasMeant(words: String, status: Int32, message: String) {
        let host = ExampleHost()
        #expect(host.run("ipvsadm \(words)") == .init(status: status, errors: message + "\n"))
        #expect(host.namespacesEntered == ["blue"])
    }

    @Test(arguments: ["rr", "wrr", "lc", "wlc", "lblc", "lblcr", "dh", "sh", "sed", "nq", "fo", "ovf", "mh", "twos"])
    func theHelpNamesEveryScheduler(name: String) throws {
        let lines = ExampleHost().run("ipvsadm -h").output.split(separator: "\n")
        let line = try #require(lines.first { $0.contains("--scheduler") })
        #expect(line.split(separator: " ").contains { $0 == name })
    }

    @Test
    func explanationsFollowOnTerminalsAndOnDemand() {
        let host = ExampleHost()
        host.found.isLoopbackUp = false
        let kernel = SimulatedKernel()
        kernel.surroundings.isLoopbackUp = false
        host.kernel = kernel
        #expect(host.run("ipvsadm -A -t 10.0.0.1:80").status == 0)
        let add = "ipvsadm -a -t 10.0.0.1:80 -r 10.1.0.2 -m"
        let message = "Invalid operation.  Possibly wrong module version, address not unicast, ...\n"
        let cause = "  The loopback interface of this network namespace is down: run ip link set lo up.\n"
        #expect(host.run(add).errors == message)
        #expect(host.run(add + " --explain").errors == message + cause)
        host.errorsAreSeen = true
        #expect(host.run(add).errors == message + cause)
    }

    @Test
    func aConnectionTableThatCannotBeReadFails() {
        let kernel = RecordingKernel()
        kernel.readFailure = .transport(.noSuchEntry)
        #expect(
            ExampleHost(kernel).run("ipvsadm -Lnc")
                == .init(status: 1, errors: "cannot open file /proc/net/ip_vs_conn\n")
        )
    }

    @Test(
        arguments: [
            (2, "There is no such file, though IPVS is here: mount -t proc proc /proc."),
            (13, "Permission denied; connections are shown in this file only."),
        ] as [(Int32, String)]
    )
    func aConnectionTableThatCannotBeReadIsExplained(code: Int32, explanation: String) {
        let kernel = RecordingKernel()
        kernel.readFailure = .transport(KernelError(rawValue: code))
        #expect(
            ExampleHost(kernel).run("ipvsadm -Lnc --explain").errors
                == "cannot open file /proc/net/ip_vs_conn\n  \(explanation)\n"
        )
    }

    @Test(
        arguments: [
            (28, "ipvsadm: write error: No space left on device\n"), (9, "ipvsadm: write error: Bad file descriptor\n"),
            (32, ""),
        ] as [(Int32, String)]
    )
    func answersThatAreLostAreAFailure(code: Int32, errors: String) {
        let host = ExampleHost()
        host.standardOutput.failure = SystemFailure(call: "write", number: code)
        host.standardOutput.capacity = 0
        for words in ["-Ln", "-L --json", "-v", "-L --timeout"] {
            #expect(host.run("ipvsadm \(words)") == .init(status: 1, errors: errors))
        }
        #expect(host.run("ipvsadm -C") == .init(status: 0))
    }
}
