import Addresses

/// The one question of a check, RFC 1035.
struct DNSQuery {
    /// What is asked for.
    enum Kind: UInt16 {
        /// The IPv4 addresses of a name.
        case address = 1
        /// The names of an address.
        case pointer = 12
    }

    /// The number that the answer bears too.
    var identifier: UInt16
    let name: DNSName
    let kind: Kind

    /// Asks for the names of an address where the text is one, for the addresses of a name otherwise; nil where it is
    /// neither.
    init?(_ text: String, identifier: UInt16 = 0) {
        self.identifier = identifier
        if let address = IPAddress(text) {
            name = DNSName(reverseOf: address)
            kind = .pointer
        } else {
            guard let name = DNSName(text) else { return nil }
            self.name = name
            kind = .address
        }
    }

    /// The message: a standard query that wants recursion.
    var encoded: [UInt8] { Self.message(numbered: identifier, name: name, type: kind.rawValue) }

    /// The message of a standard query that wants recursion.
    static func message(numbered identifier: UInt16, name: DNSName, type: UInt16) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.append(bigEndian: identifier)
        bytes.append(bigEndian: 0x0100 as UInt16)
        for count in [1, 0, 0, 0] as [UInt16] { bytes.append(bigEndian: count) }
        bytes += name.encoded
        bytes.append(bigEndian: type)
        bytes.append(bigEndian: DNSQuery.internetClass)
        return bytes
    }

    static let internetClass: UInt16 = 1
}
