import Addresses
import Configuration
import Diagnostics
import Director
import IPVS
import Keepalived
import Testing

/// What comes of the words of services.
struct AssemblyTests {
    /// A service with further lines, which begin in line 5.
    private func service(_ head: String = "10.0.0.1 80", _ lines: String...) -> String {
        """
        virtual_server \(head) {
        lb_algo rr
        lb_kind NAT
        protocol TCP
        \(lines.joined(separator: "\n"))
        }
        """
    }

    private func pool(_ text: String) throws -> VirtualServer {
        let loaded = StandInMachine.load(text)
        let configuration = try #require(loaded.configuration, "\(loaded.diagnostics.map(\.message))")
        return try #require(configuration.virtualServers.first)
    }

    @Test func equalServicesAreUnited() throws {
        let text =
            service("10.0.0.1 80", "quorum 1", "sorry_server 10.0.0.98 80", "real_server 10.0.0.2 80 {", "}") + "\n"
            + service(
                "10.0.0.1 80",
                "sorry_server 10.0.0.99 80",
                "real_server 10.0.0.2 80 {",
                "weight 7",
                "}",
                "real_server 10.0.0.3 80 {",
                "weight 3",
                "}"
            )
        let loaded = StandInMachine.load(text)
        let pool = try #require(loaded.configuration?.virtualServers.first)
        #expect(loaded.configuration?.virtualServers.count == 1)
        #expect(pool.realServers.map(\.weight) == [1, 3])
        #expect(pool.standby?.server.address == IPAddress("10.0.0.98"))
        #expect(loaded.diagnostics.map { "\($0.line):\($0.column)" } == ["10:16"])
    }

    /// As with keepalived; it has the written port behind an address.
    @Test(arguments: [("DR", 0), ("TUN", 0), ("NAT", 8080)])
    func aSorryServerOfAMarkHasAPortOnlyWhereAddressesAreTranslated(method: String, port: UInt16) throws {
        let text = """
            virtual_server fwmark 9 {
            lb_algo rr
            lb_kind \(method)
            sorry_server 10.0.0.99 8080
            real_server 10.0.0.2 8080 {
            }
            }
            """
        let pool = try pool(text)
        let standby = try #require(pool.standby)
        #expect(standby.server.destination(in: pool.service).endpoint.port == port)
        #expect(pool.realServers.map { $0.destination(in: pool.service).endpoint.port } == [port])
    }

    @Test func aGroupThatIsThereTwiceIsTold() throws {
        let text = """
            virtual_server_group G {
            10.0.0.1 80
            }
            virtual_server_group G {
            10.0.0.2 80
            }

            """
        let loaded = StandInMachine.load(text + service("group G", "real_server 10.0.0.9 80 {", "}"))
        #expect(loaded.configuration?.virtualServers.first?.services.count == 2)
        #expect(loaded.diagnostics.map { "\($0.severity) \($0.line):\($0.column)" } == ["warning 4:22"])
    }

    @Test func groupsThatShareAnAddressAreTold() throws {
        let text = """
            virtual_server_group A {
            10.0.0.1-2 80
            }
            virtual_server_group B {
            10.0.0.2-3 80
            }

            """
        let loaded = StandInMachine.load(
            text + service("group A", "real_server 10.0.0.9 80 {", "}") + "\n"
                + service("group B", "real_server 10.0.0.9 80 {", "}")
        )
        #expect(loaded.configuration?.virtualServers.count == 2)
        #expect(loaded.configuration?.virtualServers.map(\.label) == ["[A]:0", "[B]:0"])
        #expect(loaded.diagnostics.map(\.line) == [14])
    }

