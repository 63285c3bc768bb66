import CLinux
import Glibc

/// A socket for datagrams to another one of this machine, such as those of syslog and of the service manager.
///
/// It never waits, and finds the other one anew for each datagram, so that one that was made again is found.
struct UnixDatagramSocket: ~Copyable {
    private let address: sockaddr_un
    private let length: socklen_t
    private let descriptor: Descriptor

    /// Makes a socket that sends to the one at a path, or with an abstract name where that begins with `@`.
    ///
    /// - Throws: `SystemFailure` of `socket`; `ENAMETOOLONG` of a path that is longer than 107 bytes.
    init(to path: String) throws(SystemFailure) {
        var bytes = Array(path.utf8)
        var address = sockaddr_un()
        let room = MemoryLayout.size(ofValue: address.sun_path)
        guard bytes.count < room else { throw SystemFailure(call: "sendto", number: ENAMETOOLONG) }
        let isAbstract = bytes.first == UInt8(ascii: "@")
        if isAbstract { bytes[0] = 0 }
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
        let kind = Int32(SOCK_DGRAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue)
        descriptor = try Descriptor(of: "socket", socket(AF_UNIX, kind, 0))
        self.address = address
        // The zero at the end belongs to a path, and to no abstract name.
        length = socklen_t(MemoryLayout<sockaddr_un>.size - room + bytes.count + (isAbstract ? 0 : 1))
    }

    /// Sends a datagram.
    ///
    /// - Throws: `SystemFailure` of `sendto`: `ENOENT` or `ECONNREFUSED` where nobody listens, `EAGAIN` where nobody reads.
    borrowing func send(_ text: String) throws(SystemFailure) {
        var address = address
        let length = length
        let descriptor = descriptor.number
        var text = text
        let count = text.withUTF8 { bytes in
            withUnsafePointer(to: &address) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    sendto(descriptor, bytes.baseAddress, bytes.count, Int32(MSG_NOSIGNAL), $0, length)
                }
            }
        }
        guard count >= 0 else { throw .last("sendto") }
    }
}
