import Addresses
import CLinux
import Glibc

/// An address as the socket calls of the C library take it.
struct SocketAddress {
    private var storage = sockaddr_storage()
    private var length = socklen_t(MemoryLayout<sockaddr_storage>.size)

    /// Room for an address that a call fills in.
    init() {}

    init(_ endpoint: Endpoint) {
        let port = in_port_t(bigEndian: endpoint.port)
        switch endpoint.address {
        case .v4(let address):
            fill(
                sockaddr_in(
                    sin_family: sa_family_t(AF_INET),
                    sin_port: port,
                    sin_addr: in_addr(s_addr: address.value.bigEndian),
                    sin_zero: (0, 0, 0, 0, 0, 0, 0, 0)
                )
            )
        case .v6(let address):
            var number = in6_addr()
            withUnsafeMutableBytes(of: &number) { bytes in
                bytes.storeBytes(of: address.high.bigEndian, as: UInt64.self)
                bytes.storeBytes(of: address.low.bigEndian, toByteOffset: 8, as: UInt64.self)
            }
            fill(
                sockaddr_in6(
                    sin6_family: sa_family_t(AF_INET6),
                    sin6_port: port,
                    sin6_flowinfo: 0,
                    sin6_addr: number,
                    sin6_scope_id: 0
                )
            )
        }
    }

    private mutating func fill<Address>(_ address: Address) {
        length = socklen_t(MemoryLayout<Address>.size)
        withUnsafeMutableBytes(of: &storage) { $0.storeBytes(of: address, as: Address.self) }
    }

    /// Hands the address to a call that reads it.
    func read<Result>(_ body: (UnsafePointer<sockaddr>, socklen_t) -> Result) -> Result {
        withUnsafePointer(to: storage) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, length) }
        }
    }

    /// Hands the room to a call that fills it in.
    mutating func write<Result>(
        _ body: (UnsafeMutablePointer<sockaddr>, UnsafeMutablePointer<socklen_t>) -> Result
    ) -> Result {
        withUnsafeMutablePointer(to: &storage) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, &length) }
        }
    }
}
