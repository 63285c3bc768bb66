import Addresses
import Configuration
import Dialogues
import Testing

struct TLSHelloDialogueTests {
    private func verdict(_ bytes: [UInt8], size: Int, ends: Bool = false) -> DialogueAction? {
        var machine = Negotiation(.tls).machine(for: TextScript.server, nonce: .zero)
        var actions = machine.start() + machine.connected(.main, local: TextScript.local)
        #expect(actions.first == .open(.main, TextScript.server, .tcp, security: nil))
        guard case .send(let hello) = actions.last else {
            Issue.record("no hello")
            return nil
        }
        #expect(hello.starts(with: [22, 3, 1]))
        #expect(Int(hello[3]) << 8 | Int(hello[4]) == hello.count - 5)
        actions = []
        for start in stride(from: 0, to: bytes.count, by: size) where actions.isEmpty {
            actions = machine.received(Array(bytes[start..<min(start + size, bytes.count)]).span.bytes, on: .main)
        }
        if ends, actions.isEmpty { actions = machine.ended(.main) }
        return actions.last
    }

    @Test(
        arguments: [
            ("160303 0040 02 00003c 0303", .up("TLS: the server says hello")),
            ("160300 0040 02", .up("TLS: the server says hello")),
            ("150301 0002 02 28", .up("TLS: the server answers with alert 40")),
            ("150303 0002 01 00 150303 0002", .up("TLS: the server answers with alert 0")),
            ("160303 0040 01", .down(.malformed, "the answer is not TLS: ????@?")),
            ("170303 0040 02", .down(.malformed, "the answer is not TLS: ????@?")),
            ("160203 0040 02", .down(.malformed, "the answer is not TLS: ????@?")),
            ("160303 0000 02", .down(.malformed, "the answer is not TLS: ??????")),
            ("160303 ffff 02", .down(.malformed, "the answer is not TLS: ??????")),
            ("\"HTTP/1.1 400 Bad Request\" 0d0a", .down(.malformed, "the answer is not TLS: HTTP/1.")),
            ("\"220 mail\" 0d0a", .down(.malformed, "the answer is not TLS: 220 mai")),
            ("1603", .down(.closed, "the connection was closed before an answer to the hello of TLS")),
            ("", .down(.closed, "the connection was closed before an answer to the hello of TLS")),
        ] as [(String, DialogueAction)]
    )
    func aHandshakeOrAnAlertWillDo(answer: String, end: DialogueAction) {
        #expect(verdict(octets(answer), size: 100, ends: true) == end)
        guard case .finish(let verdict, let layer, _) = end,
            case .finish(let found, let foundLayer, _) = self.verdict(octets(answer), size: 1, ends: true)
        else {
            Issue.record("no verdict")
            return
        }
        #expect(found == verdict && foundLayer == layer)
    }

    @Test func aCertificateIsVerifiedInAWholeHandshake() {
        let security = TLSSettings(verifiesCertificate: true, serverName: "www.example.com")
        var machine = Negotiation(.tls, security: security).machine(for: TextScript.server, nonce: .zero)
        #expect(machine.start() == [.open(.main, TextScript.server, .tcp, security: security)])
        #expect(machine.connected(.main, local: TextScript.local) == [.up("TLS handshake")])
    }

    @Test(arguments: [("www.example.com", true), ("10.0.0.1", false), (String(repeating: "x", count: 256), false)])
    func theNameIsSent(name: String, isSent: Bool) {
        let security = TLSSettings(serverName: name)
        var machine = Negotiation(.tls, security: security).machine(for: TextScript.server, nonce: .zero)
        guard case .send(let hello) = machine.connected(.main, local: TextScript.local).last else {
            Issue.record("no hello")
            return
        }
        #expect(String(decoding: hello, as: Unicode.ASCII.self).contains(name) == isSent)
    }
}
