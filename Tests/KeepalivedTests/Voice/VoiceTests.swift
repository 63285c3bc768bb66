import Addresses
import Configuration
import Dialogues
import Director
import IPVS
import Keepalived
import TestKit
import Testing

/// What keepalived's voice says of everything that can happen is `Fixtures/voices/keepalived.txt`, to the byte.
struct VoiceTests {
    @Test func everythingIsSaidAsItWas() throws {
        let text = try VoiceTranscript().text
        let expected = try TestKit.SourceTree.text(of: "Fixtures/voices/keepalived.txt")
        for (number, lines) in zip(text.split(separator: "\n"), expected.split(separator: "\n")).enumerated()
        where lines.0 != lines.1 {
            Issue.record("line \(number + 1): \(lines.0) instead of \(lines.1)")
            break
        }
        #expect(text.split(separator: "\n").count == expected.split(separator: "\n").count)
        #expect(text == expected)
    }
}

/// Everything that can happen, with what is said of it.
private struct VoiceTranscript {
    private(set) var text = ""
    private let voice = KeepalivedVoice()
    private var virtual: VirtualServer
    private let alert: MailAlert

    init() throws {
        let address = try #require(IPAddress("10.0.0.1"))
        virtual = VirtualServer(service: VirtualService(key: .endpoint(.tcp, Endpoint(address: address, port: 80))))
        var alert = MailAlert(recipients: ["a@example.com", "b@example.com"], mailServer: "mail.example.com")
        alert.tellsEachCheck = true
        alert.label = "LB1"
        self.alert = alert
        try addServers()
        checks()
        states()
        quorums()
        tables()
        daemon()
    }

    private mutating func addServers() throws {
        let page = Negotiation(.http(HTTPRequest(target: "/a", host: "10.0.0.11")))
        let methods: [HealthCheck.Method] = [
            .connect, .negotiate(page), .negotiate(Negotiation(.smtpHello(name: "lb"))),
            .negotiate(Negotiation(.dnsStatus(name: ".", .startOfAuthority))),
            .external(ExternalCheck(program: "/usr/bin/check", arguments: ["a b"])),
            .negotiate(Negotiation(.datagram([1], DatagramRule()))), .echo(bytes: 128), .file(TrackedFile("/run/load")),
        ]
        virtual.mail = alert
        virtual.realServers = try methods.enumerated().map { index, method in
            let address = try #require(IPAddress("10.0.0.\(11 + index)"))
            var server = RealServer(address: address, port: 8080, forwarding: .masquerade, weight: 1)
            let probe = HealthCheck(method: method, target: Endpoint(address: address, port: 81), timeout: .seconds(1))
            server.checks = [ServerCheck(probe, pace: Pace(interval: .seconds(1)))]
            server.notices = StateNotices(
                up: NoticeProgram(.words(["/usr/bin/tell", "it is up"]), user: "nobody", group: "nogroup"),
                down: NoticeProgram(.shell("echo down"))
            )
            return server
        }
    }

    private mutating func heading(_ title: String) { text += "# \(title)\n" }

    private mutating func say(_ matter: DirectorEvent.Matter, check: Int? = nil, entry: ServiceKey? = nil) {
        text +=
            voice.utterances(
                for: DirectorEvent(matter, of: virtual, in: .running, check: check, entry: entry)
            ).text
    }

    // MARK: Checks

    private mutating func checks() {
        let layers: [[CheckLayer]] = [
            [.transport(.refused), .transport(.timeout)], [.dialogue(.status(503)), .dialogue(.mismatch)],
            [.transport(.refused), .dialogue(.malformed), .dialogue(.closed), .dialogue(.timeout)],
            [.dialogue(.status(3)), .transport(.timeout), .transport(.refused)],
            [.program(.exit(3)), .program(.timeout), .program(.signal(9))], [.transport(.refused)], [.echo(.timeout)],
            [.program(.exit(255))],
        ]
        for (server, layers) in zip(virtual.realServers, layers) {
            heading("\(server.checks[0].probe.method)".prefix { $0 != "(" }.description)
            check(server, .passed, .transport(.passed), isFirst: true, isUp: true)
            for layer in layers { check(server, .failing, layer, isUp: true) }
            for layer in layers { check(server, .failed(failures: 3), layer, isUp: false) }
            check(server, .failed(failures: 1), layers[0], isUp: false)
            check(server, .passed, .transport(.passed), isUp: true)
        }
        heading("a check beside another that fails")
        check(virtual.realServers[0], .passed, .transport(.passed), isUp: false)
    }

    private mutating func check(
        _ server: RealServer,
        _ outcome: CheckEvent.Outcome,
        _ layer: CheckLayer,
        isFirst: Bool = false,
        isUp: Bool
    ) {
        let result = CheckResult(outcome == .passed ? .up : .down, layer, text: "words of the server")
        let event = CheckEvent(outcome, result, isFirst: isFirst, isServerUp: isUp, turnsServer: outcome != .failing)
        say(.server(server, .check(event)), check: 0)
    }

    // MARK: States

