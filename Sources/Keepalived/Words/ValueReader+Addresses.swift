import Addresses
import IPVS

// Addresses, ports and what is made of them.

extension ValueReader {
    mutating func readAddress(_ rule: ValueRule) -> [ReadValue]? {
        switch rule {
        case .address:
            guard let word = next() else { return nil }
            return address(word).map { [ReadValue(value: .address($0), word: word)] }
        case .port:
            guard let word = next() else { return nil }
            return port(word, from: 1).map { [ReadValue(value: .number(Int64($0)), word: word)] }
        case .endpoint: return readEndpoint()
        case .mailServer: return readMailServer()
        case .identity: return readIdentity()
        case .mask:
            guard let word = next() else { return nil }
            return [ReadValue(value: .text(word.text), word: word)]
        case .groupEntry: return readGroupEntry()
        case .peer: return readPeer()
        case .mailAddresses: return readMailAddresses()
        default: return readInterfaceAddress()
        }
    }

    /// An address, behind which a length is passed over.
    mutating func address(_ word: Word) -> IPAddress? {
        if let address = IPAddress(word.text) { return address }
        let parts = word.text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        if let address = parts.first.flatMap({ IPAddress(String($0)) }), parts.count == 2, !parts[1].isEmpty {
            findings.warning(
                "an address has no length here, and this one is not looked at",
                at: word,
                expected: "\(address)"
            )
            return address
        }
        findings.error("\(word.text) is no address", at: word, expected: Self.meantAddress(word.text))
        return nil
    }

    /// What somebody meant who wrote an address and a port as one word.
    private static func meantAddress(_ text: String) -> String {
        if let colon = text.lastIndex(of: ":"), IPv4Address(String(text[..<colon])) != nil {
            return "\(text[..<colon]) \(text[text.index(after: colon)...])"
        }
        return "an IPv4 or IPv6 address"
    }

    mutating func port(_ word: Word, from lowest: Int64) -> UInt16? {
        if case .number(let number) = NumberText.whole(word.text), lowest...65535 ~= number { return UInt16(number) }
        findings.error("\(word.text) is no port", at: word, expected: "a number from \(lowest) to 65535")
        return nil
    }

    /// `A [port]`, of which both are told when both are wrong.
    private mutating func readEndpoint() -> [ReadValue]? {
        guard let word = next() else { return nil }
        let address = address(word)
        guard let portWord = next() else {
            return address.map { [ReadValue(value: .endpoint($0, port: nil), word: word)] }
        }
        guard let port = port(portWord, from: 0), let address else { return nil }
        return [ReadValue(value: .endpoint(address, port: port), word: word, others: [portWord])]
    }

    private mutating func readMailServer() -> [ReadValue]? {
        guard let host = next() else { return nil }
        var port: UInt16 = 25
        if let word = next() {
            guard let number = self.port(word, from: 1) else { return nil }
            port = number
        }
        return [ReadValue(value: .mailServer(host.text, port: port), word: host)]
    }

    private mutating func readIdentity() -> [ReadValue]? {
        guard let first = words.first else { return nil }
        switch first.text {
        case "group":
            words.removeFirst()
            guard let name = next() else {
                findings.error("the name of the group is missing", at: first)
                return nil
            }
            return [ReadValue(value: .identity(.group(name.text)), word: name)]
        case "fwmark":
            words.removeFirst()
            return mark(behind: first).map { [ReadValue(value: .identity(.mark($0.number)), word: $0.word)] }
        default:
            guard let read = readEndpoint()?.first, case .endpoint(let address, let port) = read.value else {
                return nil
            }
            return [
                ReadValue(value: .identity(.endpoint(address, port: port ?? 0)), word: read.word, others: read.others)
            ]
        }
    }

    /// The number of a mark behind `fwmark`, with its word.
    private mutating func mark(behind keyword: Word) -> (number: UInt32, word: Word)? {
        guard let word = next() else {
            findings.error("the number of the mark is missing", at: keyword)
            return nil
        }
        return number(word, in: 1...Int64(UInt32.max)).map { (UInt32(clamping: $0), word) }
    }

    private mutating func readMailAddresses() -> [ReadValue]? {
        var texts: [String] = []
        let first = words.first ?? keyword
        while let word = next() {
            if !word.text.contains("@") {
                findings.warning("\(word.text) is taken for an address of mail", at: word, expected: "user@host")
            }
            texts.append(word.text)
        }
        return [ReadValue(value: .texts(texts), word: first)]
    }
}

