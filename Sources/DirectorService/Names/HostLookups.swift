import Addresses
import CheckIO
import Glibc
import HealthChecks
import System

/// Looks up, by other threads, the names that redirects of checked servers lead to.
enum HostLookups {
    /// Looks names up by threads that nobody waits for.
    static func lookup(on loop: EventLoop) -> HostLookup {
        { [unowned loop] name, then in Background.begin(on: loop, { addresses(of: name) }, then: then) }
    }

    /// The addresses of a host as `getaddrinfo` orders them for connections from here.
    ///
    /// It blocks while name servers are asked, unless the name is a number in one of the notations of inet_aton(3).
    static func addresses(of host: String) -> Result<[IPAddress], HostCache.Failure> {
        var hints = addrinfo()
        hints.ai_family = AF_UNSPEC
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        var list: UnsafeMutablePointer<addrinfo>?
        let code = getaddrinfo(host, nil, &hints, &list)
        guard code == 0 else {
            let text = gai_strerror(code).map { String(cString: $0) } ?? "error \(code)"
            return .failure(HostCache.Failure(text: text, isFinal: code == EAI_NONAME))
        }
        defer { freeaddrinfo(list) }
        var addresses: [IPAddress] = []
        var next = list
        while let entry = next?.pointee {
            next = entry.ai_next
            let found = SocketAddress(copying: entry.ai_addr, length: entry.ai_addrlen)?.endpoint?.address
            if let found, !addresses.contains(found) { addresses.append(found) }
        }
        return .success(addresses)
    }
}
