package import Addresses
package import Configuration

/// Bytes that are sent in one datagram, and what comes back for it.
///
/// A port that is closed tells so, and the server is down at once. Where no answer is needed, one that says nothing until
/// the deadline is up, and so is one that says anything.
package struct DatagramDialogue: DialogueMachine {
    private let payload: [UInt8]
    private let rule: DatagramRule
    private let target: Endpoint
    private var isWaiting = false

    /// Makes the dialogue.
    ///
    /// - Parameters:
    ///   - payload: What is sent; with nothing in it, an empty datagram.
    ///   - rule: What has to come back.
    ///   - target: The server.
    package init(payload: [UInt8], rule: DatagramRule, target: Endpoint) {
        self.payload = payload
        self.rule = rule
        self.target = target
    }

    package mutating func start() -> [DialogueAction] { [.open(.main, target, .udp, security: nil)] }

    package mutating func connected(_ channel: DialogueChannel, local: Endpoint) -> [DialogueAction] {
        isWaiting = true
        return [.send(payload)]
    }

    package mutating func received(_ bytes: RawSpan, on channel: DialogueChannel) -> [DialogueAction] {
        guard isWaiting else { return [] }
        isWaiting = false
        let count = bytes.byteCount
        guard rule.needsReply else { return [.finish(.up, .dialogue(.passed), text: "an answer of \(count) bytes")] }
        guard rule.lengths.contains(count) else {
            let (least, most) = (rule.lengths.lowerBound, rule.lengths.upperBound)
            let text = "the answer has \(count) bytes, and not \(least) to \(most)"
            return [.finish(.down, .dialogue(.mismatch), text: text)]
        }
        if let beginning = rule.beginning {
            let answer = bytes.withUnsafeBytes { Array($0.prefix(beginning.bytes.count)) }
            guard beginning.matchesBeginning(of: answer) else {
                let shown = String(printable: answer, atMost: 40)
                let text = "the answer of \(count) bytes does not begin as it has to: \(shown)"
                return [.finish(.down, .dialogue(.mismatch), text: text)]
            }
        }
        return [.finish(.up, .dialogue(.passed), text: "the answer of \(count) bytes fits")]
    }

    package mutating func ended(_ channel: DialogueChannel) -> [DialogueAction] { [] }

    package var believesRefusals: Bool { true }

    package var lateVerdict: CheckResult.Verdict { rule.needsReply ? .down : .up }

    package var lateness: (layer: CheckLayer, text: String)? {
        rule.needsReply ? nil : (.dialogue(.passed), "no answer, and no refusal")
    }
}
