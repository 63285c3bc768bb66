import CLinux
import Glibc
package import System

/// The sockets that lines are made of: `SOCK_SEQPACKET` of this machine.
package enum ControlSocket {
    private static let kind = Int32(SOCK_SEQPACKET.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue)

    /// The two ends of a line within one process, one of which is for a program that it starts.
    ///
    /// - Throws: `SystemFailure` of `socketpair`.
    package static func pair() throws(SystemFailure) -> (Int32, Int32) {
        var ends: [Int32] = [-1, -1]
        guard socketpair(AF_UNIX, kind, 0, &ends) == 0 else { throw .last("socketpair") }
        return (ends[0], ends[1])
    }

    /// Takes over a descriptor that was inherited.
    ///
    /// - Throws: `SystemFailure` of `getsockopt` where it is no socket of this kind.
    package static func inherited(_ number: Int32) throws(SystemFailure) -> Descriptor {
        var type: Int32 = 0
        var length = socklen_t(MemoryLayout<Int32>.size)
        guard getsockopt(number, SOL_SOCKET, SO_TYPE, &type, &length) == 0 else { throw .last("getsockopt") }
        guard type == Int32(SOCK_SEQPACKET.rawValue) else {
            throw SystemFailure(call: "getsockopt", number: EPROTOTYPE)
        }
        return try Descriptor(of: "getsockopt", number)
    }

    /// Connects to the socket at a path.
    ///
    /// - Throws: `SystemFailure` of `socket` or `connect`: `ENOENT` or `ECONNREFUSED` where nobody listens.
    package static func connect(to path: String) throws(SystemFailure) -> Descriptor {
        let descriptor = try Descriptor(of: "socket", socket(AF_UNIX, kind, 0))
        let (address, length) = try address(path, for: "connect")
        guard with(address, { Glibc.connect(descriptor.number, $0, length) }) == 0 else { throw .last("connect") }
        return descriptor
    }

    /// Listens at a path, in place of whatever has that name: whoever calls this has made sure that nobody else lives there.
    ///
    /// - Throws: `SystemFailure` of `socket`, `bind` or `listen`.
    package static func listen(at path: String) throws(SystemFailure) -> Descriptor {
        let descriptor = try Descriptor(of: "socket", socket(AF_UNIX, kind, 0))
        let (address, length) = try address(path, for: "bind")
        unlink(path)
        // Its group too: a director of root that may not go by the rights of others connects by that.
        let mask = umask(0o117)
        let result = with(address) { Glibc.bind(descriptor.number, $0, length) }
        let number = errno
        umask(mask)
        guard result == 0 else { throw SystemFailure(call: "bind", number: number) }
        guard Glibc.listen(descriptor.number, 16) == 0 else { throw .last("listen") }
        return descriptor
    }

    /// Takes the next connection to a socket that listens; nil when there is none.
    ///
    /// - Throws: `SystemFailure` of `accept4`.
    package static func accept(_ listening: Int32) throws(SystemFailure) -> Descriptor? {
        while true {
            let number = accept4(listening, nil, nil, Int32(SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue))
            if number >= 0 { return try Descriptor(of: "accept4", number) }
            switch errno {
            case EINTR, ECONNABORTED: continue
            case EAGAIN: return nil
            default: throw .last("accept4")
            }
        }
    }

    /// The user at the other end of a connection, and its process; nil where the kernel does not tell.
    package static func peer(of descriptor: Int32) -> (user: UInt32, process: Int32)? {
        // struct ucred, which the C library has for GNU programs: process, user, group.
        var credentials: [UInt32] = [0, 0, 0]
        var length = socklen_t(12)
        guard getsockopt(descriptor, SOL_SOCKET, SO_PEERCRED, &credentials, &length) == 0, length == 12 else {
            return nil
        }
        return (credentials[1], Int32(bitPattern: credentials[0]))
    }

    private static func address(_ path: String, for call: String) throws(SystemFailure) -> (sockaddr_un, socklen_t) {
        let bytes = Array(path.utf8)
        var address = sockaddr_un()
        guard bytes.count < MemoryLayout.size(ofValue: address.sun_path) else {
            throw SystemFailure(call: call, number: ENAMETOOLONG)
        }
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
        return (address, socklen_t(MemoryLayout<sockaddr_un>.size))
    }

    private static func with<Result>(
        _ address: sockaddr_un,
        _ body: (UnsafePointer<sockaddr>) -> Result
    ) -> Result {
        withUnsafePointer(to: address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1, body)
        }
    }
}
