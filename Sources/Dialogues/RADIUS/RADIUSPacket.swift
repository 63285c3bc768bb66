import Digests

/// A packet of RADIUS, RFC 2865.
struct RADIUSPacket: Hashable {
    /// What a packet is for.
    enum Code {
        static let accessRequest: UInt8 = 1
        static let accessAccept: UInt8 = 2
        static let accessReject: UInt8 = 3
        static let accessChallenge: UInt8 = 11
    }

    /// A property that a packet bears.
    struct Attribute: Hashable {
        let kind: UInt8
        /// At most 253 bytes.
        let value: [UInt8]

        static let userName: UInt8 = 1
        static let userPassword: UInt8 = 2
        static let address4: UInt8 = 4
        static let replyMessage: UInt8 = 18
        static let identifier: UInt8 = 32
        static let messageAuthenticator: UInt8 = 80
        static let address6: UInt8 = 95
        static let valueLimit = 253
    }

    let code: UInt8
    let identifier: UInt8
    /// 16 bytes.
    let authenticator: [UInt8]
    let attributes: [Attribute]

    init(code: UInt8, identifier: UInt8, authenticator: [UInt8], attributes: [Attribute]) {
        self.code = code
        self.identifier = identifier
        self.authenticator = authenticator
        self.attributes = attributes
    }

    /// Reads a datagram; nil where it is no packet.
    init?(_ datagram: [UInt8]) {
        var header = ByteReader(datagram[...])
        guard
            let code = header.byte(), let identifier = header.byte(), let length = header.number(UInt16.self),
            let authenticator = header.bytes(16),
            RADIUSPacket.lengths.contains(Int(length)), let body = header.bytes(Int(length) - RADIUSPacket.headerCount)
        else { return nil }
        var reader = ByteReader(body)
        var attributes: [Attribute] = []
        while let kind = reader.byte() {
            guard let count = reader.byte(), let value = reader.bytes(Int(count) - 2) else { return nil }
            attributes.append(Attribute(kind: kind, value: Array(value)))
        }
        self.init(code: code, identifier: identifier, authenticator: Array(authenticator), attributes: attributes)
    }

    /// The bytes of the packet as they stand.
    var encoded: [UInt8] {
        var bytes = [code, identifier]
        let length = attributes.reduce(RADIUSPacket.headerCount) { $0 + 2 + $1.value.count }
        bytes.append(bigEndian: UInt16(clamping: length))
        bytes += authenticator
        for attribute in attributes {
            bytes += [attribute.kind, UInt8(clamping: attribute.value.count + 2)] + attribute.value
        }
        return bytes
    }

    /// The packet with the authenticator in its header replaced.
    func with(authenticator: [UInt8]) -> RADIUSPacket {
        RADIUSPacket(code: code, identifier: identifier, authenticator: authenticator, attributes: attributes)
    }

    /// The packet with the value of its Message-Authenticator, where it has one, replaced.
    func with(messageAuthenticator value: [UInt8]) -> RADIUSPacket {
        RADIUSPacket(
            code: code,
            identifier: identifier,
            authenticator: authenticator,
            attributes: attributes.map {
                $0.kind == Attribute.messageAuthenticator ? Attribute(kind: $0.kind, value: value) : $0
            }
        )
    }

    /// The bytes that a datagram can have.
    private static let lengths = headerCount...4096
    private static let headerCount = 20
}
