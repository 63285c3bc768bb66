package import Addresses
package import Configuration
import Patterns

/// Bytes that are sent, the end of sending, and a line among those received that matches.
///
/// Each line is searched with its LF, the last one without where it has none. Without a pattern any line will do.
package struct SimpleTCPDialogue: DialogueMachine {
    /// The bytes that are looked at.
    package static let answerLimit = 1 << 20
    /// The lines that are looked at.
    package static let linesAtMost = 10_000

    private let request: [UInt8]
    private let source: ContentPattern?
    private let target: Endpoint
    private let security: TLSSettings?
    private var isReading = false
    private var pattern: Pattern?
    private var lines = ReplyLines(
        lineLimit: SimpleTCPDialogue.answerLimit,
        answerLimit: SimpleTCPDialogue.answerLimit,
        takesReturn: false
    )
    private var allowance = PatternAllowance()
    private var count = 0
    private var first: [UInt8]?

    /// Makes the dialogue.
    ///
    /// - Parameters:
    ///   - request: What is sent, which may be nothing.
    ///   - pattern: What must be found in a line.
    ///   - target: The server.
    ///   - security: TLS from the first byte.
    package init(request: [UInt8], pattern: ContentPattern?, target: Endpoint, security: TLSSettings?) {
        self.request = request
        source = pattern
        self.target = target
        self.security = security
    }

    package mutating func start() -> [DialogueAction] {
        if let source {
            do {
                pattern = try source.compiled()
            } catch {
                return finish(.director(.malformed), "the pattern is malformed: \(error.message)")
            }
        }
        return [.open(.main, target, .tcp, security: security)]
    }

    package mutating func connected(_ channel: DialogueChannel, local: Endpoint) -> [DialogueAction] {
        isReading = true
        return request.isEmpty ? [.endSending] : [.send(request), .endSending]
    }

    package mutating func received(_ bytes: RawSpan, on channel: DialogueChannel) -> [DialogueAction] {
        var position = 0
        do throws(ReplyFault) {
            while isReading, let line = try lines.next(in: bytes, at: &position) {
                if let actions = look(at: line, end: [0x0a]) { return actions }
            }
        } catch {
            return finish(error.layer, "no line matches within \(SimpleTCPDialogue.answerLimit) bytes")
        }
        return []
    }

    package mutating func ended(_ channel: DialogueChannel) -> [DialogueAction] {
        guard isReading else { return [] }
        if !lines.beginning.isEmpty, let actions = look(at: lines.beginning, end: []) { return actions }
        guard let first else { return finish(.dialogue(.closed), "the connection was closed without an answer") }
        return finish(.dialogue(.mismatch), "no line matches; the first is: \(String(printable: first, atMost: 80))")
    }

    /// Takes a line; nil where more is to be read.
    private mutating func look(at line: [UInt8], end: [UInt8]) -> [DialogueAction]? {
        let shown = line.last == 0x0d ? line.dropLast() : line
        count += 1
        if first == nil { first = shown }
        switch pattern?.search(line + end, within: &allowance) {
        case nil, .found:
            isReading = false
            return [.finish(.up, .dialogue(.passed), text: String(printable: shown))]
        case .limit: return finish(.dialogue(.limit), "searching a line takes too long")
        case .notFound: break
        }
        guard count < SimpleTCPDialogue.linesAtMost else {
            return finish(.dialogue(.limit), "no line matches within \(SimpleTCPDialogue.linesAtMost) lines")
        }
        return nil
    }

    private mutating func finish(_ layer: CheckLayer, _ text: String) -> [DialogueAction] {
        isReading = false
        return [.finish(.down, layer, text: text)]
    }
}
