import Addresses
import CLinux
import Dialogues
import Glibc

/// The socket calls that probes make, on descriptors that they close themselves.
enum NetworkSocket {
    /// Opens a socket that does not block and begins to connect it.
    ///
    /// - Parameter mark: the firewall mark of its packets; 0 for none.
    /// - Throws: `SystemFailure` of `socket`, `setsockopt` or `connect`; no descriptor is left then.
    static func connect(
        to endpoint: Endpoint,
        over transport: DialogueTransport,
        mark: UInt32 = 0
    ) throws(SystemFailure) -> (descriptor: Int32, isConnected: Bool) {
        let kind =
            switch transport {
            case .tcp: Int32(SOCK_STREAM.rawValue)
            case .udp: Int32(SOCK_DGRAM.rawValue)
            }
        let flags = Int32(SOCK_NONBLOCK.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
        let descriptor = socket(endpoint.address.family.number, kind | flags, 0)
        guard descriptor >= 0 else { throw SystemFailure(call: "socket", number: errno) }
        if mark != 0 {
            var mark = mark
            guard setsockopt(descriptor, SOL_SOCKET, SO_MARK, &mark, socklen_t(MemoryLayout<UInt32>.size)) == 0 else {
                let number = errno
                close(descriptor)
                throw SystemFailure(call: "setsockopt", number: number)
            }
        }
        let result = SocketAddress(endpoint).read { Glibc.connect(descriptor, $0, $1) }
        if result == 0 { return (descriptor, true) }
        let number = errno
        if number == EINPROGRESS { return (descriptor, false) }
        close(descriptor)
        throw SystemFailure(call: "connect", number: number)
    }

    /// The error that a socket has met; 0 for none.
    static func error(of descriptor: Int32) -> Int32 {
        var number: Int32 = 0
        var length = socklen_t(MemoryLayout<Int32>.size)
        guard getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &number, &length) == 0 else { return errno }
        return number
    }

    /// Whether a connection leads to its own beginning.
    ///
    /// Where nobody listens on a port of this machine that clients are given too, one in some thousand connections to
    /// it is given that very port, and succeeds.
    static func isItsOwnPeer(_ descriptor: Int32, _ peer: Endpoint) -> Bool {
        // No client is given a port below these without asking.
        peer.port >= 1_024 && localEndpoint(of: descriptor) == peer
    }

    /// The local end of a connection; nil when it cannot be told.
    static func localEndpoint(of descriptor: Int32) -> Endpoint? {
        var address = SocketAddress()
        guard address.write({ getsockname(descriptor, $0, $1) }) == 0 else { return nil }
        return address.endpoint
    }
}
