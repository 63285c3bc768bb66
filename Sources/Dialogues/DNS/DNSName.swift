import Addresses

/// The name of a domain: labels of 1 to 63 bytes, at most 255 bytes with their lengths.
struct DNSName {
    /// The bytes in a message, without compression.
    let encoded: [UInt8]

    private init?(labels: [[UInt8]]) {
        guard labels.allSatisfy({ (1...63).contains($0.count) }) else { return nil }
        guard labels.reduce(1, { $0 + 1 + $1.count }) <= DNSName.limit else { return nil }
        self.init(checked: labels)
    }

    private init(checked labels: [[UInt8]]) {
        encoded = labels.flatMap { [UInt8(clamping: $0.count)] + $0 } + [0]
    }

    /// The parts that stand between the dots of its text.
    var labels: [ArraySlice<UInt8>] {
        var rest = encoded[...]
        var labels: [ArraySlice<UInt8>] = []
        while let length = rest.popFirst(), length > 0 {
            labels.append(rest.prefix(Int(length)))
            rest = rest.dropFirst(Int(length))
        }
        return labels
    }

    /// Reads labels with dots between them, possibly one after the last; nil where they are no name.
    init?(_ text: String) {
        let trimmed = text.utf8.last == UInt8(ascii: ".") ? text.utf8.dropLast() : text.utf8[...]
        self.init(
            labels: trimmed.isEmpty && !text.isEmpty
                ? []
                : trimmed.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).map { Array($0) }
        )
    }

    /// The name under which the name of an address is found, RFC 1035 and 3596.
    init(reverseOf address: IPAddress) {
        switch address {
        case .v4(let address):
            let digits = (0..<4).map { Array(String(address.value >> (8 * UInt32($0)) & 0xff).utf8) }
            self.init(checked: digits + ["in-addr", "arpa"].map { Array($0.utf8) })
        case .v6(let address):
            let digits = [address.low, address.high].flatMap { half in
                (0..<16).map { Array(String(half >> (4 * UInt64($0)) & 0xf, radix: 16).utf8) }
            }
            self.init(checked: digits + ["ip6", "arpa"].map { Array($0.utf8) })
        }
    }

    /// Reads a name in a message, RFC 1035 section 4.1.4.
    ///
    /// A pointer leads back, to before the place where the part that it ends began: there is no loop, and no more pointers than
    /// a name has room for labels. It costs its bytes, and two for each pointer.
    ///
    /// - Parameter offset: Where the name begins; afterwards what follows it.
    init?(in message: [UInt8], at offset: inout Int) {
        var encoded: [UInt8] = []
        var jumps = 0
        var place = offset
        var begin = offset
        var end: Int?
        while place >= 0, place < message.count {
            let length = Int(message[place])
            switch length >> 6 {
            case 0 where length == 0:
                offset = end ?? place + 1
                encoded.append(0)
                self.encoded = encoded
                return
            case 0:
                // With the zero byte that ends it.
                guard encoded.count + length + 2 <= DNSName.limit, length < message.count - place else { return nil }
                encoded.append(contentsOf: message[place...place + length])
                place += 1 + length
            case 3:
                guard place + 1 < message.count else { return nil }
                let pointer = (length & 0x3f) << 8 | Int(message[place + 1])
                end = end ?? place + 2
                guard pointer < begin else { return nil }
                begin = pointer
                place = pointer
                jumps += 1
                guard jumps <= DNSName.limit / 2 else { return nil }
            default: return nil
            }
        }
        return nil
    }

    /// The text with dots between the labels; a dot or a backslash in a label has a backslash before it, and a byte that
    /// does not print is a backslash and three decimal digits.
    var text: [UInt8] {
        let dot = UInt8(ascii: ".")
        let backslash = UInt8(ascii: "\\")
        guard !labels.isEmpty else { return [dot] }
        return Array(
            labels.map { label in
                label.flatMap { byte -> [UInt8] in
                    switch byte {
                    case dot, backslash: return [backslash, byte]
                    case 0x21...0x7e: return [byte]
                    default:
                        let digits = [byte / 100, byte / 10 % 10, byte % 10]
                        return [backslash] + digits.map { UInt8(ascii: "0") + $0 }
                    }
                }
            }.joined(separator: [dot])
        )
    }

    /// The most bytes of a name, its lengths included.
    static let limit = 255
}

extension DNSName: Hashable {
    /// Names are the same in any case of ASCII letters.
    ///
    /// Lengths are no letters, being below 64.
    static func == (left: DNSName, right: DNSName) -> Bool {
        left.encoded.count == right.encoded.count
            && zip(left.encoded, right.encoded).allSatisfy { $0 == $1 || folded($0) == folded($1) }
    }

    func hash(into hasher: inout Hasher) {
        var word: UInt64 = 0
        for (index, byte) in encoded.enumerated() {
            word = word << 8 | UInt64(DNSName.folded(byte))
            if index & 7 == 7 { hasher.combine(word) }
        }
        hasher.combine(word)
        hasher.combine(encoded.count)
    }

    private static func folded(_ byte: UInt8) -> UInt8 {
        (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
    }
}
