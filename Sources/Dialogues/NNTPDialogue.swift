package import Addresses
package import Configuration

/// A greeting of a news server that begins with 2.
package struct NNTPDialogue: DialogueMachine {
    private let target: Endpoint
    private let security: TLSSettings?
    private var isReading = false
    private var replies = NumberedReplyReader(.oneLine)

    /// Makes the dialogue.
    ///
    /// - Parameters:
    ///   - target: The server.
    ///   - security: TLS from the first byte.
    package init(target: Endpoint, security: TLSSettings?) {
        self.target = target
        self.security = security
    }

    package mutating func start() -> [DialogueAction] {
        [.open(.main, target, .tcp, security: security)]
    }

    package mutating func connected(_ channel: DialogueChannel, local: Endpoint) -> [DialogueAction] {
        isReading = true
        return []
    }

    package mutating func received(_ bytes: RawSpan, on channel: DialogueChannel) -> [DialogueAction] {
        guard isReading else { return [] }
        var position = 0
        do throws(ReplyFault) {
            guard let reply = try replies.next(in: bytes, at: &position) else { return [] }
            guard reply.isCompletion else { return finish(reply.layer, reply.text) }
            isReading = false
            return [.send(CommandLine.bytes("QUIT")), .finish(.up, .dialogue(.passed), text: reply.text)]
        } catch {
            return finish(error.layer, error.text("NNTP"))
        }
    }

    package mutating func ended(_ channel: DialogueChannel) -> [DialogueAction] {
        guard isReading else { return [] }
        return finish(.dialogue(.closed), "the connection was closed before the greeting")
    }

    package mutating func timerFired() -> [DialogueAction] { [] }

    private mutating func finish(_ layer: CheckLayer, _ text: String) -> [DialogueAction] {
        isReading = false
        return [.finish(.down, layer, text: text)]
    }
}
