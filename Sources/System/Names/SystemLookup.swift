package import Addresses
import CLinux
import Glibc

/// The names that the C library finds, by functions that any number of threads can call.
package enum SystemLookup {
    /// Why a host has no address, in the words of the C library.
    package struct Failure: Error, Hashable, Sendable {
        /// One line for people.
        package let text: String
        /// Whether it will not have one the next time either: `EAI_NONAME`.
        package let isFinal: Bool
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

    /// The addresses of a host as `getaddrinfo` orders them for connections from here, each once.
    ///
    /// It blocks while name servers are asked, unless the name is a number in one of the notations of inet_aton(3).
    ///
    /// - Parameter family: the family that they must have; nil for any.
    package static func addresses(
        of host: String,
        _ family: AddressFamily? = nil
    ) throws(Failure) -> [IPAddress] {
        try addresses(of: host, family, flags: 0)
    }

    private static func address(of host: String, _ family: AddressFamily, flags: Int32) throws(Failure) -> IPAddress {
        guard let address = try addresses(of: host, family, flags: flags).first else {
            throw Failure(text: "an answer without an address", isFinal: false)
        }
        return address
    }

    private static func addresses(
        of host: String,
        _ family: AddressFamily?,
        flags: Int32
    ) throws(Failure) -> [IPAddress] {
        var hints = addrinfo()
        hints.ai_family = family?.number ?? AF_UNSPEC
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        hints.ai_flags = flags
        var list: UnsafeMutablePointer<addrinfo>?
        let code = getaddrinfo(host, nil, &hints, &list)
        guard code == 0 else {
            let text = gai_strerror(code).map { String(cString: $0) } ?? "error \(code)"
            throw Failure(text: text, isFinal: code == EAI_NONAME)
        }
        defer { freeaddrinfo(list) }
        var addresses: [IPAddress] = []
        var next = list
        while let entry = next?.pointee {
            next = entry.ai_next
            let found = SocketAddress(copying: entry.ai_addr, length: entry.ai_addrlen)?.endpoint?.address
            if let found, !addresses.contains(found) { addresses.append(found) }
        }
        return addresses
    }
}
