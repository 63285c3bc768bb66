/// An IPv6 address, held as two numbers in host byte order.
public struct IPv6Address: Hashable, Sendable {
    /// The first eight bytes as a number: of 2001:db8::1 it is 0x2001_0db8_0000_0000.
    public let high: UInt64
    /// The last eight bytes as a number.
    public let low: UInt64

    /// Makes an address from its two halves in host byte order.
    public init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    /// The unspecified address `::`.
    public static let any = IPv6Address(high: 0, low: 0)

    /// Whether this is an address of ff00::/8.
    public var isMulticast: Bool { high >> 56 == 0xff }

    /// Whether this is an address of fe80::/10.
    public var isLinkLocal: Bool { high >> 54 == 0xfe80 >> 6 }

    /// The IPv4 address that ::ffff:0:0/96 stands for, when this is one of it.
    public var mappedIPv4: IPv4Address? {
        high == 0 && low >> 32 == 0xffff ? IPv4Address(value: UInt32(truncatingIfNeeded: low)) : nil
    }

    /// One of the eight groups of 16 bits, counted from the left.
    private subscript(group index: Int) -> UInt16 {
        UInt16(truncatingIfNeeded: (index < 4 ? high : low) >> (48 - 16 * UInt64(index & 3)))
    }
}

extension IPv6Address: Comparable {
    /// Orders by the number of 128 bits.
    public static func < (left: IPv6Address, right: IPv6Address) -> Bool {
        (left.high, left.low) < (right.high, right.low)
    }
}

extension IPv6Address: LosslessStringConvertible {
    /// Reads eight groups of one to four hexadecimal digits, one run of zero groups written as `::`, the last two groups
    /// possibly as an IPv4 address; anything else, a zone too, is nil.
    ///
    /// This is what `inet_pton` takes.
    public init?(_ description: String) {
        let colon = UInt8(ascii: ":")
        var rest = Substring(description).utf8
        var groups: [UInt16] = []
        var gap: Int?
        if rest.first == colon {
            rest.removeFirst()
            guard rest.first == colon else { return nil }
        }
        while !rest.isEmpty {
            if rest.first == colon {
                guard gap == nil else { return nil }
                gap = groups.count
                rest.removeFirst()
                continue
            }
            let group = rest.prefix { $0 != colon }
            if group.contains(UInt8(ascii: ".")) {
                guard group.endIndex == rest.endIndex, let address = IPv4Address(dotted: group) else { return nil }
                groups += [UInt16(address.value >> 16), UInt16(address.value & 0xffff)]
                break
            }
            guard group.count <= 4, groups.count < 8 else { return nil }
            var number: UInt16 = 0
            for character in group {
                guard let digit = hexadecimalDigit(character) else { return nil }
                number = number << 4 | UInt16(digit)
            }
            groups.append(number)
            rest = rest[group.endIndex...]
            guard rest.isEmpty || rest.count > 1 else { return nil }
            if !rest.isEmpty { rest.removeFirst() }
        }
        if let gap {
            guard groups.count < 8 else { return nil }
            groups.insert(contentsOf: Array(repeating: 0, count: 8 - groups.count), at: gap)
        }
        guard groups.count == 8 else { return nil }
        let half = { (groups: ArraySlice<UInt16>) in groups.reduce(UInt64(0)) { $0 << 16 | UInt64($1) } }
        self.init(high: half(groups[..<4]), low: half(groups[4...]))
    }

    /// The shortest form as `inet_ntop` writes it: the first of the longest runs of zero groups becomes `::`, and
    /// addresses that embed an IPv4 address end in dotted notation.
    public var description: String {
        var gap = 0..<0
        var index = 0
        while index < 8 {
            var end = index
            while end < 8, self[group: end] == 0 { end += 1 }
            if end - index > max(gap.count, 1) { gap = index..<end }
            index = max(end, index + 1)
        }
        let embeds = gap.lowerBound == 0 && (gap.count == 6 || gap.count == 5 && self[group: 5] == 0xffff)
        var text = ""
        index = 0
        while index < 8 {
            if index == gap.lowerBound, !gap.isEmpty {
                text += "::"
                index = gap.upperBound
                continue
            }
            if index != 0, index != gap.upperBound || gap.isEmpty { text += ":" }
            if index == 6, embeds {
                text += IPv4Address(value: UInt32(truncatingIfNeeded: low)).description
                break
            }
            text += String(self[group: index], radix: 16)
            index += 1
        }
        return text
    }
}
