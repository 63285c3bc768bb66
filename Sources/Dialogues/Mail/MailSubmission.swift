package import Addresses

/// Hands a mail to a server over SMTP.
///
/// It has passed when the server took the mail for at least one recipient; the text then names those that were refused.
/// A failure by `status` 400 to 499 may pass later.
package struct MailSubmission: ScriptedDialogue {
    var script: ReplyScript<NumberedReplyReader>

    /// Makes the dialogue.
    ///
    /// - Parameters:
    ///   - message: The mail.
    ///   - target: The server.
    ///   - clientName: The full name of this host, that the server is greeted with; where it is nil, or servers would take it
    ///     for no name, the server is greeted with the address.
    package init(message: OutgoingMessage, target: Endpoint, clientName: String? = nil) {
        let reader = NumberedReplyReader(.everyLine)
        let name = clientName.flatMap { Self.isHostName($0) ? $0 : nil }
        script = ReplyScript("SMTP", reading: reader, target: target, security: nil) { local in
            Self.greeting(message, from: name ?? Self.literal(local.address))
        }
    }

    /// A step that goes on by the replies that `next` knows, and ends the session by every other one.
    private static func step(
        _ awaited: String,
        _ command: String? = nil,
        next: @escaping @Sendable (NumberedReply) -> Move?
    ) -> Step {
        Step(awaited, command) { next($0) ?? .refuse($0.layer, $0.text) }
    }

    private static func greeting(_ message: OutgoingMessage, from name: String) -> Step {
        step("the greeting") { $0.code == 220 ? .go(extendedHello(message, from: name)) : nil }
    }

    private static func extendedHello(_ message: OutgoingMessage, from name: String) -> Step {
        step("the answer to EHLO", "EHLO \(name)") { reply in
            switch reply.code {
            case 200...299: .go(sender(message))
            case 500...599: .go(hello(message, from: name))
            default: nil
            }
        }
    }

    private static func hello(_ message: OutgoingMessage, from name: String) -> Step {
        step("the answer to HELO", "HELO \(name)") { $0.isCompletion ? .go(sender(message)) : nil }
    }

    private static func sender(_ message: OutgoingMessage) -> Step {
        step("the answer to MAIL", "MAIL FROM:<\(message.returnPath.mailbox)>") { reply in
            reply.isCompletion ? nextRecipient(message, Refusals()) : nil
        }
    }

    /// The recipients that were asked for, and what became of them.
    private struct Refusals: Sendable {
        var asked = 0
        var texts: [String] = []
        var first: NumberedReply?

        /// `refused for <a@b> (550 no)`, for the log.
        var text: String { "refused for \(texts.joined(separator: ", "))" }
    }

    private static func nextRecipient(_ message: OutgoingMessage, _ refusals: Refusals) -> Move {
        guard refusals.asked == message.recipients.count else {
            return .go(recipient(message.recipients[refusals.asked], of: message, refusals))
        }
        if refusals.texts.count < refusals.asked { return .go(data(message, refusals)) }
        guard let first = refusals.first else { return .refuse(.director(.malformed), "the mail has no recipient") }
        return .refuse(first.layer, refusals.text)
    }

    private static func recipient(_ address: MailAddress, of message: OutgoingMessage, _ refusals: Refusals) -> Step {
        step("the answer to RCPT", "RCPT TO:<\(address.mailbox)>") { reply in
            guard reply.code != 421 else { return nil }
            var refusals = refusals
            refusals.asked += 1
            if !reply.isCompletion {
                if refusals.first == nil { refusals.first = reply }
                refusals.texts.append("\(address.mailbox) (\(reply.text))")
            }
            return nextRecipient(message, refusals)
        }
    }

    private static func data(_ message: OutgoingMessage, _ refusals: Refusals) -> Step {
        step("the answer to DATA", "DATA") { $0.code == 354 ? .go(contents(message, refusals)) : nil }
    }

    private static func contents(_ message: OutgoingMessage, _ refusals: Refusals) -> Step {
        Step("the answer to the message", bytes: stuffed(message.lines)) { reply in
            guard reply.isCompletion else { return .refuse(reply.layer, reply.text) }
            return .pass(refusals.texts.isEmpty ? reply.text : "\(reply.text), but \(refusals.text)")
        }
    }

    /// An address as it stands for the name of a host that has none.
    private static func literal(_ address: IPAddress) -> String {
        switch address {
        case .v4(let address): "[\(address)]"
        case .v6(let address): "[IPv6:\(address)]"
        }
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
