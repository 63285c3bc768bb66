import Addresses

/// The sum of 16-bit words by which packets of IP are checked (RFC 1071).
struct InternetChecksum {
    private var sum: UInt64 = 0

    /// Adds bytes that begin at an even place of what is summed.
    mutating func add(_ bytes: ArraySlice<UInt8>) {
        var index = bytes.startIndex
        while index + 1 < bytes.endIndex {
            sum &+= UInt64(bytes[index]) << 8 | UInt64(bytes[index + 1])
            index += 2
        }
        if index < bytes.endIndex { sum &+= UInt64(bytes[index]) << 8 }
    }

    /// Adds what stands for a packet of a protocol between two addresses (RFC 768, RFC 8200 §8.1).
    mutating func addPseudoHeader(_ source: IPAddress, _ destination: IPAddress, proto: UInt8, length: Int) {
        add(source)
        add(destination)
        sum &+= UInt64(proto)
        sum &+= UInt64(truncatingIfNeeded: length)
    }

    /// What makes the sum right; 0xffff less the sum.
    var value: UInt16 { ~folded }

    /// Whether bytes that hold their checksum are as they were sent.
    var isRight: Bool { folded == 0xffff }

    private mutating func add(_ address: IPAddress) {
        switch address {
        case .v4(let address): add(UInt64(address.value))
        case .v6(let address):
            add(address.high)
            add(address.low)
        }
    }

    private mutating func add(_ number: UInt64) {
        sum &+= (number >> 48) &+ (number >> 32 & 0xffff) &+ (number >> 16 & 0xffff) &+ (number & 0xffff)
    }

    private var folded: UInt16 {
        var folded = sum
        while folded >> 16 != 0 { folded = (folded & 0xffff) &+ folded >> 16 }
        return UInt16(truncatingIfNeeded: folded)
    }
}
