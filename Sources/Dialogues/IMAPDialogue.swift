package import Addresses
package import Configuration

/// A greeting of IMAP4, and `LOGIN` where a login is set.
package struct IMAPDialogue: ScriptedDialogue {
    private static let tag = "a1"

    var script: ReplyScript<TaggedReplyReader>

    /// Makes the dialogue.
    ///
    /// - Parameters:
    ///   - credentials: Who logs in; nil to be content with the greeting.
    ///   - target: The server.
    ///   - security: TLS from the first byte.
    package init(_ credentials: Credentials?, target: Endpoint, security: TLSSettings?) {
        let reader = TaggedReplyReader()
        script = ReplyScript("IMAP", reading: reader, farewell: "a2 LOGOUT", target: target, security: security) { _ in
            Step("the greeting") { reply throws(ReplyFault) in
                switch (reply.tag, reply.status) {
                case ("*", "OK"): Self.greeted(reply, credentials)
                case ("*", "PREAUTH"): .pass(reply.text)
                case ("*", "BYE"): .fail(.dialogue(.refused), reply.text)
                default: throw .malformed(reply.line)
                }
            }
        }
    }

    private static func greeted(_ reply: TaggedReplyReader.Reply, _ credentials: Credentials?) -> Move {
        guard let credentials else { return .pass(reply.text) }
        // A client that is told LOGINDISABLED must not send the password.
        if String(printable: reply.line, atMost: reply.line.count).uppercased().contains(" LOGINDISABLED") {
            return .fail(
                .dialogue(.authentication),
                "the server allows no LOGIN on this connection (LOGINDISABLED)"
            )
        }
        return .go(login(command(credentials)[...]))
    }

    /// The rest of the command, of which the first part is sent; behind each the server is waited for.
    private static func login(_ parts: ArraySlice<[UInt8]>) -> Step {
        let rest = parts.dropFirst()
        return Step("the answer to LOGIN", bytes: parts.first ?? []) { reply throws(ReplyFault) in
            switch (reply.tag, reply.status) {
            case ("+", _) where !rest.isEmpty: .go(login(rest))
            case ("*", "BYE"): .fail(.dialogue(.refused), reply.text)
            case ("*", _): .stay
            case (tag, "OK"): .pass(reply.text)
            case (tag, "NO"): refusal(reply)
            case (tag, "BAD"): .refuse(.dialogue(.refused), reply.text)
            default: throw .malformed(reply.line)
            }
        }
    }

    /// A login that is refused, for the credentials unless the server names another reason.
    private static func refusal(_ reply: TaggedReplyReader.Reply) -> Move {
        let text = reply.text.uppercased()
        let isOther = ["[UNAVAILABLE]", "[INUSE]", "[SERVERBUG]", "[LIMIT]"].contains { text.contains($0) }
        return .refuse(.dialogue(isOther ? .refused : .authentication), reply.text)
    }

    /// The command in parts: behind each but the last the server is waited for.
    private static func command(_ credentials: Credentials) -> [[UInt8]] {
        var parts = [Array("\(tag) LOGIN ".utf8)]
        append(credentials.login, to: &parts)
        parts[parts.count - 1].append(UInt8(ascii: " "))
        append(credentials.password, to: &parts)
        parts[parts.count - 1] += [0x0d, 0x0a]
        return parts
    }

    /// A string in quotes, or counted where it has what may not stand in quotes.
    private static func append(_ text: String, to parts: inout [[UInt8]]) {
        let bytes = ProtocolLine.contents(text)
        guard bytes.allSatisfy({ $0 < 0x80 }) else {
            parts[parts.count - 1] += Array("{\(bytes.count)}\r\n".utf8)
            parts.append(bytes)
            return
        }
        var quoted = [UInt8(ascii: "\"")]
        for byte in bytes {
            if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { quoted.append(UInt8(ascii: "\\")) }
            quoted.append(byte)
        }
        parts[parts.count - 1] += quoted + [UInt8(ascii: "\"")]
    }
}
