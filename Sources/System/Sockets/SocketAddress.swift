package import Addresses
import CLinux
import Glibc

/// An address as the socket calls of the C library take and give it.
package struct SocketAddress {
    // The address of IPv6 is the larger one; that of IPv4 lies in its first bytes.
    private var storage = sockaddr_in6()
    private var length = socklen_t(MemoryLayout<sockaddr_in6>.size)

    /// Room for an address that a call fills in.
    init() {}

    /// The address that a call left in memory of its own; nil where there is none, or a longer one than these families have.
    package init?(copying pointer: UnsafeRawPointer?, length: UInt32) {
        guard let pointer, length <= self.length else { return nil }
        withUnsafeMutableBytes(of: &storage) {
            $0.copyMemory(from: UnsafeRawBufferPointer(start: pointer, count: Int(length)))
        }
        self.length = length
    }

    /// The address of an endpoint.
    package init(_ endpoint: Endpoint) {
        let port = in_port_t(bigEndian: endpoint.port)
        switch endpoint.address {
        case .v4(let address):
            let short = sockaddr_in(
                sin_family: sa_family_t(AF_INET),
                sin_port: port,
                sin_addr: in_addr(s_addr: address.value.bigEndian),
                sin_zero: (0, 0, 0, 0, 0, 0, 0, 0)
            )
            length = socklen_t(MemoryLayout<sockaddr_in>.size)
            withUnsafeMutableBytes(of: &storage) { $0.storeBytes(of: short, as: sockaddr_in.self) }
        case .v6(let address):
            storage.sin6_family = sa_family_t(AF_INET6)
            storage.sin6_port = port
            withUnsafeMutableBytes(of: &storage.sin6_addr) { bytes in
                bytes.storeBytes(of: address.high.bigEndian, as: UInt64.self)
                bytes.storeBytes(of: address.low.bigEndian, toByteOffset: 8, as: UInt64.self)
            }
        }
    }

    /// The endpoint that a call has filled in; nil for another family.
    package var endpoint: Endpoint? {
        switch Int32(storage.sin6_family) {
        case AF_INET:
            let short = withUnsafeBytes(of: storage) { $0.load(as: sockaddr_in.self) }
            let address = IPv4Address(value: UInt32(bigEndian: short.sin_addr.s_addr))
            return Endpoint(address: .v4(address), port: UInt16(bigEndian: short.sin_port))
        case AF_INET6:
            let halves = withUnsafeBytes(of: storage.sin6_addr) { bytes in
                (bytes.loadUnaligned(as: UInt64.self), bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
            }
            let address = IPv6Address(high: UInt64(bigEndian: halves.0), low: UInt64(bigEndian: halves.1))
            return Endpoint(address: .v6(address), port: UInt16(bigEndian: storage.sin6_port))
        default:
            return nil
        }
    }

    /// Hands the address to a call that reads it.
    func read<Result>(_ body: (UnsafePointer<sockaddr>, socklen_t) -> Result) -> Result {
        withUnsafePointer(to: storage) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, length) }
        }
    }

    /// Hands the bytes of the address, a `sockaddr`, to a call of another module that reads it.
    package func readBytes<Result>(_ body: (UnsafeRawPointer, UInt32) -> Result) -> Result {
        read { body(UnsafeRawPointer($0), $1) }
    }

    /// Hands the room to a call that fills it in.
    mutating func write<Result>(
        _ body: (UnsafeMutablePointer<sockaddr>, UnsafeMutablePointer<socklen_t>) -> Result
    ) -> Result {
        length = socklen_t(MemoryLayout<sockaddr_in6>.size)
        return withUnsafeMutablePointer(to: &storage) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, &length) }
        }
    }
}

extension AddressFamily {
    /// The number of the family: `AF_INET`, `AF_INET6`.
    package var number: Int32 {
        switch self {
        case .ipv4: AF_INET
        case .ipv6: AF_INET6
        }
    }
}
