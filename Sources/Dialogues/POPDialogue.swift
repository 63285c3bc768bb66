package import Addresses
package import Configuration
import Digests

/// A greeting of POP3, and a login where one is set.
///
/// Where the greeting has a stamp, the login is by `APOP`; where that is refused, or there is none, by name and password.
package struct POPDialogue: ScriptedDialogue {
    var script: ReplyScript<StatusReplyReader>

    /// Makes the dialogue.
    ///
    /// - Parameters:
    ///   - credentials: Who logs in; nil to be content with the greeting.
    ///   - target: The server.
    ///   - security: TLS from the first byte.
    package init(_ credentials: Credentials?, target: Endpoint, security: TLSSettings?) {
        script = ReplyScript("POP3", reading: StatusReplyReader(), target: target, security: security) { _ in
            Step("the greeting") { reply in
                guard reply.isPositive else { return .fail(.dialogue(.refused), reply.text) }
                guard let credentials else { return .pass(reply.text) }
                return .go(Self.stamp(reply.line).map { Self.digest($0, credentials) } ?? Self.name(credentials))
            }
        }
    }

    private static func digest(_ stamp: [UInt8], _ credentials: Credentials) -> Step {
        let digest = Digest.md5(stamp + ProtocolLine.contents(credentials.password))
        return Step("the answer to APOP", "APOP \(credentials.login) \(Hexadecimal.encode(digest))") { reply in
            reply.isPositive ? .pass(reply.text) : .go(name(credentials))
        }
    }

    private static func name(_ credentials: Credentials) -> Step {
        Step("the answer to USER", "USER \(credentials.login)") { reply in
            reply.isPositive ? .go(password(credentials)) : refusal(reply)
        }
    }

    private static func password(_ credentials: Credentials) -> Step {
        Step("the answer to PASS", "PASS \(credentials.password)") { reply in
            reply.isPositive ? .pass(reply.text) : refusal(reply)
        }
    }

    /// A login that is refused, for the credentials unless the server names another reason.
    private static func refusal(_ reply: StatusReplyReader.Reply) -> Move {
        let text = reply.text.uppercased()
        let isOther = ["[IN-USE]", "[LOGIN-DELAY]", "[SYS/"].contains { text.hasPrefix("-ERR \($0)") }
        return .refuse(.dialogue(isOther ? .refused : .authentication), reply.text)
    }

    /// What stands in angle brackets in a greeting, brackets included.
    private static func stamp(_ line: [UInt8]) -> [UInt8]? {
        guard let start = line.firstIndex(of: UInt8(ascii: "<")) else { return nil }
        guard let end = line[start...].firstIndex(of: UInt8(ascii: ">")) else { return nil }
        let stamp = line[start...end]
        return stamp.contains(UInt8(ascii: " ")) ? nil : Array(stamp)
    }
}
