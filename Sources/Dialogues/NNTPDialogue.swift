package import Addresses
package import Configuration

/// A greeting of a news server that begins with 2.
package struct NNTPDialogue: ScriptedDialogue {
    var script: ReplyScript<NumberedReplyReader>

    /// Makes the dialogue.
    ///
    /// - Parameters:
    ///   - target: The server.
    ///   - security: TLS from the first byte.
    package init(target: Endpoint, security: TLSSettings?) {
        script = ReplyScript("NNTP", reading: NumberedReplyReader(.oneLine), target: target, security: security) { _ in
            Step("the greeting") { reply in
                reply.isCompletion ? .pass(reply.text) : .fail(reply.layer, reply.text)
            }
        }
    }
}
