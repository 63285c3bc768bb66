import Addresses
import CLinux
import Glibc
import IPVS

/// A TCP or UDP socket of the namespace in which it was made; it is closed with its last reference.
///
/// No call waits for ever. Each throws `Namespace.Failure` with its name and the error's number.
final class Socket {
    /// Seconds after which a call that waits fails, a connect with `EINPROGRESS`, all others with `EAGAIN`.
    private static let patience = 4

    let descriptor: Int32

    private init(descriptor: Int32) {
        self.descriptor = descriptor
        var limit = timeval(tv_sec: Self.patience, tv_usec: 0)
        for option in [SO_RCVTIMEO, SO_SNDTIMEO] {
            setsockopt(descriptor, SOL_SOCKET, option, &limit, socklen_t(MemoryLayout<timeval>.size))
        }
    }

    convenience init(_ transport: TransportProtocol, _ family: AddressFamily) throws {
        let kind = (transport == .tcp ? SOCK_STREAM : SOCK_DGRAM).rawValue | SOCK_CLOEXEC.rawValue
        let domain = family == .ipv4 ? AF_INET : AF_INET6
        self.init(descriptor: try Self.check("socket", socket(domain, Int32(kind), 0)))
    }

    deinit {
        close(descriptor)
    }

    /// Takes a local endpoint, also of an address that this host does not have yet.
    func bind(to endpoint: Endpoint) throws {
        switch endpoint.address.family {
        case .ipv4:
            set(IPPROTO_IP, IP_FREEBIND, to: 1)
        case .ipv6:
            set(IPPROTO_IPV6, IPV6_FREEBIND, to: 1)
            set(IPPROTO_IPV6, IPV6_V6ONLY, to: 1)
        }
        set(Int(SOL_SOCKET), SO_REUSEADDR, to: 1)
        try Self.check("bind", SocketAddress(endpoint).read { Glibc.bind(descriptor, $0, $1) })
    }

    func listen() throws {
        try Self.check("listen", Glibc.listen(descriptor, SOMAXCONN))
    }

    func accept() throws -> Socket {
        let guest = try Self.check("accept", Glibc.accept(descriptor, nil, nil))
        _ = fcntl(guest, F_SETFD, FD_CLOEXEC)
        return Socket(descriptor: guest)
    }

    /// The IPv4 address that a guest has connected to; nil for others.
    var localAddress: IPAddress? {
        var name = sockaddr_in()
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let result = withUnsafeMutablePointer(to: &name) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(descriptor, $0, &length) }
        }
        guard result == 0, name.sin_family == sa_family_t(AF_INET) else { return nil }
        return .v4(IPv4Address(value: UInt32(bigEndian: name.sin_addr.s_addr)))
    }

    func connect(to endpoint: Endpoint) throws {
        try Self.check("connect", SocketAddress(endpoint).read { Glibc.connect(descriptor, $0, $1) })
    }

    /// Wakes whoever waits for something to happen on this socket; for him it has ended.
    func shutDown() {
        shutdown(descriptor, Int32(SHUT_RDWR))
    }

    /// Sends all of it to the peer, or to another address.
    func send(_ bytes: [UInt8], to address: SocketAddress? = nil) throws {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { bytes in
                guard let address else { return Glibc.send(descriptor, bytes.baseAddress, bytes.count, Self.quietly) }
                return address.read { sendto(descriptor, bytes.baseAddress, bytes.count, Self.quietly, $0, $1) }
            }
            rest = rest.dropFirst(try Self.check("send", count))
        }
    }

    /// Receives what is there, or waits for something; nothing is the end of a connection.
    func receive() throws -> [UInt8] {
        try receiveWithSender().bytes
    }

    /// Receives a datagram and the address to answer to.
    func receiveWithSender() throws -> (bytes: [UInt8], sender: SocketAddress) {
        var sender = SocketAddress()
        let bytes = try [UInt8](unsafeUninitializedCapacity: 1 << 16) { buffer, count in
            count = try Self.check(
                "receive",
                sender.write { recvfrom(descriptor, buffer.baseAddress, buffer.count, 0, $0, $1) }
            )
        }
        return (bytes, sender)
    }

    /// Errors come as numbers, not as signals.
    private static let quietly = Int32(MSG_NOSIGNAL)

    private func set(_ level: Int, _ option: Int32, to value: Int32) {
        var value = value
        setsockopt(descriptor, Int32(level), option, &value, socklen_t(MemoryLayout<Int32>.size))
    }

    @discardableResult
    private static func check<Number: SignedInteger>(_ step: String, _ result: Number) throws -> Number {
        let number = errno
        guard result >= 0 else { throw Namespace.Failure(step: step, number: number) }
        return result
    }
}
