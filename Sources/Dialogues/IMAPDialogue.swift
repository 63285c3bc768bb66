package import Addresses
package import Configuration

/// A greeting of IMAP4, and `LOGIN` where a login is set.
package struct IMAPDialogue: DialogueMachine {
    private enum Step: String {
        case greeting = "the greeting"
        case login = "the answer to LOGIN"
    }

    private let credentials: Credentials?
    private let target: Endpoint
    private let security: TLSSettings?
    private var step: Step?
    private var lines = ReplyLines()
    /// What is left of the command, to be sent when the server asks for it.
    private var continuations: [[UInt8]] = []

    /// Makes the dialogue.
    ///
    /// - Parameters:
    ///   - credentials: Who logs in; nil to be content with the greeting.
    ///   - target: The server.
    ///   - security: TLS from the first byte.
    package init(_ credentials: Credentials?, target: Endpoint, security: TLSSettings?) {
        self.credentials = credentials
        self.target = target
        self.security = security
    }

    package mutating func start() -> [DialogueAction] {
        [.open(.main, target, .tcp, security: security)]
    }

    package mutating func connected(_ channel: DialogueChannel, local: Endpoint) -> [DialogueAction] {
        step = .greeting
        return []
    }

    package mutating func received(_ bytes: RawSpan, on channel: DialogueChannel) -> [DialogueAction] {
        var actions: [DialogueAction] = []
        var position = 0
        do throws(ReplyFault) {
            while let step, let line = try lines.next(in: bytes, at: &position) {
                actions += try answered(line, step)
            }
            if step == .greeting, let first = lines.beginning.first, first != UInt8(ascii: "*") {
                throw .malformed(lines.beginning)
            }
        } catch {
            return actions + finish(error.layer, error.text("IMAP"))
        }
        return actions
    }

    package mutating func ended(_ channel: DialogueChannel) -> [DialogueAction] {
        guard let step else { return [] }
        return finish(.dialogue(.closed), "the connection was closed before \(step.rawValue)")
    }

    package mutating func timerFired() -> [DialogueAction] { [] }

    private mutating func answered(_ line: [UInt8], _ step: Step) throws(ReplyFault) -> [DialogueAction] {
        let words = line.split(separator: UInt8(ascii: " "), maxSplits: 2, omittingEmptySubsequences: false)
        let first = String(decoding: words.first ?? [], as: UTF8.self)
        let second = words.count > 1 ? String(decoding: words[1], as: UTF8.self).uppercased() : ""
        switch step {
        case .greeting:
            guard first == "*" else { throw .malformed(line) }
            switch second {
            case "OK": return greeted(line)
            case "PREAUTH": return pass(line)
            case "BYE": return finish(.dialogue(.refused), String(printable: line))
            default: throw .malformed(line)
            }
        case .login:
            if first == "+" {
                guard !continuations.isEmpty else { throw .malformed(line) }
                return [.send(continuations.removeFirst())]
            }
            if first == "*" {
                return second == "BYE" ? finish(.dialogue(.refused), String(printable: line)) : []
            }
            guard first == IMAPDialogue.tag else { throw .malformed(line) }
            switch second {
            case "OK": return pass(line)
            case "NO": return refuse(line)
            case "BAD": return leave(.dialogue(.refused), line)
            default: throw .malformed(line)
            }
        }
    }

    private mutating func greeted(_ line: [UInt8]) -> [DialogueAction] {
        lines.beginAnswer()
        guard let credentials else { return pass(line) }
        // Who is told this must not send the password.
        if String(printable: line, atMost: line.count).uppercased().contains(" LOGINDISABLED") {
            return finish(.dialogue(.authentication), "the server allows no LOGIN on this connection (LOGINDISABLED)")
        }
        continuations = IMAPDialogue.login(credentials)
        step = .login
        return [.send(continuations.removeFirst())]
    }

    private mutating func pass(_ line: [UInt8]) -> [DialogueAction] {
        step = nil
        return [.send(IMAPDialogue.logout), .finish(.up, .dialogue(.passed), text: String(printable: line))]
    }

    /// A login that is refused, for the credentials unless the server names another reason.
    private mutating func refuse(_ line: [UInt8]) -> [DialogueAction] {
        let text = String(printable: line).uppercased()
        let isOther = ["[UNAVAILABLE]", "[INUSE]", "[SERVERBUG]", "[LIMIT]"].contains { text.contains($0) }
        return leave(.dialogue(isOther ? .refused : .authentication), line)
    }

    private mutating func leave(_ layer: CheckLayer, _ line: [UInt8]) -> [DialogueAction] {
        [.send(IMAPDialogue.logout)] + finish(layer, String(printable: line))
    }

    private mutating func finish(_ layer: CheckLayer, _ text: String) -> [DialogueAction] {
        step = nil
        return [.finish(.down, layer, text: text)]
    }

    private static let tag = "a1"
    private static let logout = CommandLine.bytes("a2 LOGOUT")

    /// The command in parts: behind each but the last the server is waited for.
    private static func login(_ credentials: Credentials) -> [[UInt8]] {
        var parts = [Array("\(tag) LOGIN ".utf8)]
        append(credentials.login, to: &parts)
        parts[parts.count - 1].append(UInt8(ascii: " "))
        append(credentials.password, to: &parts)
        parts[parts.count - 1] += [0x0d, 0x0a]
        return parts
    }

    /// A string in quotes, or counted where it has what may not stand in quotes.
    private static func append(_ text: String, to parts: inout [[UInt8]]) {
        let bytes = CommandLine.contents(text)
        guard bytes.allSatisfy({ $0 < 0x80 }) else {
            parts[parts.count - 1] += Array("{\(bytes.count)}\r\n".utf8)
            parts.append(bytes)
            return
        }
        var quoted = [UInt8(ascii: "\"")]
        for byte in bytes {
            if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { quoted.append(UInt8(ascii: "\\")) }
            quoted.append(byte)
        }
        parts[parts.count - 1] += quoted + [UInt8(ascii: "\"")]
    }
}
