package import Addresses
package import Configuration

/// A greeting, `EHLO` or `HELO`, and TLS in between where it is wanted and offered.
///
/// A server that answers the second `EHLO` after TLS, or the first one without it, is up. No mail is sent.
package struct SMTPDialogue: ScriptedDialogue {
    /// The name in `EHLO` and `HELO`, which servers know as that of a host without a name of its own.
    static let clientName = "localhost.localdomain"

    var script: ReplyScript<NumberedReplyReader>

    /// Makes the dialogue.
    ///
    /// - Parameters:
    ///   - startsTLS: Whether `security` is for TLS by STARTTLS, which is used where the server offers it; where the
    ///     certificate is to be verified, a server that does not offer it is down.
    ///   - target: The server.
    ///   - security: TLS from the first byte, or by STARTTLS.
    package init(startsTLS: Bool, target: Endpoint, security: TLSSettings?) {
        let later = startsTLS ? security ?? TLSSettings() : nil
        script = ReplyScript(
            "SMTP",
            reading: NumberedReplyReader(.everyLine),
            target: target,
            security: startsTLS ? nil : security
        ) { _ in
            Step("the greeting") { reply in
                reply.code == 220 ? .go(Self.extendedHello(startingTLS: later)) : .fail(reply.layer, reply.text)
            }
        }
    }

    private static func extendedHello(startingTLS settings: TLSSettings?) -> Step {
        Step("the answer to EHLO", "EHLO \(clientName)") { reply in
            switch reply.code {
            case 200...299: greeted(reply, startingTLS: settings)
            case 421: .fail(reply.layer, reply.text)
            default: .go(hello(startingTLS: settings))
            }
        }
    }

    private static func hello(startingTLS settings: TLSSettings?) -> Step {
        Step("the answer to HELO", "HELO \(clientName)") { reply in
            reply.isCompletion ? greeted(reply, startingTLS: settings) : .fail(reply.layer, reply.text)
        }
    }

    private static func greeted(_ reply: NumberedReply, startingTLS settings: TLSSettings?) -> Move {
        guard let settings else { return .pass(reply.text) }
        if reply.lines.dropFirst().contains(where: offersTLS) { return .go(startTLS(settings)) }
        guard settings.verifiesCertificate else { return .pass(reply.text) }
        return .fail(.security(.handshake), "the server does not offer STARTTLS, so it has no certificate")
    }

    private static func startTLS(_ settings: TLSSettings) -> Step {
        Step("the answer to STARTTLS", "STARTTLS") { reply in
            guard reply.code == 220 else { return .fail(reply.layer, "STARTTLS is refused: \(reply.text)") }
            return .startTLS(settings, then: securedHello)
        }
    }

    private static let securedHello = Step("the answer to EHLO", "EHLO \(clientName)") { reply in
        reply.isCompletion ? .pass(reply.text) : .fail(reply.layer, reply.text)
    }

    private static func offersTLS(_ line: [UInt8]) -> Bool {
        let word = line.prefix { $0 != UInt8(ascii: " ") }
        return String(decoding: word, as: UTF8.self).uppercased() == "STARTTLS"
    }
}
