package import Addresses
import Glibc

/// What `genhash` finds around itself.
package struct DigestSurroundings: Sendable {
    /// Writes to standard output; false where that fails.
    package var output: @Sendable (String) -> Bool
    /// Writes to standard error.
    package var complain: @Sendable (String) -> Void
    /// The addresses of a name, the best one first; none where it has none.
    package var addresses: @Sendable (String) -> [IPAddress]

    /// Makes surroundings of one's own.
    package init(
        output: @escaping @Sendable (String) -> Bool,
        complain: @escaping @Sendable (String) -> Void,
        addresses: @escaping @Sendable (String) -> [IPAddress]
    ) {
        self.output = output
        self.complain = complain
        self.addresses = addresses
    }

    /// Those of a process.
    package static let process = DigestSurroundings(
        output: { write($0, to: STDOUT_FILENO) },
        complain: { _ = write($0, to: STDERR_FILENO) },
        addresses: lookUp
    )

    private static func write(_ text: String, to descriptor: Int32) -> Bool {
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let (count, error) = rest.withUnsafeBytes { buffer in
                let count = Glibc.write(descriptor, buffer.baseAddress, buffer.count)
                return (count, errno)
            }
            if count > 0 {
                rest = rest.dropFirst(count)
            } else if count == 0 || error != EINTR {
                return false
            }
        }
        return true
    }

    private static func lookUp(_ name: String) -> [IPAddress] {
        var hints = addrinfo()
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        var list: UnsafeMutablePointer<addrinfo>?
        guard getaddrinfo(name, nil, &hints, &list) == 0 else { return [] }
        defer { freeaddrinfo(list) }
        var addresses: [IPAddress] = []
        var entry = list
        while let current = entry {
            if let address = address(of: current.pointee) { addresses.append(address) }
            entry = current.pointee.ai_next
        }
        return addresses
    }

    private static func address(of entry: addrinfo) -> IPAddress? {
        guard let pointer = entry.ai_addr else { return nil }
        let bytes = UnsafeRawBufferPointer(start: pointer, count: Int(entry.ai_addrlen))
        switch entry.ai_family {
        case AF_INET:
            guard bytes.count >= 8 else { return nil }
            return .v4(IPv4Address(value: UInt32(bigEndian: bytes.loadUnaligned(fromByteOffset: 4, as: UInt32.self))))
        case AF_INET6:
            guard bytes.count >= 24 else { return nil }
            let high = UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
            let low = UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 16, as: UInt64.self))
            return .v6(IPv6Address(high: high, low: low))
        default: return nil
        }
    }
}
