import Addresses
import CLinux
import Glibc
import System

/// What raw sockets of both directions have in common.
enum RawSocket {
    /// The traffic class of a network's own control, in every advertisement.
    static let networkControl: Int32 = 0xc0

    /// Opens a raw socket that does not block, bound to an interface where one is given.
    ///
    /// - Throws: `SystemFailure` of `socket` or `setsockopt`.
    static func open(
        _ family: AddressFamily,
        protocol number: UInt8,
        interface: String?
    ) throws(SystemFailure) -> Descriptor {
        let flags = Int32(SOCK_RAW.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue)
        let descriptor = try Descriptor(of: "socket", socket(family.number, flags, Int32(number)))
        if let interface {
            let name = Array(interface.utf8)
            guard setsockopt(descriptor.number, SOL_SOCKET, SO_BINDTODEVICE, name, socklen_t(name.count)) == 0 else {
                throw .last("setsockopt")
            }
        }
        return descriptor
    }

    /// Sets an option that is a number.
    ///
    /// - Throws: `SystemFailure` of `setsockopt`.
    static func set(_ level: Int, _ option: Int32, to value: Int32, of descriptor: Int32) throws(SystemFailure) {
        var value = value
        let size = socklen_t(MemoryLayout<Int32>.size)
        guard setsockopt(descriptor, Int32(level), option, &value, size) == 0 else { throw .last("setsockopt") }
    }

    /// Binds a socket to an address of its family.
    ///
    /// - Parameter interface: the number of the interface that a link-local address or group stands on.
    /// - Throws: `SystemFailure` of `bind`: `EADDRNOTAVAIL` for an address that this machine does not have.
    static func bind(_ descriptor: Int32, to address: IPAddress, interface: UInt32) throws(SystemFailure) {
        let result =
            switch address {
            case .v4:
                SocketAddress(Endpoint(address: address, port: 0)).readBytes { bytes, length in
                    Glibc.bind(descriptor, bytes.assumingMemoryBound(to: sockaddr.self), length)
                }
            case .v6(let address): clinux_bind6(descriptor, address.networkBytes, interface)
            }
        guard result == 0 else { throw .last("bind") }
    }
}

extension IPv6Address {
    /// Its sixteen bytes as packets have them.
    var networkBytes: [UInt8] {
        [high, low].flatMap { half in (0..<8).map { UInt8(truncatingIfNeeded: half >> UInt64(56 - 8 * $0)) } }
    }

    /// The address of sixteen bytes at the front of a buffer; nil when there are fewer.
    init?(networkBytes bytes: UnsafeRawBufferPointer) {
        guard bytes.count >= 16 else { return nil }
        self.init(
            high: UInt64(bigEndian: bytes.loadUnaligned(as: UInt64.self)),
            low: UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
        )
    }
}
