package import Addresses
package import Configuration
import Patterns

/// A login by FTP and, where a file is named, its retrieval in binary form.
///
/// The data connection goes to the address of the server itself, whatever address it names. The verdict waits for the whole
/// file, or for as much of it as is looked at, and for the server's word that it is complete.
package struct FTPDialogue: DialogueMachine {
    /// The bytes of a file that are looked at.
    package static let fileLimit = 1 << 20

    private enum Step: String {
        case greeting = "the greeting"
        case user = "the answer to USER"
        case password = "the answer to PASS"
        case type = "the answer to TYPE"
        case extendedPassive = "the answer to EPSV"
        case passive = "the answer to PASV"
        case dataConnection = "the data connection was open"
        case retrieval = "the answer to RETR"
        case transfer = "the end of the transfer was told"
    }

    private let credentials: Credentials
    private let file: String?
    private let source: ContentPattern?
    private let target: Endpoint
    private let security: TLSSettings?
    private var step: Step?
    private var replies = NumberedReplyReader(.firstAndLast)
    private var search: PatternSearch?
    private var completion: NumberedReply?
    private var byteCount = 0
    private var hasDataEnded = false

    /// Makes the dialogue.
    ///
    /// - Parameters:
    ///   - credentials: Who logs in.
    ///   - file: What is retrieved; nil to be content with the login.
    ///   - pattern: What must be found in the file.
    ///   - target: The server.
    ///   - security: TLS from the first byte, on both connections.
    package init(
        _ credentials: Credentials,
        file: String?,
        pattern: ContentPattern?,
        target: Endpoint,
        security: TLSSettings?
    ) {
        self.credentials = credentials
        self.file = file
        source = pattern
        self.target = target
        self.security = security
    }

    package mutating func start() -> [DialogueAction] {
        if let source {
            do {
                search = PatternSearch(try source.compiled(), limit: FTPDialogue.fileLimit)
            } catch {
                return finish(.director(.malformed), "the pattern is malformed: \(error.message)")
            }
        }
        return [.open(.main, target, .tcp, security: security)]
    }

    package mutating func connected(_ channel: DialogueChannel, local: Endpoint) -> [DialogueAction] {
        switch channel {
        case .main:
            step = .greeting
            return []
        case .data:
            guard step == .dataConnection else { return [] }
            return ask(.retrieval, "RETR \(file ?? "")")
        }
    }

    package mutating func received(_ bytes: RawSpan, on channel: DialogueChannel) -> [DialogueAction] {
        guard channel == .main else { return receivedFile(bytes) }
        var actions: [DialogueAction] = []
        var position = 0
        do throws(ReplyFault) {
            while let step, let reply = try replies.next(in: bytes, at: &position) {
                // The server may end the session at any time.
                actions += reply.code == 421 ? finish(reply.layer, reply.text) : answered(reply, step)
            }
        } catch {
            return actions + finish(error.layer, error.text("FTP"))
        }
        return actions
    }

    package mutating func ended(_ channel: DialogueChannel) -> [DialogueAction] {
        guard let step else { return [] }
        if channel == .data {
            hasDataEnded = true
            return conclude()
        }
        return finish(.dialogue(.closed), "the connection was closed before \(step.rawValue)")
    }

    package mutating func timerFired() -> [DialogueAction] { [] }

    private mutating func answered(_ reply: NumberedReply, _ step: Step) -> [DialogueAction] {
        switch (step, reply.code) {
        case (.greeting, 100...199): return []
        case (.greeting, 200...299): return ask(.user, "USER \(credentials.login)")
        case (.user, 331): return ask(.password, "PASS \(credentials.password)")
        case (.user, 200...299), (.password, 200...299): return loggedIn(reply)
        case (.user, 332), (.password, 332): return refuse("an account is asked for: \(reply.text)")
        case (.user, 430), (.user, 530), (.password, 430), (.password, 530): return refuse(reply.text)
        case (.type, 200...299): return ask(.extendedPassive, "EPSV")
        case (.extendedPassive, 229):
            return open(port: FTPDialogue.extendedPort(reply), reply)
        case (.extendedPassive, 500...599):
            guard case .v4 = target.address else { return finish(reply.layer, "EPSV is refused: \(reply.text)") }
            return ask(.passive, "PASV")
        case (.passive, 227):
            return open(port: FTPDialogue.passivePort(reply), reply)
        case (.retrieval, 100...199):
            self.step = .transfer
            return []
        case (.retrieval, 200...299), (.transfer, 200...299):
            self.step = .transfer
            completion = reply
            return conclude()
        // Told before the connection was, by a server that is quicker than the network.
        case (.dataConnection, 100...199): return []
        default: return finish(reply.layer, reply.text)
        }
    }

    private mutating func loggedIn(_ reply: NumberedReply) -> [DialogueAction] {
        if file != nil { return ask(.type, "TYPE I") }
        guard search == nil else {
            return finish(.dialogue(.mismatch), "\(reply.text), but no file is named that could match")
        }
        return pass(reply.text)
    }

    private mutating func open(port: UInt16?, _ reply: NumberedReply) -> [DialogueAction] {
        guard let port, port > 0 else {
            return finish(.dialogue(.malformed), "the answer names no port: \(reply.text)")
        }
        step = .dataConnection
        return [.open(.data, Endpoint(address: target.address, port: port), .tcp, security: security)]
    }

    private mutating func receivedFile(_ bytes: RawSpan) -> [DialogueAction] {
        guard step != nil, !hasDataEnded else { return [] }
        _ = search?.received(bytes)
        byteCount += min(bytes.byteCount, FTPDialogue.fileLimit)
        guard byteCount >= FTPDialogue.fileLimit else { return [] }
        hasDataEnded = true
        // The rest of the file does not matter, nor what the server says of it.
        return judge("the first \(FTPDialogue.fileLimit) bytes of the file")
    }

    /// The verdict once the file has come and the server says that it is complete.
    private mutating func conclude() -> [DialogueAction] {
        guard hasDataEnded, let completion else { return [] }
        return judge(completion.text)
    }

    private mutating func judge(_ text: String) -> [DialogueAction] {
        switch search?.ended() {
        case nil, .found: pass(text)
        case .notFound: finish(.dialogue(.mismatch), "\(text), but the file does not match")
        case .limit where search?.isCrowdedOut == true:
            finish(.director(.refused), "the answers of other servers leave no memory to search this one's file")
        case .limit: finish(.dialogue(.limit), "\(text), but searching the file takes too long")
        }
    }

    private mutating func pass(_ text: String) -> [DialogueAction] {
        step = nil
        return [.send(CommandLine.bytes("QUIT")), .finish(.up, .dialogue(.passed), text: text)]
    }

    private mutating func refuse(_ text: String) -> [DialogueAction] {
        [.send(CommandLine.bytes("QUIT"))] + finish(.dialogue(.authentication), text)
    }

    private mutating func ask(_ step: Step, _ command: String) -> [DialogueAction] {
        self.step = step
        return [.send(CommandLine.bytes(command))]
    }

    private mutating func finish(_ layer: CheckLayer, _ text: String) -> [DialogueAction] {
        step = nil
        return [.finish(.down, layer, text: text)]
    }

    /// The port of `229 … (|||6446|)`; any character may stand for the bar.
    private static func extendedPort(_ reply: NumberedReply) -> UInt16? {
        guard let line = reply.lines.last, let start = line.firstIndex(of: UInt8(ascii: "(")) else { return nil }
        let rest = line[start...].dropFirst()
        guard let bar = rest.first, rest.prefix(3).count == 3, rest.prefix(3).allSatisfy({ $0 == bar }) else {
            return nil
        }
        let digits = rest.dropFirst(3).prefix { $0 != bar }
        guard rest.dropFirst(3 + digits.count).starts(with: [bar, UInt8(ascii: ")")]) else { return nil }
        return UInt16(String(decoding: digits, as: UTF8.self))
    }

    /// The port of `227 … h1,h2,h3,h4,p1,p2`, with brackets or without.
    private static func passivePort(_ reply: NumberedReply) -> UInt16? {
        guard let line = reply.lines.last, let comma = line.firstIndex(of: UInt8(ascii: ",")) else { return nil }
        let isDigit = { (byte: UInt8) in (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
        let start = line[..<comma].lastIndex { !isDigit($0) }.map { $0 + 1 } ?? 0
        let text = line[start...].prefix { isDigit($0) || $0 == UInt8(ascii: ",") }
        let numbers = text.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
            .map { UInt8(String(decoding: $0, as: UTF8.self)) }
        guard numbers.count == 6, numbers.allSatisfy({ $0 != nil }), let high = numbers[4], let low = numbers[5] else {
            return nil
        }
        return UInt16(high) << 8 | UInt16(low)
    }
}
