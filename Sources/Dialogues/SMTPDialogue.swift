package import Addresses
package import Configuration

/// A greeting, `EHLO` or `HELO`, and TLS in between where it is wanted and offered.
///
/// A server that answers the second `EHLO` after TLS, or the first one without it, is up. No mail is sent.
package struct SMTPDialogue: DialogueMachine {
    private enum Step: String {
        case greeting = "the greeting"
        case extendedHello = "the answer to EHLO"
        case hello = "the answer to HELO"
        case startTLS = "the answer to STARTTLS"
        case handshake = "the TLS handshake"
    }

    private let startsTLS: Bool
    private let target: Endpoint
    private let security: TLSSettings?
    private var step: Step?
    private var isSecured = false
    private var replies = NumberedReplyReader(.everyLine)

    /// Makes the dialogue.
    ///
    /// - Parameters:
    ///   - startsTLS: Whether `security` is for TLS by STARTTLS, which is used where the server offers it; where the
    ///     certificate is to be verified, a server that does not offer it is down.
    ///   - target: The server.
    ///   - security: TLS from the first byte, or by STARTTLS.
    package init(startsTLS: Bool, target: Endpoint, security: TLSSettings?) {
        self.startsTLS = startsTLS
        self.target = target
        self.security = security
    }

    package mutating func start() -> [DialogueAction] {
        [.open(.main, target, .tcp, security: startsTLS ? nil : security)]
    }

    package mutating func connected(_ channel: DialogueChannel, local: Endpoint) -> [DialogueAction] {
        guard step == .handshake else {
            step = .greeting
            return []
        }
        isSecured = true
        replies = NumberedReplyReader(.everyLine)
        return ask(.extendedHello, "EHLO \(SMTPDialogue.clientName)")
    }

    package mutating func received(_ bytes: RawSpan, on channel: DialogueChannel) -> [DialogueAction] {
        var actions: [DialogueAction] = []
        var position = 0
        do throws(ReplyFault) {
            while let step, let reply = try replies.next(in: bytes, at: &position) {
                actions += answered(reply, step)
                // What comes in the clear behind the answer is not from the server that TLS will prove.
                if self.step == .handshake, position < bytes.byteCount {
                    actions.removeLast()
                    return actions + finish(.dialogue(.malformed), "bytes follow the answer to STARTTLS in the clear")
                }
            }
        } catch {
            return actions + finish(error.layer, error.text("SMTP"))
        }
        return actions
    }

    package mutating func ended(_ channel: DialogueChannel) -> [DialogueAction] {
        guard let step else { return [] }
        return finish(.dialogue(.closed), "the connection was closed before \(step.rawValue)")
    }

    package mutating func timerFired() -> [DialogueAction] { [] }

    /// The name that a check greets with; servers know it as that of one who has none.
    static let clientName = "localhost.localdomain"

    private mutating func answered(_ reply: NumberedReply, _ step: Step) -> [DialogueAction] {
        switch step {
        case .greeting:
            guard reply.code == 220 else { return finish(reply.layer, reply.text) }
            return ask(.extendedHello, "EHLO \(SMTPDialogue.clientName)")
        case .extendedHello:
            if reply.isCompletion { return greeted(reply) }
            guard !isSecured, reply.code != 421 else { return finish(reply.layer, reply.text) }
            return ask(.hello, "HELO \(SMTPDialogue.clientName)")
        case .hello:
            return reply.isCompletion ? greeted(reply) : finish(reply.layer, reply.text)
        case .startTLS:
            guard reply.code == 220 else { return finish(reply.layer, "STARTTLS is refused: \(reply.text)") }
            self.step = .handshake
            return [.startTLS(security ?? TLSSettings())]
        case .handshake:
            return []
        }
    }

    private mutating func greeted(_ reply: NumberedReply) -> [DialogueAction] {
        if startsTLS, !isSecured {
            if reply.lines.dropFirst().contains(where: SMTPDialogue.offersTLS) { return ask(.startTLS, "STARTTLS") }
            if security?.verifiesCertificate == true {
                return finish(.security(.handshake), "the server does not offer STARTTLS, so it has no certificate")
            }
        }
        step = nil
        return [.send(CommandLine.bytes("QUIT")), .finish(.up, .dialogue(.passed), text: reply.text)]
    }

    private static func offersTLS(_ line: [UInt8]) -> Bool {
        let word = line.prefix { $0 != UInt8(ascii: " ") }
        return String(decoding: word, as: UTF8.self).uppercased() == "STARTTLS"
    }

    private mutating func ask(_ step: Step, _ command: String) -> [DialogueAction] {
        self.step = step
        return [.send(CommandLine.bytes(command))]
    }

    private mutating func finish(_ layer: CheckLayer, _ text: String) -> [DialogueAction] {
        step = nil
        return [.finish(.down, layer, text: text)]
    }
}