    @Test func aGroupIsOnePoolBehindItsEntries() throws {
        let text = "virtual_server_group A {\n10.0.0.1 80\n10.0.0.2 81\nfwmark 7\n}\n"
        let pool = try pool(text + service("group A", "ha_suspend", "real_server 10.0.0.9 {", "}"))
        #expect(pool.services.map(\.key.port) == [80, 81, 0])
        #expect(
            pool.neededAddresses
                == [IPAddress("10.0.0.1"), IPAddress("10.0.0.2")].compactMap { $0 }.reduce(into: []) { $0.insert($1) }
        )
        #expect(pool.realServers.first?.port == nil)
    }

    @Test func aQuorumIsLoweredToWhatCanBeReached() throws {
        let pool = try pool(
            service("10.0.0.1 80", "quorum 9", "hysteresis 9", "real_server 10.0.0.2 80 {", "weight 4", "}")
        )
        #expect(pool.quorum == Quorum(weight: 4, hysteresis: 3))
    }

    @Test func checksInheritFromTheirServerAndItsService() throws {
        let pool = try pool(
            service(
                "10.0.0.1 80",
                "delay_loop 7",
                "retry 2",
                "connect_timeout 3",
                "real_server 10.0.0.2 80 {",
                "retry 4",
                "TCP_CHECK {",
                "connect_timeout 1",
                "}",
                "MISC_CHECK {",
                "misc_path /bin/true",
                "}",
                "}"
            )
        )
        let checks = try #require(pool.realServers.first?.checks)
        #expect(checks.map(\.failureCount) == [5, 5])
        #expect(checks.map(\.pace.interval) == [.seconds(7), .seconds(7)])
        #expect(checks.map(\.probe.timeout) == [.seconds(1), .seconds(7)])
        #expect(checks.map(\.pace.isFromEnd) == [true, false])
    }

    @Test func aServerOfAnotherFamilyNeedsATunnel() throws {
        let server = "real_server fd00::2 80 {"
        #expect(StandInMachine.load(service("10.0.0.1 80", server, "}")).configuration == nil)
        #expect(StandInMachine.load(service("10.0.0.1 80", server, "lvs_method TUN", "}")).configuration != nil)
    }

    @Test func theThresholdsGoTogether() {
        let text = service("10.0.0.1 80", "real_server 10.0.0.2 80 {", "lthreshold 5", "uthreshold 4", "}")
        #expect(StandInMachine.load(text).diagnostics.map { "\($0.line):\($0.column)" } == ["6:12"])
    }

    // MARK: Programs and users

    private func program(_ path: String, user: String = "") -> String {
        service("10.0.0.1 80", "real_server 10.0.0.2 80 {", "MISC_CHECK {", "misc_path \(path)", user, "}", "}")
    }

    @Test func aCheckWithoutItsProgramIsRefusedOrLeftToFail() throws {
        let text = program("/nowhere/ask")
        let loaded = StandInMachine.load(text)
        #expect(loaded.configuration == nil)
        #expect(loaded.diagnostics.map { "\($0.line):\($0.column)" } == ["7:11"])
        #expect(StandInMachine.load(text, unresolved: .keep([:])).configuration == nil)
        let lenient = StandInMachine.load(text, unresolved: .leaveOut)
        let check = try #require(lenient.configuration?.virtualServers.first?.realServers.first?.checks.first)
        #expect(check.probe.method == .external(external("/nowhere/ask")))
        #expect(lenient.diagnostics.map(\.severity) == [.warning])
    }

    private func external(_ path: String) -> ExternalCheck {
        var external = ExternalCheck(program: path, arguments: [])
        external.grace = .seconds(2)
        return external
    }

    @Test func aNoticeWithoutItsProgramIsToldOnly() {
        let text = service("10.0.0.1 80", "quorum_up /nowhere/up", "real_server 10.0.0.2 80 {", "}")
        let loaded = StandInMachine.load(text)
        #expect(loaded.configuration != nil)
        #expect(loaded.diagnostics.map(\.severity) == [.warning])
    }

    @Test func unknownUsersAndGroupsAreRefused() {
        #expect(StandInMachine.load(program("/bin/true", user: "user nobody nogroup")).configuration != nil)
        for (user, column) in [("user who", 6), ("user nobody who", 13)] {
            let loaded = StandInMachine.load(program("/bin/true", user: user))
            #expect(loaded.configuration == nil)
            #expect(loaded.diagnostics.map { "\($0.line):\($0.column)" } == ["8:\(column)"])
        }
    }

    @Test func programsOfRootThatOthersCanChangeAreRefusedWhereThatIsDemanded() {
        func loaded(_ text: String) -> LoadedConfiguration {
            let file = KeepalivedFile(
                reading: Array(text.utf8),
                name: "k.conf",
                context: ReadingContext(hostName: "lb1")
            )
            var answers = StandInMachine.answers(to: file.questions)
            for program in file.questions.programs { answers.programRisks[program] = "/bin belongs to user 1000" }
            return file.loaded(with: answers)
        }
        let globals = "global_defs {\nenable_script_security\n}\n"
        #expect(loaded(program("/bin/true")).configuration != nil)
        #expect(loaded(program("/bin/true")).diagnostics.map(\.severity) == [.warning])
        #expect(loaded(globals + program("/bin/true")).configuration == nil)
        #expect(loaded(globals + program("/bin/true", user: "user root")).configuration == nil)
        #expect(loaded(globals + program("/bin/true", user: "user nobody")).configuration != nil)
    }

    @Test func aFileIsKnownByItsFirstWordsOrItsName() {
        let language = KeepalivedLanguage()
        let cases: [(String, String, LanguageEvidence)] = [
            ("! a\n\nglobal_defs {\n}\n", "x", .words), ("virtual_server 10.0.0.1 80 {\n", "ha.cf", .words),
            ("$V=1\n@a $W=2\ninclude conf.d/*\n", "x", .words), ("vrrp_instance V{\n", "x", .words),
            ("$V=\\\nany words\\\nof it\nvirtual_server 10.0.0.1 80 {\n", "x", .words),
            ("@a virtual_server 10.0.0.1 80 {\n", "x", .words),
            ("", "/etc/keepalived/keepalived.conf", .name), ("", "x", .none), ("virtual=10.0.0.1:80\n", "x", .none),
            ("checktimeout=3\n", "ldirectord.cf", .none),
        ]
        for (text, name, evidence) in cases {
            #expect(language.evidence(in: Array(text.utf8), name: name) == evidence, "\(text)")
        }
    }

    /// What is included knows its file.
    @Test func whatIsIncludedIsToldWithItsFile() throws {
        let server = "real_server 10.0.1.1 80 {\n}\n"
        var file = KeepalivedFile(
            reading: Array("virtual_server 10.0.0.1 80 {\nprotocol TCP\ninclude a.conf\n}\ninclude b.conf\n".utf8),
            name: "/k/main.conf",
            context: ReadingContext(hostName: "lb1")
        )
        let texts = ["a.conf": server, "b.conf": "\nvirtual_server 10.0.0.2 80 {\n\(server)}\n"]
        while !file.inclusions.isEmpty {
            let found = file.inclusions.map { question in
                let text = texts[question.pattern] ?? ""
                let file = FoundFile(path: "/k/\(question.pattern)", kind: .contents(Array(text.utf8)))
                return (question, [file])
            }
            file.include(Dictionary(found) { first, _ in first })
        }
        let pools = try #require(file.loaded(with: ConfigurationAnswers()).configuration?.virtualServers)
        #expect(pools.map(\.place?.file) == [nil, "/k/b.conf"])
        #expect(pools.map(\.place?.line) == [1, 2])
        #expect(pools.flatMap(\.realServers).map(\.place?.file) == ["/k/a.conf", "/k/b.conf"])
        #expect(pools.flatMap(\.realServers).map(\.place?.line) == [1, 3])
    }

    /// Servers behind a group keep the port that people wrote for them; that of a mark alone has none.
    @Test(arguments: [("group G", "[G]:0", 8080), ("fwmark 7", "FWM 7", nil)] as [(String, String, UInt16?)])
    func portsBehindMarksAreNamed(identity: String, label: String, port: UInt16?) throws {
        let loaded = StandInMachine.load(
            "virtual_server_group G {\nfwmark 7\n}\nvirtual_server \(identity) {\nlb_kind DR\nlb_algo rr\n"
                + "real_server 10.0.1.1 8080 {\nTCP_CHECK {\n}\n}\n}\n"
        )
        let pool = try #require(loaded.configuration?.virtualServers.first)
        let server = try #require(pool.realServers.first)
        #expect(pool.label == label)
        #expect(server.namedPort == port)
        #expect(server.destination(in: pool.service).endpoint.port == 0)
        #expect(server.checks.first?.probe.target.port == 8080)
        var history = VoiceHistory(pool)
        history.state(0, isUp: false, .running)
        #expect(history.said.piped == ["RS [10.0.1.1]:none:\(port ?? 0) \(label) DOWN"])
    }
}
