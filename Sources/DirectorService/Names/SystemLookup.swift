package import Addresses
import Glibc
package import IPVS

/// The names that the C library finds, by functions that any number of threads can call.
package enum SystemLookup {
    /// Why a host has no address, in the words of the C library.
    package struct Failure: Error, Hashable, Sendable {
        package let text: String
    }

    /// The first address of a host in a family, by `getaddrinfo`.
    ///
    /// It blocks while name servers are asked, unless the name is a number.
    package static func address(of host: String, _ family: AddressFamily) throws(Failure) -> IPAddress {
        try address(of: host, family, flags: 0)
    }

    /// The address of a host that is written as numbers of any notation, which nobody needs to be asked for.
    package static func address(numeric host: String, _ family: AddressFamily) -> IPAddress? {
        try? address(of: host, family, flags: AI_NUMERICHOST)
    }

    /// The name of the host with that address, by `getnameinfo`; nil when it has none.
    package static func name(of address: IPAddress) -> String? {
        var name = [CChar](repeating: 0, count: Int(NI_MAXHOST))
        let failure = withSocketAddress(address) { pointer, length in
            getnameinfo(pointer, length, &name, socklen_t(name.count), nil, 0, NI_NAMEREQD)
        }
        guard failure == 0 else { return nil }
        return name.withUnsafeBufferPointer { $0.baseAddress.map { String(cString: $0) } }
    }

    /// The port of a service in `/etc/services`; without a protocol that of the first line with its name.
    package static func port(of service: String, _ transport: TransportProtocol?) -> UInt16? {
        var entry = servent()
        var found: UnsafeMutablePointer<servent>?
        var room = [CChar](repeating: 0, count: 4096)
        let word: String? =
            switch transport {
            case .tcp?: "tcp"
            case .udp?: "udp"
            case .sctp?: "sctp"
            default: nil
            }
        guard getservbyname_r(service, word, &entry, &room, room.count, &found) == 0, found != nil else { return nil }
        return UInt16(bigEndian: UInt16(truncatingIfNeeded: entry.s_port))
    }

    private static func address(
        of host: String,
        _ family: AddressFamily,
        flags: Int32
    ) throws(Failure) -> IPAddress {
        var hints = addrinfo()
        hints.ai_family = family == .ipv4 ? AF_INET : AF_INET6
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        hints.ai_flags = flags
        var list: UnsafeMutablePointer<addrinfo>?
        let code = getaddrinfo(host, nil, &hints, &list)
        guard code == 0, let list else {
            throw Failure(text: gai_strerror(code).map { String(cString: $0) } ?? "error \(code)")
        }
        defer { freeaddrinfo(list) }
        guard let address = list.pointee.ai_addr else { throw noAddress }
        let bytes = UnsafeRawBufferPointer(start: address, count: Int(list.pointee.ai_addrlen))
        switch family {
        case .ipv4:
            guard bytes.count >= MemoryLayout<sockaddr_in>.size else { throw noAddress }
            let value = bytes.loadUnaligned(fromByteOffset: 4, as: UInt32.self)
            return .v4(IPv4Address(value: UInt32(bigEndian: value)))
        case .ipv6:
            guard bytes.count >= MemoryLayout<sockaddr_in6>.size else { throw noAddress }
            let high = bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self)
            let low = bytes.loadUnaligned(fromByteOffset: 16, as: UInt64.self)
            return .v6(IPv6Address(high: UInt64(bigEndian: high), low: UInt64(bigEndian: low)))
        }
    }

    private static let noAddress = Failure(text: "an answer without an address")

    private static func withSocketAddress(
        _ address: IPAddress,
        _ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32
    ) -> Int32 {
        switch address {
        case .v4(let address):
            var socketAddress = sockaddr_in()
            socketAddress.sin_family = sa_family_t(AF_INET)
            socketAddress.sin_addr.s_addr = address.value.bigEndian
            return withUnsafeBytes(of: &socketAddress) { call(body, $0) }
        case .v6(let address):
            var socketAddress = sockaddr_in6()
            socketAddress.sin6_family = sa_family_t(AF_INET6)
            withUnsafeMutableBytes(of: &socketAddress.sin6_addr) {
                $0.storeBytes(of: address.high.bigEndian, as: UInt64.self)
                $0.storeBytes(of: address.low.bigEndian, toByteOffset: 8, as: UInt64.self)
            }
            return withUnsafeBytes(of: &socketAddress) { call(body, $0) }
        }
    }

    private static func call(
        _ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32,
        _ bytes: UnsafeRawBufferPointer
    ) -> Int32 {
        guard let start = bytes.baseAddress else { return EAI_FAIL }
        return body(start.assumingMemoryBound(to: sockaddr.self), socklen_t(bytes.count))
    }
}
