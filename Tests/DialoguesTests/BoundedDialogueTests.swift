import Addresses
import Configuration
import Dialogues
import Testing

/// Servers that send small messages without end, all of them in order.
struct BoundedDialogueTests {
    struct Endless: Sendable, CustomTestStringConvertible {
        let name: String
        let dialogue: Negotiation.Dialogue
        /// What leads to where the messages are in order.
        let first: [UInt8]
        let again: [UInt8]
        var testDescription: String { name }

        init(_ name: String, _ dialogue: Negotiation.Dialogue, _ again: [UInt8]) {
            self.init(name, dialogue, [], again)
        }

        init(_ name: String, _ dialogue: Negotiation.Dialogue, _ first: [UInt8], _ again: [UInt8]) {
            self.name = name
            self.dialogue = dialogue
            self.first = first
            self.again = again
        }
    }

    private static let credentials = Credentials(login: "a", password: "b")

    static let all: [Endless] = [
        Endless("FTP", .ftp(credentials, file: nil, nil), octets(of: "100 x\r\n")),
        Endless("SMTP", .smtp(startsTLS: false), octets(of: "220-\r\n")),
        Endless("SMTP, HELO", .smtpHello(name: "x"), octets(of: "220-\r\n")),
        Endless("IMAP", .imap(credentials), octets(of: "* OK\r\n"), octets(of: "* x\r\n")),
        Endless("SIP", .sip(login: "", .tcp), octets(of: "SIP/2.0 100 x\r\n\r\n")),
        Endless("SIP, empty lines", .sip(login: "", .tcp), octets(of: "\r\n")),
        Endless(
            "LDAP",
            .ldap(base: "", nil, nil),
            octets("30 0c 02 01 01 61 07 0a 01 00 04 00 04 00"),
            octets("30 05 02 01 02 73 00 ; a reference")
        ),
        Endless("PostgreSQL", .postgreSQL(credentials, database: "", query: nil), octets("4e 00000005 00 ; a notice")),
        Endless(
            "MySQL",
            .mysql(credentials, database: "", query: nil),
            BinaryScenario.mySQLGreeting(method: "caching_sha2_password"),
            octets("020000 02 01 03 ; the password is known")
        ),
    ]

    private func machine(_ dialogue: Negotiation.Dialogue) -> any DialogueMachine {
        var machine = Negotiation(dialogue).machine(for: TextScript.server, nonce: .zero)
        _ = machine.start() + machine.connected(.main, local: TextScript.local)
        return machine
    }

    @Test(arguments: all, [1, 1000, 65_536])
    func aServerIsStopped(server: Endless, size: Int) {
        var machine = machine(server.dialogue)
        var sent = 0
        var actions = server.first.isEmpty ? [] : machine.received(server.first.span.bytes, on: .main)
        let count = size == 1 ? server.again.count : max(size / server.again.count, 1) * server.again.count
        let piece = (0..<count).map { server.again[$0 % server.again.count] }
        while sent < 2 * BoundedDialogue.streamLimit {
            actions = machine.received(piece.span.bytes, on: .main)
            sent += piece.count
            if case .finish = actions.last { break }
        }
        guard case .finish(.down, .dialogue(.limit), _) = actions.last else {
            Issue.record("\(sent) bytes, and then \(actions)")
            return
        }
        #expect(sent <= BoundedDialogue.streamLimit + piece.count)
    }

    @Test func whatComesInTimeCounts() {
        var machine = machine(.nntp)
        let bytes = octets(of: "200 hello\r\n") + [UInt8](repeating: 0x78, count: 2 * BoundedDialogue.streamLimit)
        guard case .finish(.up, _, _) = machine.received(bytes.span.bytes, on: .main).last else {
            Issue.record("not up")
            return
        }
    }

    /// Datagrams of others use up no more than their own share of the work, and decide nothing.
    @Test(arguments: [
        Negotiation.Dialogue.sip(login: "", .udp), .dns(name: "www.test", .udp, nil), .radius(credentials, secret: "x"),
        .dnsStatus(name: "www.test", .address),
    ])
    func datagramsWithoutEndDecideNothing(dialogue: Negotiation.Dialogue) {
        var machine = machine(dialogue)
        let datagram: [UInt8] = [1, 2, 3]
        for _ in 0..<BoundedDialogue.datagramLimit / BoundedDialogue.datagramCost + 100 {
            guard machine.received(datagram.span.bytes, on: .main) == [.keepWaiting] else {
                Issue.record("a datagram of others decides something")
                return
            }
        }
    }
}
