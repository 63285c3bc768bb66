import Addresses
import Configuration
import Dialogues
import Testing

struct NegotiationMachineTests {
    private static let target = Endpoint(address: .v4(IPv4Address(value: 0x0a00_0001)), port: 99)
    private static let somebody = Credentials(login: "somebody", password: "word")

    static let dialogues: [(Negotiation.Dialogue, DialogueTransport)] = [
        (.http(HTTPRequest(target: "/", host: "h")), .tcp), (.smtp(startsTLS: false), .tcp), (.pop(nil), .tcp),
        (.imap(somebody), .tcp), (.ftp(somebody, file: nil, nil), .tcp), (.nntp, .tcp),
        (.ldap(base: "dc=x", nil, nil), .tcp), (.dns(name: "x", .udp, nil), .udp), (.dns(name: "x", .tcp, nil), .tcp),
        (.mysql(somebody, database: "d", query: nil), .tcp), (.postgreSQL(somebody, database: "d", query: nil), .tcp),
        (.radius(somebody, secret: "s"), .udp), (.simpleTCP(request: [], nil), .tcp),
        (.sip(login: "x", .udp), .udp), (.sip(login: "x", .tcp), .tcp), (.smtpHello(name: "x"), .tcp),
        (.http(HTTPRequest(target: "/", host: "h", by: .http10)), .tcp), (.dnsStatus(name: "x", .text), .udp),
        (.datagram([1], DatagramRule()), .udp),
    ]

    @Test(arguments: dialogues)
    func everyDialogueBeginsWithItsServer(dialogue: Negotiation.Dialogue, transport: DialogueTransport) {
        var machine = Negotiation(dialogue).machine(for: Self.target, nonce: DialogueNonce(high: 1, low: 2))
        #expect(machine.start().first == .open(.main, Self.target, transport, security: nil))
    }
}
