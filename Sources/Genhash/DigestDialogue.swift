package import Addresses
package import Dialogues

/// Asks a web server once and digests what it answers, until the body is complete or the connection ends.
///
/// The time of a server runs anew whenever something comes from it. The digest is found in the record.
package struct DigestDialogue: DialogueMachine {
    private let question: DigestQuestion
    private let endpoint: Endpoint
    private let patience: Duration
    private let record: DigestRecord
    private var body = GenhashBody()
    private var isConnected = false

    /// Makes the dialogue of a question with one of the addresses of its server.
    package init(_ question: DigestQuestion, with endpoint: Endpoint, patience: Duration, record: DigestRecord) {
        self.question = question
        self.endpoint = endpoint
        self.patience = patience
        self.record = record
    }

    package mutating func start() -> [DialogueAction] {
        [.open(.main, endpoint, .tcp, security: question.security), .wait(patience)]
    }

    package mutating func connected(_ channel: DialogueChannel, local: Endpoint) -> [DialogueAction] {
        isConnected = true
        return [.send(question.request), .wait(patience)]
    }

    package mutating func received(_ bytes: RawSpan, on channel: DialogueChannel) -> [DialogueAction] {
        let wasInHead = body.digest == nil
        var parts: [[UInt8]] = []
        body.received(bytes) { part in
            if record.isWatched { parts.append(part.withUnsafeBytes { Array($0) }) }
        }
        if record.isWatched {
            if wasInHead, body.digest != nil { record.show(head: body.head) }
            for part in parts { record.show(body: part, isFirst: wasInHead) }
        }
        if body.isComplete { return finish() }
        if body.isHeadTooLong {
            let text = "the header has no end within \(GenhashBody.headLimit) bytes"
            return [.finish(.down, .dialogue(.limit), text: text)]
        }
        return [.wait(patience)]
    }

    package mutating func ended(_ channel: DialogueChannel) -> [DialogueAction] {
        guard body.digest != nil else {
            let text = body.head.isEmpty ? "no answer" : "the answer has no empty line of CR LF behind its header"
            return [.finish(.down, .dialogue(body.head.isEmpty ? .closed : .malformed), text: text)]
        }
        return finish()
    }

    package mutating func timerFired() -> [DialogueAction] {
        guard isConnected else { return [.finish(.down, .transport(.timeout), text: "no connection in time")] }
        return [.finish(.down, .dialogue(.timeout), text: "no complete answer in time")]
    }

    private func finish() -> [DialogueAction] {
        record.keep(body)
        return [.finish(.up, .dialogue(.passed), text: body.status?.line ?? "no status line")]
    }
}
