package import Addresses
import Configuration

/// A login and, where one is set, a query to a server of MySQL or MariaDB: service `mysql`.
///
/// The query is sent once; a server is up when the first row of the answer begins. With TLS set, a server that does not
/// offer it is down unless it is optional. The password is shown only in the ways that the credentials allow. Where it is
/// asked for in full and there is no TLS, it is encrypted with the key that the server sends, which nothing proves to be
/// the server's own.
package struct MySQLDialogue: MessageDialogue {
    /// The bytes that one packet of a server may have; of a row only the beginning is read.
    package static let packetLimit = 64 << 10

    enum Stage: Hashable {
        case connecting
        case greeting
        /// TLS is asked for.
        case securing
        case login
        /// The server's public key is awaited, with which the password is encrypted.
        case key
        case answer
        /// Descriptions of so many columns are still to come.
        case columns(Int)
        case columnsEnd
        case rows
        case over
    }

    let question: DatabaseQuestion
    var stage = Stage.connecting
    /// The capabilities that both ends have.
    var capabilities: MySQLCapabilities = []
    var serverVersion: [UInt8] = []
    var challenge: [UInt8] = []
    var method = MySQLMethod.native
    /// Whether the server wanted another way of authentication than it greeted with.
    var isMethodChanged = false
    /// Whether the server wanted the whole password, which it may once.
    var isPasswordWanted = false
    var buffer = MessageBuffer()

    /// Makes a dialogue; TLS, where there is any, is begun after the greeting.
    package init(_ question: DatabaseQuestion) {
        self.question = question
    }

    package mutating func start() -> [DialogueAction] {
        [.open(.main, question.target, .tcp, security: nil)]
    }

    package mutating func connected(_ channel: DialogueChannel, local: Endpoint) -> [DialogueAction] {
        switch stage {
        case .connecting:
            stage = .greeting
            return []
        case .securing:
            stage = .login
            return [.send(MySQLPacket.encode(login(), number: 2))]
        default: return []
        }
    }

    package mutating func received(_ bytes: RawSpan, on channel: DialogueChannel) -> [DialogueAction] {
        take(bytes)
    }

    var isOver: Bool { stage == .over }

    mutating func close() {
        stage = .over
    }

    mutating func takeNext() throws(AnswerFault) -> [DialogueAction]? {
        if let row = try rowBegins() {
            return row ? success("a row from \(String(printable: serverVersion, atMost: 80))") : nil
        }
        guard let packet = try nextPacket() else { return nil }
        return try take(packet.payload, number: packet.number)
    }

    package mutating func ended(_ channel: DialogueChannel) -> [DialogueAction] {
        switch stage {
        case .over: []
        case .connecting, .greeting: end(with: .closed("without a greeting"))
        case .securing: end(with: .closed("instead of beginning TLS"))
        case .login, .key: end(with: .closed("instead of answering the login"))
        case .answer, .columns, .columnsEnd, .rows: end(with: .closed("instead of answering the query"))
        }
    }

    /// The beginning of the session, after which the server decides.
    func login() -> [UInt8] {
        let answer = method.answer(to: challenge, password: Array(question.credentials.password.utf8))
        var payload = MySQLPacket.login(capabilities)
        payload.append(terminated: question.credentials.login.utf8)
        payload.append(UInt8(clamping: answer.count))
        payload += answer
        if capabilities.contains(.connectWithDatabase) { payload.append(terminated: question.database.utf8) }
        if capabilities.contains(.authenticationMethods) { payload.append(terminated: method.rawValue.utf8) }
        return payload
    }

    /// Ends the session in good order.
    mutating func success(_ text: String) -> [DialogueAction] {
        end(with: [
            .send(MySQLPacket.encode([MySQLPacket.quit], number: 0)), .finish(.up, .dialogue(.passed), text: text),
        ])
    }

    /// Whether a row begins where rows are awaited; nil where packets are read as a whole.
    private func rowBegins() throws(AnswerFault) -> Bool? {
        guard stage == .rows else { return nil }
        var reader = ByteReader(buffer.pending)
        guard let count = reader.littleEndian(3), reader.byte() != nil else { return false }
        guard count > 0 else { throw .malformed("a row is empty") }
        guard let first = reader.byte() else { return false }
        let endsBelow: UInt64 = capabilities.contains(.endsAreOK) ? 0xff_ffff : 9
        return first == MySQLPacket.error || first == MySQLPacket.end && count < endsBelow ? nil : true
    }

    private mutating func nextPacket() throws(AnswerFault) -> (payload: ArraySlice<UInt8>, number: UInt8)? {
        var reader = ByteReader(buffer.pending)
        guard let count = reader.littleEndian(3), let number = reader.byte() else { return nil }
        guard count <= MySQLDialogue.packetLimit else {
            throw .tooLong(Int(count), limit: MySQLDialogue.packetLimit)
        }
        guard let payload = reader.bytes(Int(count)) else { return nil }
        buffer.drop(4 + payload.count)
        return (payload, number)
    }
}
