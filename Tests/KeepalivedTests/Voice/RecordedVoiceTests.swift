import Addresses
import Configuration
import Dialogues
import Director
import IPVS
import Keepalived
import Testing

/// What the voice says of a history that is written by hand is what keepalived 2.2.7 said in a recording of the same.
struct RecordedVoiceTests {
    /// The virtual server of most recordings, with that many servers, each with one check.
    private func virtual(
        servers count: Int = 2,
        _ method: HealthCheck.Method = .connect,
        port: UInt16 = 80,
        transport: TransportProtocol = .tcp,
        _ adjust: (inout VirtualServer) -> Void = { _ in }
    ) throws -> VirtualServer {
        let address = try #require(IPAddress("10.2.0.100"))
        var virtual = VirtualServer(
            service: VirtualService(key: .endpoint(transport, Endpoint(address: address, port: port)))
        )
        virtual.realServers = try (1...count).map { try server("10.1.0.1\($0)", port, [method]) }
        adjust(&virtual)
        return virtual
    }

    private func server(_ text: String, _ port: UInt16, _ methods: [HealthCheck.Method]) throws -> RealServer {
        let address = try #require(IPAddress(text))
        var server = RealServer(address: address, port: port, forwarding: .masquerade, weight: 1)
        server.tellsFirstSuccess = false
        server.checks = methods.map {
            var check = ServerCheck(
                HealthCheck(method: $0, target: Endpoint(address: address, port: port), timeout: .seconds(1)),
                pace: Pace(interval: .milliseconds(500))
            )
            check.tellsEachFailure = false
            return check
        }
        return server
    }

    private func program(_ text: String) -> NoticeProgram { NoticeProgram(.words(["/mnt/k/notify", text])) }

