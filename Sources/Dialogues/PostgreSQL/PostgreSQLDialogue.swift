package import Addresses
import Configuration
import Digests

/// A login and, where one is set, a query to a server of PostgreSQL, version 3.0 of its protocol: service `pgsql`.
///
/// The query is sent once; a server is up when the first row of the answer begins. With TLS set, a server that refuses it
/// is down unless it is optional. The password is shown only in the ways that the credentials allow, and once.
package struct PostgreSQLDialogue: MessageDialogue {
    /// The bytes that one message of a server may have; of a row only the beginning is read.
    package static let messageLimit = 64 << 10

    enum Stage: Hashable {
        case connecting
        /// TLS is asked for.
        case asking
        case securing
        case login
        case scram(SCRAMExchange)
        /// The password is being salted for the answer; messages of the server are read when that is done.
        case salting(SCRAMExchange)
        /// The proof is sent, and the server's is awaited.
        case proof(SCRAMExchange)
        /// Both ends have proven themselves, and the server has nothing left but to let the client in.
        case proven
        /// The server lets the client in, and gets ready.
        case preparing
        case answer
        case over
    }

    let question: DatabaseQuestion
    let nonce: DialogueNonce
    var stage = Stage.connecting
    var salted: SaltedPassword?
    /// Whether the server wanted the password, or its digest, which it may once.
    var isPasswordShown = false
    var buffer = MessageBuffer()

    /// Makes a dialogue; `nonce` is the client's part of a challenge.
    package init(_ question: DatabaseQuestion, nonce: DialogueNonce) {
        self.question = question
        self.nonce = nonce
    }

    package mutating func start() -> [DialogueAction] {
        [.open(.main, question.target, .tcp, security: nil)]
    }

    package mutating func connected(_ channel: DialogueChannel, local: Endpoint) -> [DialogueAction] {
        switch stage {
        case .connecting where question.security != nil:
            stage = .asking
            return [.send(PostgreSQLRequest.security.encoded)]
        case .connecting, .securing: return [startup()]
        default: return []
        }
    }

    package mutating func received(_ bytes: RawSpan, on channel: DialogueChannel) -> [DialogueAction] {
        guard isSalting else { return take(bytes) }
        buffer.append(bytes)
        return [.keepWaiting]
    }

    var isOver: Bool { stage == .over }

    mutating func close() {
        stage = .over
    }

    mutating func takeNext() throws(AnswerFault) -> [DialogueAction]? {
        if isSalting { return nil }
        if stage == .asking, let security = question.security, let first = buffer.pending.first,
            first != UInt8(ascii: "E")
        {
            return [try securityAnswered(first, security: security)]
        }
        if rowBegins() { return success("the query gives a row") }
        guard let message = try nextMessage() else { return nil }
        return try take(message.kind, message.contents)
    }

    package mutating func ended(_ channel: DialogueChannel) -> [DialogueAction] {
        switch stage {
        case .over: []
        case .connecting: end(with: .closed("before it was asked"))
        case .asking, .securing: end(with: .closed("instead of beginning TLS"))
        case .login, .scram, .salting, .proof, .proven: end(with: .closed("instead of answering the login"))
        case .preparing: end(with: .closed("after the login"))
        case .answer: end(with: .closed("instead of answering the query"))
        }
    }

    /// Computes the next rounds of the salting, after the other checks had their turn.
    package mutating func timerFired() -> [DialogueAction] {
        guard isSalting else { return [] }
        salted?.advance()
        guard let answer = saltedAnswer() else { return [.wait(PostgreSQLDialogue.pause)] }
        return [answer] + proceed()
    }

    /// The time for other checks between two pieces of a computation.
    static let pause = Duration.milliseconds(1)

    private var isSalting: Bool {
        if case .salting = stage { true } else { false }
    }

    private mutating func startup() -> DialogueAction {
        stage = .login
        return .send(PostgreSQLRequest.startup(user: question.credentials.login, database: question.database).encoded)
    }

    /// Ends the session in good order.
    mutating func success(_ text: String) -> [DialogueAction] {
        end(with: [.send(PostgreSQLRequest.terminate.encoded), .finish(.up, .dialogue(.passed), text: text)])
    }

    private mutating func securityAnswered(_ answer: UInt8, security: TLSSettings) throws(AnswerFault) -> DialogueAction
    {
        switch answer {
        case UInt8(ascii: "S"):
            buffer.drop(1)
            // Bytes in the clear before the handshake may be another's than the server's, and must not count as its answer.
            guard buffer.pending.isEmpty else { throw .malformed("the server sends something before TLS begins") }
            stage = .securing
            return .startTLS(security)
        case UInt8(ascii: "N") where question.isSecurityOptional:
            buffer.drop(1)
            return startup()
        case UInt8(ascii: "N"): throw AnswerFault(.security(.handshake), "the server does not offer TLS")
        default: throw .malformed("the answer is not one of PostgreSQL")
        }
    }

    /// Whether the first row of an answer is there, as far as it matters.
    private func rowBegins() -> Bool {
        var reader = ByteReader(buffer.pending)
        guard stage == .answer, reader.byte() == UInt8(ascii: "D") else { return false }
        // Its length, and the number of its columns.
        return (reader.number(UInt32.self) ?? 0) >= 6
    }

    private mutating func nextMessage() throws(AnswerFault) -> (kind: UInt8, contents: ArraySlice<UInt8>)? {
        var reader = ByteReader(buffer.pending)
        guard let kind = reader.byte() else { return nil }
        guard (UInt8(ascii: "A")...UInt8(ascii: "z")).contains(kind) else {
            throw .malformed("the answer is not one of PostgreSQL")
        }
        guard let length = reader.number(UInt32.self) else { return nil }
        guard length >= 4 else { throw .malformed("a message of the server has an impossible length") }
        guard length <= PostgreSQLDialogue.messageLimit else {
            throw .tooLong(Int(length), limit: PostgreSQLDialogue.messageLimit)
        }
        guard let contents = reader.bytes(Int(length) - 4) else { return nil }
        buffer.drop(Int(length) + 1)
        return (kind, contents)
    }
}
