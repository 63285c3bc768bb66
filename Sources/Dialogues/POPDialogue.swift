package import Addresses
package import Configuration
import Digests

/// A greeting of POP3, and a login where one is set.
///
/// Where the greeting has a stamp, the login is by `APOP`; where that is refused, or there is none, by name and password.
package struct POPDialogue: DialogueMachine {
    private enum Step: String {
        case greeting = "the greeting"
        case digest = "the answer to APOP"
        case name = "the answer to USER"
        case password = "the answer to PASS"
    }

    private let credentials: Credentials?
    private let target: Endpoint
    private let security: TLSSettings?
    private var step: Step?
    private var lines = ReplyLines()

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
                lines.beginAnswer()
                actions += try answered(line, step)
            }
            guard step == nil || lines.beginning.isEmpty || POPDialogue.canBegin(with: lines.beginning) else {
                throw .malformed(lines.beginning)
            }
        } catch {
            return actions + finish(error.layer, error.text("POP3"))
        }
        return actions
    }

    package mutating func ended(_ channel: DialogueChannel) -> [DialogueAction] {
        guard let step else { return [] }
        return finish(.dialogue(.closed), "the connection was closed before \(step.rawValue)")
    }

    package mutating func timerFired() -> [DialogueAction] { [] }

    private mutating func answered(_ line: [UInt8], _ step: Step) throws(ReplyFault) -> [DialogueAction] {
        let isPositive = line.starts(with: "+OK".utf8)
        guard isPositive || line.starts(with: "-ERR".utf8) else { throw .malformed(line) }
        switch step {
        case .greeting:
            guard isPositive else { return finish(.dialogue(.refused), String(printable: line)) }
            guard let credentials else { return pass(line) }
            guard let stamp = POPDialogue.stamp(line) else { return ask(.name, "USER \(credentials.login)") }
            let digest = Digest.md5(stamp + CommandLine.contents(credentials.password))
            return ask(.digest, "APOP \(credentials.login) \(Hexadecimal.encode(digest))")
        case .digest:
            return isPositive ? pass(line) : ask(.name, "USER \(credentials?.login ?? "")")
        case .name:
            return isPositive ? ask(.password, "PASS \(credentials?.password ?? "")") : refuse(line)
        case .password:
            return isPositive ? pass(line) : refuse(line)
        }
    }

    private mutating func pass(_ line: [UInt8]) -> [DialogueAction] {
        step = nil
        return [.send(CommandLine.bytes("QUIT")), .finish(.up, .dialogue(.passed), text: String(printable: line))]
    }

    /// A login that is refused, for the credentials unless the server names another reason.
    private mutating func refuse(_ line: [UInt8]) -> [DialogueAction] {
        let text = String(printable: line)
        let isOther = ["[IN-USE]", "[LOGIN-DELAY]", "[SYS/"].contains { text.uppercased().hasPrefix("-ERR \($0)") }
        return [.send(CommandLine.bytes("QUIT"))]
            + finish(.dialogue(isOther ? .refused : .authentication), text)
    }

    private mutating func ask(_ step: Step, _ command: String) -> [DialogueAction] {
        self.step = step
        return [.send(CommandLine.bytes(command))]
    }

    private mutating func finish(_ layer: CheckLayer, _ text: String) -> [DialogueAction] {
        step = nil
        return [.finish(.down, layer, text: text)]
    }

    /// What stands in angle brackets in a greeting, brackets included.
    private static func stamp(_ line: [UInt8]) -> [UInt8]? {
        guard let start = line.firstIndex(of: UInt8(ascii: "<")) else { return nil }
        guard let end = line[start...].firstIndex(of: UInt8(ascii: ">")) else { return nil }
        let stamp = line[start...end]
        return stamp.contains(UInt8(ascii: " ")) ? nil : Array(stamp)
    }

    private static func canBegin(with bytes: [UInt8]) -> Bool {
        ["+OK", "-ERR"].contains { word in zip(bytes, word.utf8).allSatisfy { $0 == $1 } }
    }
}
