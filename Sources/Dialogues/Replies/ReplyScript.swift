import Addresses
import Configuration

/// Commands and replies over one connection, as a script of steps.
///
/// A step is a command, what a connection that breaks while its reply is awaited is said to have been closed before, and
/// what follows from each reply. What one reply tells and a later step needs, such as the stamp of POP3, is handed from
/// step to step.
struct ReplyScript<Reader: ReplyReader>: Sendable {
    /// A command, and what follows from the reply to it.
    struct Step: Sendable {
        /// The noun for the reply, in the text about a connection that is closed before it: `the answer to EHLO`.
        let awaited: String
        /// The bytes that are sent; none where the server speaks by itself.
        let command: [UInt8]
        /// The move that follows from a reply.
        let next: @Sendable (Reader.Reply) throws(ReplyFault) -> Move

        /// Makes a step whose command is so many bytes.
        init(
            _ awaited: String,
            bytes command: [UInt8],
            next: @escaping @Sendable (Reader.Reply) throws(ReplyFault) -> Move
        ) {
            self.awaited = awaited
            self.command = command
            self.next = next
        }

        /// Makes a step whose command is a line of that text, or which has none.
        init(
            _ awaited: String,
            _ command: String? = nil,
            next: @escaping @Sendable (Reader.Reply) throws(ReplyFault) -> Move
        ) {
            self.init(awaited, bytes: command.map(ProtocolLine.bytes) ?? [], next: next)
        }
    }

    /// What follows from a reply.
    enum Move: Sendable {
        /// Another reply to the same command is awaited.
        case stay
        /// The command of that step is sent, and the reply to it awaited.
        case go(Step)
        /// TLS begins on this connection, and behind the handshake that step.
        case startTLS(TLSSettings, then: Step)
        /// A data connection to that endpoint is opened, while the reply of that step is awaited.
        case open(Endpoint, then: Step)
        /// The text is kept in `noted` as the server's last word, while the verdict waits for another connection.
        case note(String, then: Step)
        /// The server is up; it is told farewell.
        case pass(String)
        /// The server is down, but speaks the protocol: it is told farewell.
        case refuse(CheckLayer, String)
        /// The server is down; nothing more is sent.
        case fail(CheckLayer, String)
    }

    /// The name of the protocol, for the text about a malformed reply.
    let name: String
    /// The command that ends a session.
    let farewell: String
    /// The server.
    let target: Endpoint
    /// TLS from the first byte, on every connection.
    let security: TLSSettings?
    /// The first step, by the address of this end.
    private let begin: @Sendable (Endpoint) -> Step
    private var step: Step?
    /// The server's last word, where the verdict waits for another connection as well.
    private(set) var noted: String?
    /// Whether the other connection has ended: the verdict then follows from `noted`, and no reply behind that is read.
    var endsWithNote = false
    /// The step behind the TLS handshake; nil where no handshake is awaited.
    private var secured: Step?
    /// The reader before the first byte of a stream, and the reader now.
    private let fresh: Reader
    private var replies: Reader

    /// Makes a script.
    ///
    /// - Parameters:
    ///   - name: What the protocol is called.
    ///   - reader: How replies are told apart, before the first byte.
    ///   - farewell: The command that ends a session.
    ///   - target: The server.
    ///   - security: TLS from the first byte.
    ///   - begin: The first step, which awaits the greeting or sends the first command, for a connection from that address.
    init(
        _ name: String,
        reading reader: Reader,
        farewell: String = "QUIT",
        target: Endpoint,
        security: TLSSettings?,
        begin: @escaping @Sendable (_ local: Endpoint) -> Step
    ) {
        self.name = name
        fresh = reader
        replies = reader
        self.farewell = farewell
        self.target = target
        self.security = security
        self.begin = begin
    }

    /// Whether a reply is awaited; not before the connection is open, nor after the verdict.
    var isGoingOn: Bool { step != nil }

    /// Opens the connection.
    func start() -> [DialogueAction] {
        [.open(.main, target, .tcp, security: security)]
    }

    /// The connection is open, or TLS on it that the script asked for.
    mutating func connected(local: Endpoint) -> [DialogueAction] {
        let next = secured ?? begin(local)
        secured = nil
        replies = fresh
        return take(.go(next))
    }

    /// Bytes of the server.
    mutating func received(_ bytes: RawSpan) -> [DialogueAction] {
        var actions: [DialogueAction] = []
        var position = 0
        do throws(ReplyFault) {
            while let step, secured == nil, let reply = try replies.next(in: bytes, at: &position) {
                let move = try step.next(reply)
                // What comes in the clear behind the answer is not from the server that TLS will prove.
                if case .startTLS = move, position < bytes.byteCount {
                    let text = "bytes follow the answer to STARTTLS in the clear"
                    return actions + take(.fail(.dialogue(.malformed), text))
                }
                actions += take(move)
                if endsWithNote, noted != nil { break }
            }
        } catch {
            return actions + take(.fail(error.layer, error.text(name)))
        }
        return actions
    }

    /// The server ended its sending.
    mutating func ended() -> [DialogueAction] {
        guard let step else { return [] }
        return take(.fail(.dialogue(.closed), "the connection was closed before \(step.awaited)"))
    }

    /// Carries a move out that follows from a reply or from an event of another connection.
    mutating func take(_ move: Move) -> [DialogueAction] {
        switch move {
        case .stay:
            return []
        case .go(let next):
            step = next
            return next.command.isEmpty ? [] : [.send(next.command)]
        case .startTLS(let settings, let next):
            step = Step("the TLS handshake") { _ in .stay }
            secured = next
            return [.startTLS(settings)]
        case .open(let endpoint, let next):
            return [.open(.data, endpoint, .tcp, security: security)] + take(.go(next))
        case .note(let text, let next):
            noted = text
            return take(.go(next))
        case .pass(let text):
            step = nil
            return [.send(ProtocolLine.bytes(farewell)), .finish(.up, .dialogue(.passed), text: text)]
        case .refuse(let layer, let text):
            return [.send(ProtocolLine.bytes(farewell))] + take(.fail(layer, text))
        case .fail(let layer, let text):
            step = nil
            return [.finish(.down, layer, text: text)]
        }
    }
}