    private mutating func states() {
        for tellsStop in [false, true] {
            virtual.tellsStop = tellsStop
            for occasion in [Occasion.start, .running, .reload, .removal, .poolRemoval, .stop] {
                heading("a server, \(occasion)\(tellsStop ? ", omega" : "")")
                say(.server(virtual.realServers[0], .turned(isUp: true, occasion)))
                say(.server(virtual.realServers[0], .turned(isUp: false, occasion)))
            }
        }
        heading("a server that keeps its place")
        var server = virtual.realServers[0]
        server.whenDown = .quiesced
        server.notices = StateNotices()
        say(.server(server, .turned(isUp: false, .running)))
        say(.server(server, .turned(isUp: true, .running)))
        heading("weights, maintenance and trouble")
        say(.server(server, .weighted(from: 7, to: 18, isUp: true)))
        say(.server(server, .weighted(from: 18, to: 0, isUp: false)))
        say(.server(server, .maintenanceBegun))
        say(.server(server, .maintenanceEnded))
        say(.server(server, .unasked(CheckResult(.down, .director(.limit), text: "no descriptors"))))
        say(.resting(true))
        say(.resting(false))
    }

    private mutating func quorums() {
        virtual.quorum = Quorum(weight: 5, hysteresis: 2)
        virtual.notices = StateNotices(up: NoticeProgram(.words(["/usr/bin/quorum", "up"])))
        virtual.isQuorumMailed = true
        for occasion in [Occasion.start, .running, .reload, .removal, .poolRemoval, .stop] {
            heading("the quorum, \(occasion)")
            say(.quorum(QuorumEvent(isHeld: true, weight: 8, threshold: 7, occasion)))
            say(.quorum(QuorumEvent(isHeld: false, weight: 2, threshold: 3, occasion)))
        }
        virtual.isQuorumMailed = false
        for stays in [false, true] {
            heading("a sorry server\(stays ? " that stays" : "")")
            virtual.standby = Standby(virtual.realServers[0])
            virtual.standby?.staysWithoutWeight = stays
            say(.quorum(QuorumEvent(isHeld: false, weight: 2, threshold: 3, .running)))
            say(.quorum(QuorumEvent(isHeld: true, weight: 8, threshold: 7, .running)))
            say(.quorum(QuorumEvent(isHeld: true, weight: 8, threshold: 7, .start)))
        }
    }

    // MARK: The table

    private mutating func tables() {
        heading("the table")
        let subjects: [TableSubject] = [
            .service, .server(virtual.realServers[0]), .standby(Endpoint(address: .any(.ipv4), port: 80)),
            .surplus(Endpoint(address: .any(.ipv6), port: 80)),
        ]
        let errors: [IPVSError] = [.refused(.exists), .refused(.noSuchEntry), .refused(.noSuchService), .unanswered]
        for subject in subjects {
            for deed in [TableStep.Deed.added, .changed, .deleted] {
                for error in errors { say(.table(TableStep(deed, subject), .failed(error, retry: .seconds(4)))) }
            }
            say(.table(TableStep(.added, subject), .done))
            say(.table(TableStep(.purged(.stop), subject), .done))
            say(.drift(subject, .missing, .putBack))
        }
        say(.drift(subjects[1], .weight(3, instead: 1), .repaired))
        say(.drift(subjects[3], .added, .left))
        say(.drift(subjects[0], .settings, .putBackLater(.seconds(60))))
        say(.puttingBack(subjects[1]))
        say(.standby(.needed))
        say(.table(TableStep(.added, .service), .failed(.refused(.notPermitted), retry: nil)), entry: .mark(7, .ipv4))
    }

    // MARK: The process

    private mutating func daemon() {
        heading("the process")
        var configuration = DirectorConfiguration()
        configuration.virtualServers = [virtual]
        var former = configuration
        former.virtualServers[0].realServers.removeLast(6)
        let endpoint = Endpoint(address: .any(.ipv4), port: 25)
        let events: [DaemonEvent] = [
            .started(invocation: "keepalived -n", process: 7), .begun(configuration, process: 7), .reloadWanted,
            .replaced(configuration, former: former), .loaded(path: "/a.conf"),
            .loadFailed(path: "/a.conf", reason: "/a.conf: Permission denied"),
            .loadFailed(path: "/a.conf", reason: nil),
            .fileChanged(path: "/a.conf", isLoaded: true), .fileChanged(path: "/a.conf", isLoaded: false),
            .fileUnsettled(path: "/a.conf"), .fileGone(path: "/a.conf"), .loadSlow(path: "/a.conf"),
            .maintenanceFolderMissing(path: "/m"), .tableUnreadable(reason: "no answer"), .tableReadable,
            .commandFailed(line: "/bin/x a", reason: "exit status 1"), .commandSaid(line: "/bin/x a", words: "well"),
            .mail(.sent(to: endpoint)), .mail(.sent(to: nil)),
            .mail(.failed(subject: "s", reason: "r", isToServer: true, isGivenUp: false)),
            .mail(.failed(subject: "s", reason: "r", isToServer: true, isGivenUp: true)),
            .mail(.withoutRecipient(subject: "s")), .mail(.dropped(subject: "s")), .mail(.manyDropped(3)),
            .mail(.unsent(3)), .pipe(.unusable(path: "/p", reason: "Is a directory")),
            .pipe(.linesLost(path: "/p", count: 3)),
            .pipe(.readerEnded(path: "/p", reason: "exit status 1", seconds: 5)),
            .recordsFailed(path: "/m", reason: "full"),
            .recordsWritten(path: "/m"), .recordsLost(3), .linesLeftOut(3, seconds: 10, nil),
            .linesLeftOut(3, seconds: 10, ServerTally(count: 9, upCount: 4, changedCount: 2)), .stateWanted(process: 7),
            .status(nil), .checks(inFlight: 2, lag: 5), .kernelLate, .stopWanted,
            .ending(user: .microseconds(66_666), system: .milliseconds(13)), .terminated(signal: "TERM"),
        ]
        for event in events { for line in voice.lines(for: event) { text += "log \(line)\n" } }
    }
}
