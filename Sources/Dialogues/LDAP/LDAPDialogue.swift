package import Addresses
package import Configuration

/// A bind and a search for one entry over LDAP version 3, RFC 4511: services `ldap` and `ldaps`.
///
/// The search gives the entry of the base itself. A server is up when it gives exactly this one, and the pattern, where
/// there is one, is found in the entry's name.
package struct LDAPDialogue: MessageDialogue {
    /// The bytes that one message of a server may have.
    package static let messageLimit = 64 << 10

    private enum Stage {
        case connecting
        case binding
        /// So many entries came, and the first is named so.
        case searching(entries: Int, name: [UInt8])
        case over
    }

    private let base: String
    private let name: String
    private let password: String
    private let pattern: Result<AnswerPattern, AnswerFault>
    private let target: Endpoint
    private let security: TLSSettings?
    private var stage = Stage.connecting
    var buffer = MessageBuffer()

    /// Makes a dialogue.
    ///
    /// - Parameters:
    ///   - base: The name of the entry; empty for that of the server itself.
    ///   - credentials: Who binds. Without them, or where one of the two is empty, the bind is anonymous.
    ///   - pattern: What must be found in the entry's name.
    ///   - target: The server.
    ///   - security: TLS from the first byte; nil for none.
    package init(
        base: String,
        credentials: Credentials?,
        pattern: ContentPattern?,
        target: Endpoint,
        security: TLSSettings?
    ) {
        self.base = base
        let isAnonymous = credentials.map { $0.login.isEmpty || $0.password.isEmpty } ?? true
        name = isAnonymous ? "" : credentials?.login ?? ""
        password = isAnonymous ? "" : credentials?.password ?? ""
        self.pattern = Result { () throws(AnswerFault) in try AnswerPattern(pattern) }
        self.target = target
        self.security = security
    }

    package mutating func start() -> [DialogueAction] {
        if case .failure(let fault) = pattern { return end(with: fault) }
        return [.open(.main, target, .tcp, security: security)]
    }

    package mutating func connected(_ channel: DialogueChannel, local: Endpoint) -> [DialogueAction] {
        guard case .connecting = stage else { return [] }
        stage = .binding
        return [.send(LDAPRequest.bind(name: name, password: password).encoded(number: LDAPDialogue.bindNumber))]
    }

    package mutating func received(_ bytes: RawSpan, on channel: DialogueChannel) -> [DialogueAction] {
        take(bytes)
    }

    var isOver: Bool {
        if case .over = stage { true } else { false }
    }

    mutating func close() {
        stage = .over
    }

    mutating func takeNext() throws(AnswerFault) -> [DialogueAction]? {
        guard let answer = try nextAnswer() else { return nil }
        return try take(answer)
    }

    package mutating func ended(_ channel: DialogueChannel) -> [DialogueAction] {
        switch stage {
        case .over: []
        case .connecting: end(with: .closed("before it was asked"))
        case .binding: end(with: .closed("instead of answering the bind"))
        case .searching: end(with: .closed("instead of answering the search"))
        }
    }

    private static let bindNumber: UInt8 = 1
    private static let searchNumber: UInt8 = 2
    private static let unbindNumber: UInt8 = 3

    private mutating func nextAnswer() throws(AnswerFault) -> LDAPAnswer? {
        switch BERHeader(buffer.pending) {
        case .incomplete: return nil
        case .header(tag: BERElement.sequenceTag, let headerCount, let contentCount):
            guard contentCount <= LDAPDialogue.messageLimit else {
                throw .tooLong(contentCount, limit: LDAPDialogue.messageLimit)
            }
            guard buffer.pending.count >= headerCount + contentCount else { return nil }
            let contents = buffer.pending.dropFirst(headerCount).prefix(contentCount)
            guard let answer = LDAPAnswer(contents) else { throw .malformed("a message of the server is not LDAP") }
            buffer.drop(headerCount + contentCount)
            return answer
        case .malformed, .header: throw .malformed("the answer is not LDAP")
        }
    }

    private mutating func take(_ answer: LDAPAnswer) throws(AnswerFault) -> [DialogueAction] {
        switch (stage, answer.operation) {
        case (_, .notice(let result)):
            throw AnswerFault(.dialogue(.closed), "the server ends the session: \(result)")
        case (.binding, .bound(let result)) where answer.number == Int(LDAPDialogue.bindNumber):
            guard result.code == 0 else {
                let isDenied = result.code == LDAPResult.invalidCredentials
                throw AnswerFault(
                    .dialogue(isDenied ? .authentication : .status(result.code)),
                    "the bind failed: \(result)"
                )
            }
            stage = .searching(entries: 0, name: [])
            return [.send(LDAPRequest.search(base: base).encoded(number: LDAPDialogue.searchNumber))]
        case (.searching(let entries, _), .entry(let name)) where answer.number == Int(LDAPDialogue.searchNumber):
            guard entries == 0 else { throw AnswerFault(.dialogue(.mismatch), "the search gives more than one entry") }
            stage = .searching(entries: 1, name: name)
            return []
        case (.searching, .other): return []
        case (.searching(let entries, let name), .done(let result))
        where answer.number == Int(LDAPDialogue.searchNumber):
            guard result.code == 0 else {
                throw AnswerFault(.dialogue(.status(result.code)), "the search failed: \(result)")
            }
            guard entries == 1 else { throw AnswerFault(.dialogue(.mismatch), "the search gives no entry") }
            let entry = try pattern.get().match([name], name: "entry")
            return end(with: [unbind, .finish(.up, .dialogue(.passed), text: "entry \(String(printable: entry))")])
        default: throw .malformed("the server answers what it was not asked")
        }
    }

    private var unbind: DialogueAction { .send(LDAPRequest.unbind.encoded(number: LDAPDialogue.unbindNumber)) }
}
