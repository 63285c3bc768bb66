import Addresses

/// An ICMP echo request, and the reply to it.
///
/// Eight bytes of header, then data: a secret, whose the request is, and zeros.
struct EchoPacket: Hashable {
    /// The bytes of data that a request has unless told otherwise.
    static let usualData = 64
    /// The bytes of data that a request may have: what tells whose it is, and no more than a packet takes on any link.
    static let data = 64...1_024
    private static let headerCount = 8

    /// Tells requests of this director from others.
    var secret: UInt64
    /// The slot of the probe, and which use of it.
    var slot: UInt32
    var generation: UInt32
    /// Which request of the probe.
    var sequence: UInt16

    /// The request, its checksum as IPv4 wants it; for IPv6 the kernel fills it in.
    ///
    /// - Parameter count: its bytes of data, an even number within `data`.
    func request(_ family: AddressFamily, bytes count: Int = usualData) -> [UInt8] {
        let count = min(max(count & ~1, Self.data.lowerBound), Self.data.upperBound)
        var bytes = [UInt8](repeating: 0, count: Self.headerCount + count)
        bytes.withUnsafeMutableBytes { bytes in
            bytes[0] = family == .ipv4 ? 8 : 128
            bytes.storeBytes(of: UInt16(truncatingIfNeeded: secret).bigEndian, toByteOffset: 4, as: UInt16.self)
            bytes.storeBytes(of: sequence.bigEndian, toByteOffset: 6, as: UInt16.self)
            bytes.storeBytes(of: secret.bigEndian, toByteOffset: 8, as: UInt64.self)
            bytes.storeBytes(of: slot.bigEndian, toByteOffset: 16, as: UInt32.self)
            bytes.storeBytes(of: generation.bigEndian, toByteOffset: 20, as: UInt32.self)
            if family == .ipv4 {
                let sum = Self.checksum(UnsafeRawBufferPointer(bytes))
                bytes.storeBytes(of: sum.bigEndian, toByteOffset: 2, as: UInt16.self)
            }
        }
        return bytes
    }

    /// Reads a packet that was received; nil when it is no reply, or too short to be one of ours.
    ///
    /// - Parameter hasHeader: whether the header of IPv4 is before it, as raw sockets have it.
    init?(reply bytes: UnsafeRawBufferPointer, _ family: AddressFamily, hasHeader: Bool) {
        var start = 0
        if hasHeader {
            guard let first = bytes.first else { return nil }
            start = Int(first & 0xf) * 4
        }
        guard bytes.count >= start + Self.headerCount + Self.data.lowerBound else { return nil }
        guard bytes[start] == (family == .ipv4 ? 0 : 129), bytes[start + 1] == 0 else { return nil }
        sequence = UInt16(bigEndian: bytes.loadUnaligned(fromByteOffset: start + 6, as: UInt16.self))
        secret = UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: start + 8, as: UInt64.self))
        slot = UInt32(bigEndian: bytes.loadUnaligned(fromByteOffset: start + 16, as: UInt32.self))
        generation = UInt32(bigEndian: bytes.loadUnaligned(fromByteOffset: start + 20, as: UInt32.self))
    }

    init(secret: UInt64, slot: UInt32, generation: UInt32, sequence: UInt16) {
        self.secret = secret
        self.slot = slot
        self.generation = generation
        self.sequence = sequence
    }

    /// The checksum of the Internet over an even number of bytes.
    private static func checksum(_ bytes: UnsafeRawBufferPointer) -> UInt16 {
        var sum: UInt32 = 0
        for offset in stride(from: 0, to: bytes.count - 1, by: 2) {
            sum += UInt32(bytes[offset]) << 8 | UInt32(bytes[offset + 1])
        }
        while sum > 0xffff { sum = sum & 0xffff + sum >> 16 }
        return ~UInt16(truncatingIfNeeded: sum)
    }
}
