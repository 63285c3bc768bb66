package import Addresses
package import Configuration

/// A query over DNS, RFC 1035: service `dns`.
///
/// For a name its IPv4 addresses are asked for, as it is written: no domain is appended. For an address its names are. A
/// server is up when it gives one that the pattern is found in; without a pattern any will do. A datagram that stays
/// without an answer is sent again, under another number; an answer too long for a datagram is asked for over TCP.
///
/// Nothing proves that a datagram is from the server. An answer against it decides therefore only when a second query
/// brings no better one in its time, or at the deadline of the check.
package struct DNSDialogue: DialogueMachine {
    /// The time after which a datagram is taken for lost.
    package static let patience = Duration.seconds(2)

    private enum Stage {
        case connecting
        case asking
        case over
    }

    private var query: Result<DNSQuery, AnswerFault>
    private let pattern: Result<AnswerPattern, AnswerFault>
    private let target: Endpoint
    private var transport: DialogueTransport
    private var stage = Stage.connecting
    /// The beginning of an answer over TCP: at most 65,537 bytes and what came last.
    private var buffer = MessageBuffer()
    /// The numbers of the queries that were sent, and of those to come, the next one last.
    private var sent: [UInt16] = []
    private var unused: [UInt16]
    /// What datagrams have said against the server, and how many queries there were then.
    private var doubt: (fault: AnswerFault, queries: Int)?

    /// Makes a dialogue.
    ///
    /// - Parameters:
    ///   - name: The name, or the text of the address, that is asked for.
    ///   - transport: What carries the query.
    ///   - pattern: What must be found in one of the dotted addresses or names of the answer.
    ///   - target: The server.
    ///   - nonce: Gives the number of the query.
    package init(
        name: String,
        transport: Negotiation.DNSTransport,
        pattern: ContentPattern?,
        target: Endpoint,
        nonce: DialogueNonce
    ) {
        unused = (0..<4).map { UInt16(truncatingIfNeeded: nonce.high >> (16 * $0)) }
        unused += (0..<4).reversed().map { UInt16(truncatingIfNeeded: nonce.low >> (16 * $0)) }
        self.query =
            DNSQuery(name).map { .success($0) }
            ?? .failure(
                AnswerFault(.director(.malformed), "\(String(printable: name.utf8)) is no name that can be asked for")
            )
        self.pattern = Result { () throws(AnswerFault) in try AnswerPattern(pattern) }
        self.target = target
        self.transport =
            switch transport {
            case .udp: .udp
            case .tcp: .tcp
            }
    }

    package mutating func start() -> [DialogueAction] {
        if case .failure(let fault) = query { return end(with: fault) }
        if case .failure(let fault) = pattern { return end(with: fault) }
        return [.open(.main, target, transport, security: nil)]
    }

    package mutating func connected(_ channel: DialogueChannel, local: Endpoint) -> [DialogueAction] {
        guard stage == .connecting else { return [] }
        stage = .asking
        return ask()
    }

    package mutating func received(_ bytes: RawSpan, on channel: DialogueChannel) -> [DialogueAction] {
        guard stage == .asking else { return [] }
        buffer.append(bytes)
        do throws(AnswerFault) {
            switch transport {
            case .udp:
                let message = Array(buffer.pending)
                buffer.removeAll()
                do throws(AnswerFault) {
                    return try take(message)
                } catch {
                    doubt = doubt ?? (error, sent.count)
                    return [.keepWaiting]
                }
            case .tcp:
                var reader = ByteReader(buffer.pending)
                guard
                    let count = reader.number(UInt16.self), let message = reader.bytes(Int(count))
                else { return [] }
                return try take(Array(message))
            }
        } catch {
            return end(with: error)
        }
    }

    package mutating func ended(_ channel: DialogueChannel) -> [DialogueAction] {
        switch stage {
        case .over: []
        case .connecting: end(with: .closed("before it was asked"))
        case .asking: end(with: .closed("instead of answering the query"))
        }
    }

    package mutating func timerFired() -> [DialogueAction] {
        guard stage == .asking, transport == .udp else { return [] }
        if let doubt, doubt.queries < sent.count { return end(with: doubt.fault) }
        return ask()
    }

    package var lateness: (layer: CheckLayer, text: String)? {
        stage == .asking ? doubt.map { ($0.fault.layer, $0.fault.text) } : nil
    }

    private mutating func ask() -> [DialogueAction] {
        do throws(AnswerFault) {
            var query = try query.get()
            // After the eighth query the first number comes again.
            query.identifier = unused.popLast() ?? sent.first ?? 0
            sent.append(query.identifier)
            let message = query.encoded
            switch transport {
            case .udp: return [.send(message), .wait(DNSDialogue.patience)]
            case .tcp:
                var prefixed: [UInt8] = []
                // A name has at most 255 bytes, a query 16 more.
                prefixed.append(bigEndian: UInt16(clamping: message.count))
                return [.send(prefixed + message)]
            }
        } catch {
            return end(with: error)
        }
    }

    private mutating func take(_ message: [UInt8]) throws(AnswerFault) -> [DialogueAction] {
        let query = try query.get()
        let answer: DNSAnswer
        do throws(DNSAnswer.Fault) {
            answer = try DNSAnswer(message, to: query, numbered: sent)
        } catch {
            // Anybody can send a datagram; only one that answers counts.
            if error == .foreign, transport == .udp { return [.keepWaiting] }
            throw .malformed(
                error == .foreign ? "the answer is not to the query" : "the answer to the query is damaged"
            )
        }
        if answer.isTruncated, answer.responseCode == 0 {
            guard transport == .udp else { throw .malformed("the answer is cut short even over TCP") }
            transport = .tcp
            stage = .connecting
            return [.open(.main, target, .tcp, security: nil)]
        }
        guard answer.responseCode == 0 else {
            throw AnswerFault(
                .dialogue(.status(answer.responseCode)),
                DNSDialogue.text(ofResponseCode: answer.responseCode)
            )
        }
        let name = String(printable: query.name.text)
        guard !answer.texts.isEmpty else {
            let wanted = query.kind == .address ? "A" : "PTR"
            throw AnswerFault(.dialogue(.mismatch), "the server knows no \(wanted) record of \(name)")
        }
        let kind = query.kind == .address ? "address" : "name"
        let text = try pattern.get().match(answer.texts, name: kind)
        stage = .over
        return [.finish(.up, .dialogue(.passed), text: "\(kind) \(String(printable: text))")]
    }

    /// A response code for people.
    static func text(ofResponseCode code: Int) -> String {
        switch code {
        case 1: "the server could not read the query (FORMERR)"
        case 2: "the server failed (SERVFAIL)"
        case 3: "the server says that there is no such name (NXDOMAIN)"
        case 4: "the server does not answer such queries (NOTIMP)"
        case 5: "the server refused to answer (REFUSED)"
        default: "the server answered with code \(code)"
        }
    }

    private mutating func end(with fault: AnswerFault) -> [DialogueAction] {
        stage = .over
        buffer.removeAll()
        return [fault.action]
    }
}
