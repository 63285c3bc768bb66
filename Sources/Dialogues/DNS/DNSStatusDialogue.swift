package import Addresses
package import Configuration

/// One query over DNS in one datagram, whose answer must have no error code, whatever else stands in it.
package struct DNSStatusDialogue: DialogueMachine {
    private let message: [UInt8]?
    private let identifier: UInt16
    private let target: Endpoint
    private var isWaiting = false

    /// Makes the dialogue.
    ///
    /// - Parameters:
    ///   - name: The name that is asked for; `.` for the root.
    ///   - type: The type of the records.
    ///   - target: The server.
    ///   - nonce: Gives the number of the query.
    package init(name: String, type: DNSRecordType, target: Endpoint, nonce: DialogueNonce) {
        identifier = UInt16(truncatingIfNeeded: nonce.low)
        let identifier = identifier
        message = DNSName(name).map { DNSQuery.message(numbered: identifier, name: $0, type: type.number) }
        self.target = target
    }

    package mutating func start() -> [DialogueAction] {
        guard message != nil else {
            return [.finish(.down, .director(.malformed), text: "this is no name that can be asked for")]
        }
        return [.open(.main, target, .udp, security: nil)]
    }

    package mutating func connected(_ channel: DialogueChannel, local: Endpoint) -> [DialogueAction] {
        guard let message else { return [] }
        isWaiting = true
        return [.send(message)]
    }

    package mutating func received(_ bytes: RawSpan, on channel: DialogueChannel) -> [DialogueAction] {
        guard isWaiting else { return [] }
        var reader = ByteReader(bytes.withUnsafeBytes { Array($0.prefix(DNSAnswer.headerCount)) }[...])
        // Anybody can send a datagram; only one that answers counts.
        guard
            let number = reader.number(UInt16.self), let flags = reader.number(UInt16.self),
            number == identifier, flags & 0x8000 != 0, bytes.byteCount >= DNSAnswer.headerCount
        else { return [.keepWaiting] }
        isWaiting = false
        let code = Int(flags & 0xf)
        guard code == 0 else {
            return [.finish(.down, .dialogue(.status(code)), text: DNSDialogue.text(ofResponseCode: code))]
        }
        return [.finish(.up, .dialogue(.passed), text: "answered without an error")]
    }

    package mutating func ended(_ channel: DialogueChannel) -> [DialogueAction] { [] }

    package var believesRefusals: Bool { true }
}

extension DNSRecordType {
    /// The number of the type in messages, RFC 1035, 3596 and 4034.
    fileprivate var number: UInt16 {
        switch self {
        case .address: 1
        case .nameServer: 2
        case .canonicalName: 5
        case .startOfAuthority: 6
        case .mailExchange: 15
        case .text: 16
        case .address6: 28
        case .signature: 46
        case .key: 48
        }
    }
}
