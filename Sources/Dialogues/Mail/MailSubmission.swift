package import Addresses

/// Hands a mail to a server over SMTP.
///
/// It has passed when the server took the mail for at least one recipient; the text then names those that were refused.
/// A failure by `status` 400 to 499 may pass later.
package struct MailSubmission: DialogueMachine {
    private enum Step: Hashable {
        case greeting
        case extendedHello
        case hello
        case sender
        case recipient(Int)
        case data
        case message

        var text: String {
            switch self {
            case .greeting: "the greeting"
            case .extendedHello: "the answer to EHLO"
            case .hello: "the answer to HELO"
            case .sender: "the answer to MAIL"
            case .recipient: "the answer to RCPT"
            case .data: "the answer to DATA"
            case .message: "the answer to the message"
            }
        }
    }

    private let message: OutgoingMessage
    private let target: Endpoint
    private let clientName: String?
    private var greetingName = ""
    private var step: Step?
    private var replies = NumberedReplyReader(.everyLine)
    private var isAnyAccepted = false
    private var refused: [String] = []
    private var firstRefusal: NumberedReply?

    /// Makes the dialogue.
    ///
    /// - Parameters:
    ///   - message: The mail.
    ///   - target: The server.
    ///   - clientName: The full name of this host, that the server is greeted with; where it is nil, or servers would take it
    ///     for no name, the server is greeted with the address.
    package init(message: OutgoingMessage, target: Endpoint, clientName: String? = nil) {
        self.message = message
        self.target = target
        self.clientName = clientName
    }

    package mutating func start() -> [DialogueAction] {
        [.open(.main, target, .tcp, security: nil)]
    }

    package mutating func connected(_ channel: DialogueChannel, local: Endpoint) -> [DialogueAction] {
        step = .greeting
        let literal: String
        switch local.address {
        case .v4(let address): literal = "[\(address)]"
        case .v6(let address): literal = "[IPv6:\(address)]"
        }
        greetingName = clientName.flatMap { MailSubmission.isHostName($0) ? $0 : nil } ?? literal
        return []
    }

    package mutating func received(_ bytes: RawSpan, on channel: DialogueChannel) -> [DialogueAction] {
        var actions: [DialogueAction] = []
        var position = 0
        do throws(ReplyFault) {
            while let step, let reply = try replies.next(in: bytes, at: &position) {
                actions += answered(reply, step)
            }
        } catch {
            return actions + finish(error.layer, error.text("SMTP"))
        }
        return actions
    }

    package mutating func ended(_ channel: DialogueChannel) -> [DialogueAction] {
        guard let step else { return [] }
        return finish(.dialogue(.closed), "the connection was closed before \(step.text)")
    }

    package mutating func timerFired() -> [DialogueAction] { [] }

    private mutating func answered(_ reply: NumberedReply, _ step: Step) -> [DialogueAction] {
        switch (step, reply.code) {
        case (.greeting, 220): return ask(.extendedHello, "EHLO \(greetingName)")
        case (.extendedHello, 200...299), (.hello, 200...299):
            return ask(.sender, "MAIL FROM:<\(message.returnPath.mailbox)>")
        case (.extendedHello, 500...599): return ask(.hello, "HELO \(greetingName)")
        case (.sender, 200...299): return askNextRecipient(0)
        case (.recipient(let index), let code) where code != 421:
            if reply.isCompletion {
                isAnyAccepted = true
            } else {
                if firstRefusal == nil { firstRefusal = reply }
                refused.append("\(message.recipients[index].mailbox) (\(reply.text))")
            }
            return askNextRecipient(index + 1)
        case (.data, 354):
            self.step = .message
            return [.send(MailSubmission.stuffed(message.lines))]
        case (.message, 200...299):
            self.step = nil
            let rest = refused.isEmpty ? "" : ", but refused for \(refused.joined(separator: ", "))"
            return [.send(CommandLine.bytes("QUIT")), .finish(.up, .dialogue(.passed), text: reply.text + rest)]
        default:
            return [.send(CommandLine.bytes("QUIT"))] + finish(reply.layer, reply.text)
        }
    }

    private mutating func askNextRecipient(_ index: Int) -> [DialogueAction] {
        if index < message.recipients.count {
            return ask(.recipient(index), "RCPT TO:<\(message.recipients[index].mailbox)>")
        }
        if isAnyAccepted { return ask(.data, "DATA") }
        let layer = firstRefusal?.layer ?? .director(.malformed)
        let text = refused.isEmpty ? "the mail has no recipient" : "refused for \(refused.joined(separator: ", "))"
        return [.send(CommandLine.bytes("QUIT"))] + finish(layer, text)
    }

    private mutating func ask(_ step: Step, _ command: String) -> [DialogueAction] {
        self.step = step
        return [.send(CommandLine.bytes(command))]
    }

    private mutating func finish(_ layer: CheckLayer, _ text: String) -> [DialogueAction] {
        step = nil
        return [.finish(.down, layer, text: text)]
    }

    /// Letters, digits, dots and hyphens, and at least one dot: what servers that look at the name ask for.
    private static func isHostName(_ name: String) -> Bool {
        let isAllowed = { (scalar: Unicode.Scalar) in
            scalar.isASCII && (scalar.properties.isAlphabetic || "0123456789.-".unicodeScalars.contains(scalar))
        }
        return name.utf8.count <= 255 && name.utf8.contains(UInt8(ascii: "."))
            && name.unicodeScalars.allSatisfy(isAllowed)
    }

    /// The lines as they follow `DATA`: with a dot in front of each that begins with one, and one alone at the end.
    private static func stuffed(_ lines: [[UInt8]]) -> [UInt8] {
        let dot = UInt8(ascii: ".")
        var bytes: [UInt8] = []
        for line in lines {
            if line.first == dot { bytes.append(dot) }
            bytes += line + [0x0d, 0x0a]
        }
        return bytes + [dot, 0x0d, 0x0a]
    }
}
