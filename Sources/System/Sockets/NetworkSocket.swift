package import Addresses
import CLinux
import Glibc

/// The socket calls of IPv4 and IPv6, on descriptors that their callers close.
package enum NetworkSocket {
    /// What a socket carries.
    package enum Kind: Hashable, Sendable {
        /// A TCP connection.
        case stream
        /// UDP datagrams.
        case datagrams
    }

    /// Opens a socket that does not block and begins to connect it.
    ///
    /// - Parameter origin: what it is bound to.
    /// - Throws: `SystemFailure` of `socket`, `setsockopt`, `bind` or `connect`; no descriptor is left then.
    package static func connect(
        to endpoint: Endpoint,
        for kind: Kind,
        from origin: SocketOrigin = SocketOrigin()
    ) throws(SystemFailure) -> (descriptor: Int32, isConnected: Bool) {
        let type =
            switch kind {
            case .stream: Int32(SOCK_STREAM.rawValue)
            case .datagrams: Int32(SOCK_DGRAM.rawValue)
            }
        let flags = Int32(SOCK_NONBLOCK.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
        let descriptor = socket(endpoint.address.family.number, type | flags, 0)
        guard descriptor >= 0 else { throw SystemFailure(call: "socket", number: errno) }
        do throws(SystemFailure) {
            try origin.bind(descriptor, endpoint.address.family, isStream: kind == .stream)
        } catch {
            close(descriptor)
            throw error
        }
        let result = SocketAddress(endpoint).read { Glibc.connect(descriptor, $0, $1) }
        if result == 0 { return (descriptor, true) }
        let number = errno
        if number == EINPROGRESS { return (descriptor, false) }
        close(descriptor)
        throw SystemFailure(call: "connect", number: number)
    }

    /// Sends a datagram to an address.
    ///
    /// - Throws: `SystemFailure` of `sendto`.
    package static func send(_ bytes: [UInt8], to address: SocketAddress, by descriptor: Int32) throws(SystemFailure) {
        guard address.read({ sendto(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL), $0, $1) }) >= 0 else {
            throw SystemFailure(call: "sendto", number: errno)
        }
    }

    /// Takes a datagram that has come; nil when there is none, or the socket has met an error.
    ///
    /// - Returns: its bytes, as many as there is room for, and who sent it; nil for one of another family.
    package static func receive(
        into buffer: UnsafeMutableRawBufferPointer,
        by descriptor: Int32
    ) -> (count: Int, sender: Endpoint?)? {
        var sender = SocketAddress()
        let count = sender.write { recvfrom(descriptor, buffer.baseAddress, buffer.count, 0, $0, $1) }
        return count < 0 ? nil : (count, sender.endpoint)
    }

    /// The error that a socket has met; 0 for none.
    package static func error(of descriptor: Int32) -> Int32 {
        var number: Int32 = 0
        var length = socklen_t(MemoryLayout<Int32>.size)
        guard getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &number, &length) == 0 else { return errno }
        return number
    }

    /// Whether a connection leads to its own beginning.
    ///
    /// Where nobody listens on a port of this machine that clients are given too, one in some thousand connections to
    /// it is given that very port, and succeeds.
    package static func isItsOwnPeer(_ descriptor: Int32, _ peer: Endpoint) -> Bool {
        // The kernel by itself gives no client a port below 1,024.
        peer.port >= 1_024 && localEndpoint(of: descriptor) == peer
    }

    /// The local end of a connection; nil when it cannot be told.
    package static func localEndpoint(of descriptor: Int32) -> Endpoint? {
        var address = SocketAddress()
        guard address.write({ getsockname(descriptor, $0, $1) }) == 0 else { return nil }
        return address.endpoint
    }
}
