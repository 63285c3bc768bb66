package import Addresses
import Glibc
import System

/// What `genhash` needs of the process that it runs in.
package struct GenhashEnvironment: Sendable {
    /// Writes to standard output; false where that fails.
    package var output: @Sendable (String) -> Bool
    /// Writes to standard error.
    package var complain: @Sendable (String) -> Void
    /// The addresses of a name, the best one first; none where it has none.
    package var addresses: @Sendable (String) -> [IPAddress]

    /// Makes an environment of one's own.
    package init(
        output: @escaping @Sendable (String) -> Bool,
        complain: @escaping @Sendable (String) -> Void,
        addresses: @escaping @Sendable (String) -> [IPAddress]
    ) {
        self.output = output
        self.complain = complain
        self.addresses = addresses
    }

    /// Standard output, standard error and the name look-ups of this process.
    package static let process = GenhashEnvironment(
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
            let found = SocketAddress(copying: current.pointee.ai_addr, length: current.pointee.ai_addrlen)
            if let address = found?.endpoint?.address { addresses.append(address) }
            entry = current.pointee.ai_next
        }
        return addresses
    }
}
