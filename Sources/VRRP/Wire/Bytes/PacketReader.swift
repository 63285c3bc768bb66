import Addresses

/// Reads numbers in network order from bytes of somebody else, one after the other; nil where they end.
struct PacketReader {
    private let bytes: [UInt8]
    private let end: Int
    /// The place of the next byte.
    private(set) var position: Int

    /// Makes a reader of the bytes from one place to before another, both held within them.
    init(_ bytes: [UInt8], from start: Int = 0, to end: Int? = nil) {
        self.bytes = bytes
        self.end = min(max(end ?? bytes.count, 0), bytes.count)
        position = min(max(start, 0), self.end)
    }

    /// The bytes that are left.
    var remaining: Int { end - position }

    mutating func byte() -> UInt8? {
        guard position < end else { return nil }
        defer { position += 1 }
        return bytes[position]
    }

    mutating func number16() -> UInt16? {
        guard remaining >= 2 else { return nil }
        defer { position += 2 }
        return UInt16(bytes[position]) << 8 | UInt16(bytes[position + 1])
    }

    mutating func number32() -> UInt32? {
        guard remaining >= 4, let high = number16(), let low = number16() else { return nil }
        return UInt32(high) << 16 | UInt32(low)
    }

    mutating func number64() -> UInt64? {
        guard remaining >= 8, let high = number32(), let low = number32() else { return nil }
        return UInt64(high) << 32 | UInt64(low)
    }

    mutating func address(_ family: AddressFamily) -> IPAddress? {
        switch family {
        case .ipv4:
            return number32().map { .v4(IPv4Address(value: $0)) }
        case .ipv6:
            guard remaining >= 16, let high = number64(), let low = number64() else { return nil }
            return .v6(IPv6Address(high: high, low: low))
        }
    }

    /// So many bytes as they stand.
    mutating func bytes(_ count: Int) -> ArraySlice<UInt8>? {
        guard count >= 0, remaining >= count else { return nil }
        defer { position += count }
        return bytes[position..<position + count]
    }
}