// Entries of groups.
extension ValueReader {
    private mutating func readGroupEntry() -> [ReadValue]? {
        guard let word = next() else { return nil }
        if word.text == "fwmark" {
            guard let mark = mark(behind: word) else { return nil }
            var family: AddressFamily?
            if !words.isEmpty {
                guard case .family(let named)? = readWord(.family)?.first?.value else { return nil }
                family = named
            }
            return [ReadValue(value: .entry(.mark(mark.number, family)), word: mark.word)]
        }
        guard let (first, last) = addresses(word) else { return nil }
        var port: UInt16 = 0
        if let portWord = next() {
            guard let number = self.port(portWord, from: 0) else { return nil }
            port = number
        }
        return [ReadValue(value: .entry(.addresses(first: first, last: last, port: port)), word: word)]
    }

    /// The first and the last of `A`, `A-N`, `A-B` or `A/len`.
    private mutating func addresses(_ word: Word) -> (IPAddress, IPAddress)? {
        if word.text.contains("/") { return network(word) }
        let parts = word.text.split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        guard let first = parts.first.flatMap(IPAddress.init) else {
            findings.error("\(word.text) is no address", at: word, expected: Self.meantAddress(word.text))
            return nil
        }
        guard parts.count == 2 else { return (first, first) }
        let last: IPAddress?
        let isWhole: Bool
        if let address = IPAddress(parts[1]) {
            (last, isWhole) = (address, true)
        } else {
            (last, isWhole) = (Self.address(first, endingIn: parts[1]), false)
        }
        guard let last else {
            findings.error(
                "\(parts[1]) is no end of a range of addresses",
                at: word,
                expected: "an address, or its last part"
            )
            return nil
        }
        guard last.family == first.family, isWhole ? last >= first : last > first else {
            findings.error("the range \(word.text) ends before it begins", at: word)
            return nil
        }
        return (first, last)
    }

    /// An address with another last part: decimal for IPv4, hexadecimal for IPv6.
    private static func address(_ first: IPAddress, endingIn text: String) -> IPAddress? {
        switch first {
        case .v4(let address):
            guard case .number(let part) = NumberText.whole(text), part <= 255 else { return nil }
            return .v4(IPv4Address(value: address.value & ~0xff | UInt32(part)))
        case .v6(let address):
            guard (1...4).contains(text.utf8.count), let part = UInt64(text, radix: 16), text.first != "+" else {
                return nil
            }
            return .v6(IPv6Address(high: address.high, low: address.low & ~0xffff | part))
        }
    }

    /// The addresses of `A/len`, of which no bit is set beyond its length.
    private mutating func network(_ word: Word) -> (IPAddress, IPAddress)? {
        let parts = word.text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        guard let first = IPAddress(parts[0]) else {
            findings.error("\(word.text) is no address", at: word, expected: Self.meantAddress(parts[0]))
            return nil
        }
        let width: Int64 = first.family == .ipv4 ? 32 : 128
        guard case .number(let length) = NumberText.whole(parts[1]), length <= width else {
            findings.error("\(parts[1]) is no length of a network", at: word, expected: "a number to \(width)")
            return nil
        }
        guard let last = first.last(ofNetwork: Int(length)) else {
            findings.error("\(word.text) has bits beyond its length", at: word)
            return nil
        }
        return (first, last)
    }
}

extension IPAddress {
    /// The last address of the network of that length that begins here; nil where none does.
    fileprivate func last(ofNetwork length: Int) -> IPAddress? {
        switch self {
        case .v4(let address):
            let host = length >= 32 ? 0 : UInt32.max >> UInt32(max(0, length))
            return address.value & host == 0 ? .v4(IPv4Address(value: address.value | host)) : nil
        case .v6(let address):
            let high = length >= 64 ? 0 : UInt64.max >> UInt64(max(0, length))
            let low = length >= 128 ? 0 : length > 64 ? UInt64.max >> UInt64(length - 64) : .max
            guard address.high & high == 0, address.low & low == 0 else { return nil }
            return .v6(IPv6Address(high: address.high | high, low: address.low | low))
        }
    }
}
