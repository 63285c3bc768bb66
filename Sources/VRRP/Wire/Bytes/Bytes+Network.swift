import Addresses

// Numbers in network order at the end of bytes, or in their midst.

extension [UInt8] {
    mutating func append(network number: UInt16) {
        append(UInt8(number >> 8))
        append(UInt8(number & 0xff))
    }

    mutating func append(network number: UInt32) {
        append(network: UInt16(number >> 16))
        append(network: UInt16(number & 0xffff))
    }

    mutating func append(network number: UInt64) {
        append(network: UInt32(number >> 32))
        append(network: UInt32(number & 0xffff_ffff))
    }

    mutating func append(network address: IPAddress) {
        switch address {
        case .v4(let address): append(network: address.value)
        case .v6(let address):
            append(network: address.high)
            append(network: address.low)
        }
    }

    /// Writes a number over two bytes that are there.
    mutating func set(network number: UInt16, at position: Int) {
        self[position] = UInt8(number >> 8)
        self[position + 1] = UInt8(number & 0xff)
    }
}

extension Collection<UInt8> {
    /// Whether the bytes are those of a secret, in a time that does not tell where they differ.
    func isSame(as secret: some Collection<UInt8>) -> Bool {
        guard count == secret.count else { return false }
        var difference: UInt8 = 0
        for (own, other) in zip(self, secret) { difference |= own ^ other }
        return difference == 0
    }
}

extension AddressFamily {
    /// The bytes of an address.
    var addressLength: Int {
        switch self {
        case .ipv4: 4
        case .ipv6: 16
        }
    }
}
