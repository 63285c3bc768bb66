package import Addresses
import Glibc

/// The names that the C library finds, by functions that any number of threads can call.
package enum SystemLookup {
    /// Why a host has no address, in the words of the C library.
    package struct Failure: Error, Hashable, Sendable {
        /// One line for people.
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
        let failure = SocketAddress(Endpoint(address: address, port: 0)).readBytes { pointer, length in
            getnameinfo(
                pointer.assumingMemoryBound(to: sockaddr.self),
                length,
                &name,
                socklen_t(name.count),
                nil,
                0,
                NI_NAMEREQD
            )
        }
        guard failure == 0 else { return nil }
        return name.withUnsafeBufferPointer { $0.baseAddress.map { String(cString: $0) } }
    }

    /// The port of a service in `/etc/services`.
    ///
    /// - Parameter word: the protocol as that file names it, such as `tcp`; nil for the first line with the service's name.
    package static func port(of service: String, _ word: String?) -> UInt16? {
        var entry = servent()
        var found: UnsafeMutablePointer<servent>?
        var room = [CChar](repeating: 0, count: 4096)
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
        guard
            let found = SocketAddress(copying: list.pointee.ai_addr, length: list.pointee.ai_addrlen)?.endpoint,
            found.address.family == family
        else { throw noAddress }
        return found.address
    }

    private static let noAddress = Failure(text: "an answer without an address")
}
