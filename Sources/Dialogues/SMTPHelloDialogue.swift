package import Addresses
package import Configuration

/// A greeting of SMTP, `HELO` with a name, and `QUIT`.
///
/// A server that greets with 220 and answers `HELO` with 250 is up, with whatever text and in however many lines, RFC 5321.
/// What it says to `QUIT` tells nothing more of its health.
package struct SMTPHelloDialogue: ScriptedDialogue {
    var script: ReplyScript<NumberedReplyReader>

    /// Makes the dialogue.
    ///
    /// - Parameters:
    ///   - name: The name in `HELO`.
    ///   - target: The server.
    ///   - security: TLS from the first byte.
    package init(name: String, target: Endpoint, security: TLSSettings?) {
        script = ReplyScript(
            "SMTP",
            reading: NumberedReplyReader(.everyLine),
            target: target,
            security: security
        ) { _ in
            Step("the greeting") { reply in
                reply.code == 220 ? .go(Self.hello(name)) : .fail(reply.layer, reply.text)
            }
        }
    }

    private static func hello(_ name: String) -> Step {
        Step("the answer to HELO", "HELO \(name)") { reply in
            reply.code == 250 ? .pass(reply.text) : .fail(reply.layer, reply.text)
        }
    }
}