    private func expect(_ history: VoiceHistory, _ name: String, mails: Bool = false) throws {
        let recording = try RecordedScenario(name)
        #expect(history.said.logged == recording.log)
        #expect(history.said.piped == recording.pipe)
        if mails { #expect(history.said.mailed == recording.mails) }
    }

    // MARK: States

    @Test func withAlphaTheFirstSuccessIsNews() throws {
        var history = try VoiceHistory(
            virtual { for index in 0...1 { $0.realServers[index].tellsFirstSuccess = true } }
        )
        history.check(0, .passed, isFirst: true)
        history.quorum(true, 1, .start)
        history.check(1, .failed(failures: 1), isFirst: true)
        try expect(history, "s02_start_with_alpha")
    }

    @Test func aServerIsUpWhileAllOfItsChecksAre() throws {
        var virtual = try virtual()
        virtual.realServers[0] = try server("10.1.0.11", 80, [.connect, .connect])
        virtual.realServers[0].checks[1].probe.target = Endpoint(address: virtual.realServers[0].address, port: 81)
        var history = VoiceHistory(virtual)
        // Without alpha nobody is told of the first success of a server, and the pool counts as up from the beginning.
        history.quorum(true, 2, .start)
        history.check(0, .passed, isFirst: true, turnsServer: false)
        history.check(0, .passed, at: 1, isFirst: true)
        history.check(0, .failed(failures: 1))
        history.check(0, .failed(failures: 1), at: 1, turnsServer: false)
        history.check(0, .passed, isServerUp: false, turnsServer: false)
        history.check(0, .passed, at: 1)
        try expect(history, "s05_two_checks_of_one_server")
    }

    @Test func theLastServerGoesAndTakesTheQuorum() throws {
        var history = try VoiceHistory(virtual())
        history.quorum(true, 2, .start)
        history.check(0, .passed, isFirst: true)
        history.check(1, .passed, isFirst: true)
        history.check(0, .failed(failures: 1))
        history.check(1, .failed(failures: 1))
        history.quorum(false, 0)
        history.check(1, .passed)
        history.quorum(true, 1)
        try expect(history, "s07_all_fail_without_sorry_server")
    }

    @Test(arguments: [("s08_sorry_server", false), ("s13_sorry_server_inhibit", true)])
    func aSorryServerStandsIn(name: String, staysInPlace: Bool) throws {
        let count = staysInPlace ? 1 : 2
        let standby = try server("10.1.0.16", staysInPlace ? 80 : 8080, [])
        var history = try VoiceHistory(
            virtual(servers: count) {
                $0.standby = Standby(standby)
                $0.standby?.staysWithoutWeight = staysInPlace
            }
        )
        history.quorum(true, Int64(count), .start)
        for server in 0..<count { history.check(server, .passed, isFirst: true) }
        for server in 0..<count { history.check(server, .failed(failures: 1)) }
        history.quorum(false, 0)
        history.check(count - 1, .passed)
        history.quorum(true, 1)
        if !staysInPlace { history.check(0, .passed) }
        try expect(history, name)
    }

    @Test func aQuorumIsTwo() throws {
        let (up, down) = (program("quorum up"), program("quorum down"))
        var history = try VoiceHistory(
            virtual {
                $0.quorum.weight = 2
                $0.notices = StateNotices(up: up, down: down)
            }
        )
        history.quorum(true, 2, .start)
        history.check(0, .passed, isFirst: true)
        history.check(1, .passed, isFirst: true)
        history.check(0, .failed(failures: 1))
        history.quorum(false, 1)
        history.check(0, .passed)
        history.quorum(true, 2)
        try expect(history, "s10_quorum_without_sorry_server")
        let notices = try RecordedScenario("s10_quorum_without_sorry_server").notices
        #expect(history.said.run == notices.map { "/mnt/k/notify \($0)" })
    }

    @Test(arguments: [("s16_stop_with_omega", true), ("s17_stop_without_omega", false)])
    func aStopIsToldWithOmega(name: String, isTold: Bool) throws {
        let notices = ["1 up", "1 down", "2 down", "quorum up", "quorum down"].map { program($0) }
        var history = try VoiceHistory(
            virtual {
                $0.tellsStop = isTold
                $0.notices = StateNotices(up: notices[3], down: notices[4])
                $0.realServers[0].notices = StateNotices(up: notices[0], down: notices[1])
                $0.realServers[1].notices = StateNotices(down: notices[2])
            }
        )
        history.quorum(true, 2, .start)
        history.check(0, .passed, isFirst: true)
        history.check(1, .passed, isFirst: true)
        // Without omega nobody is told, and the log names what goes from the table.
        if isTold { for server in 0...1 { history.state(server, isUp: false, .stop) } }
        if isTold { history.quorum(false, 0, .stop) }
        for server in history.virtual.realServers {
            history.tell(.table(TableStep(.purged(.stop), .server(server)), .done))
        }
        let recording = try RecordedScenario(name)
        #expect(history.said.logged == recording.log.filter { !$0.hasPrefix("Stop") })
        #expect(history.said.piped == recording.pipe)
        // Those of the original come in any order.
        #expect(Set(history.said.run) == Set(recording.notices.map { "/mnt/k/notify \($0)" }))
    }

    @Test func groupsAndMarksHaveNamesOfTheirOwn() throws {
        var group = try virtual(servers: 2)
        group.label = "[G]:0"
        group.standby = Standby(try server("10.1.0.16", 80, []))
        var history = VoiceHistory(group)
        history.quorum(true, 2, .start)
        history.check(0, .passed, isFirst: true)
        history.check(0, .failed(failures: 1))
        #expect(
            history.said.piped == ["VS [G]:0 UP", "RS [10.1.0.11]:tcp:80 [G]:0 DOWN"]
        )
        var mark = VirtualServer(service: VirtualService(key: .mark(5, .ipv4)))
        mark.realServers = [try server("10.1.0.11", 80, [.connect])]
        var names = VoiceHistory(mark)
        names.quorum(true, 1, .start)
        names.check(0, .passed, isFirst: true)
        names.check(0, .failed(failures: 1))
        names.quorum(false, 0)
        let recording = try RecordedScenario("s50_names")
        #expect(names.said.logged == recording.log.filter { $0.contains("none") || $0.contains("FWM") })
        #expect(names.said.piped == recording.pipe.filter { $0.contains("FWM") })
        var six = VirtualServer(
            service: VirtualService(
                key: .endpoint(.tcp, Endpoint(address: try #require(IPAddress("fd00:2::1")), port: 80))
            )
        )
        six.realServers = [try server("fd00:1::11", 80, [.connect])]
        var sixth = VoiceHistory(six)
        sixth.quorum(true, 1, .start)
        sixth.check(0, .passed, isFirst: true)
        #expect(sixth.said.logged == recording.log.filter { $0.contains("fd00") })
    }

    // MARK: Checks

    @Test func everyFailureIsToldWhereThatIsWanted() throws {
        let request = HTTPRequest(target: "/", host: "10.1.0.12:80")
        var virtual = try virtual()
        virtual.realServers[1] = try server("10.1.0.12", 80, [.negotiate(Negotiation(.http(request)))])
        for index in 0...1 {
            virtual.realServers[index].checks[0].tellsEachFailure = true
            virtual.realServers[index].checks[0].failureCount = 3
        }
        var history = VoiceHistory(virtual)
        history.quorum(true, 2, .start)
        history.check(0, .passed, isFirst: true)
        history.check(1, .passed, .dialogue(.passed), isFirst: true)
        history.check(0, .failing, .transport(.refused))
        history.check(1, .failing, .dialogue(.status(503)))
        history.check(0, .failing, .transport(.refused))
        history.check(0, .failed(failures: 3), .transport(.refused))
        history.check(1, .failing, .dialogue(.status(503)))
        try expect(history, "s56_log_all_failures")
    }

    /// Two urls that are the same are two checks, of which the last tells.
    @Test func aServerOfOneUrlTwiceSucceedsOnce() throws {
        let method = HealthCheck.Method.negotiate(Negotiation(.http(HTTPRequest(target: "/", host: "a"))))
        var virtual = try virtual(servers: 1)
        virtual.realServers[0] = try server("10.1.0.11", 80, [method, method])
        var history = VoiceHistory(virtual)
        for index in 0...1 {
            history.check(0, .passed, .dialogue(.passed), at: index, isFirst: true, turnsServer: index == 1)
        }
        #expect(history.said.logged == ["Remote Web server [10.1.0.11]:tcp:80 succeed on service."])
    }

    /// What the kernel refuses with is told in the words of the C library where IPVS has none of its own.
    @Test(arguments: [(5, "Input/output error"), (90, "Module is wrong version"), (71, "Unknown error 71")])
    func refusalsAreNamed(number: Int32, words: String) throws {
        var history = VoiceHistory(try virtual(servers: 1))
        history.tell(.table(TableStep(.added, .service), .failed(.refused(KernelError(rawValue: number)), retry: nil)))
        #expect(
            history.said.logged == ["IPVS cmd IP_VS_SO_SET_ADD(1154) error: \(words)(\(number)) (10.2.0.100:tcp:80)"]
        )
    }

    @Test func programsMoveWeights() throws {
        let method = HealthCheck.Method.external(ExternalCheck(program: "/mnt/k/status", arguments: ["1"]))
        var history = try VoiceHistory(
            virtual(method) { for index in 0...1 { $0.realServers[index].weight = index == 0 ? 7 : 3 } }
        )
        func weight(_ old: Int32, _ new: Int32, isUp: Bool = true) {
            history.tell(.server(history.virtual.realServers[0], .weighted(from: old, to: new, isUp: isUp)))
        }
        history.quorum(true, 10, .start)
        history.check(1, .passed, .program(.passed), isFirst: true)
        history.check(0, .passed, .program(.passed), isFirst: true)
        weight(7, 18)
        weight(18, 0)
        weight(0, 253)
        history.check(0, .failed(failures: 1), .program(.exit(1)))
        weight(7, 18, isUp: false)
        history.check(0, .passed, .program(.exit(20)))
        weight(18, 7)
        history.check(1, .failed(failures: 1), .program(.exit(2)))
        try expect(history, "s20_misc_dynamic")
    }

    @Test func anEchoIsTriedAgain() throws {
        var history = try VoiceHistory(virtual(.ping(attempts: 1)) { $0.realServers[0].checks[0].failureCount = 2 })
        history.quorum(true, 2, .start)
        history.check(0, .passed, .echo(.passed), isFirst: true)
        history.check(0, .failed(failures: 2), .echo(.timeout))
        history.check(0, .passed, .echo(.passed))
        try expect(history, "s29_ping")
    }

    @Test func mailServersAreCalledByWhatTheyDid() throws {
        let method = HealthCheck.Method.negotiate(Negotiation(.smtp(startsTLS: false)))
        var history = try VoiceHistory(virtual(servers: 5, method, port: 25))
        history.quorum(true, 5, .start)
        history.check(1, .failed(failures: 1), .dialogue(.malformed), text: "220-two", isFirst: true)
        history.check(2, .failed(failures: 1), .dialogue(.malformed), text: "220", isFirst: true)
        history.check(0, .passed, .dialogue(.passed), isFirst: true)
        history.check(3, .failed(failures: 1), .dialogue(.status(500)), text: "HELO: 500 no", isFirst: true)
        history.check(4, .failed(failures: 1), .dialogue(.closed), isFirst: true)
        try expect(history, "s26_smtp_dialogues")
    }

    @Test func mailsTellOfEachCheck() throws {
        let recording = try RecordedScenario("s52_mails_of_checks")
        var virtual = try virtual(servers: 1)
        virtual.realServers[0] = try server("10.1.0.11", 80, [.connect, .connect])
        virtual.realServers[0].checks[1].probe.target = Endpoint(address: virtual.realServers[0].address, port: 81)
        var alert = MailAlert(recipients: ["ops@example.net", "dev@example.net"], mailServer: "127.0.0.1")
        alert.tellsEachCheck = true
        alert.label = "LB1"
        virtual.mail = alert
        var history = VoiceHistory(virtual)
        history.quorum(true, 1, .start)
        history.check(0, .passed, isFirst: true, turnsServer: false)
        history.check(0, .passed, at: 1, isFirst: true)
        history.check(0, .failed(failures: 1))
        history.quorum(false, 0)
        history.check(0, .failed(failures: 1), at: 1, turnsServer: false)
        history.check(0, .passed, isServerUp: false, turnsServer: false)
        history.check(0, .passed, at: 1)
        history.quorum(true, 1)
        try expect(history, "s52_mails_of_checks")
        // A success under a subject that says DOWN is explained, which the original does not.
        #expect(history.said.mailed.map { $0.replacing("\n(another check still fails)", with: "") } == recording.mails)
        #expect(history.said.mailed.count { $0.hasSuffix("(another check still fails)") } == 1)
        // Where only servers are told of, the checks between are not.
        virtual.mail?.tellsEachCheck = false
        var other = VoiceHistory(virtual)
        other.check(0, .failed(failures: 1))
        other.check(0, .failed(failures: 1), at: 1, turnsServer: false)
        other.check(0, .passed, isServerUp: false, turnsServer: false)
        other.check(0, .passed, at: 1)
        #expect(other.said.mailed == [recording.mails[0], recording.mails[3]])
    }
}
