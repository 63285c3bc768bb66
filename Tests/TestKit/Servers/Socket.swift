public import Addresses
import CLinux
import Glibc
public import IPVS
import System

/// A TCP or UDP socket of the namespace in which it was made; it is closed with its last reference.
///
/// No call waits for ever. Each throws `Namespace.Failure` with its name and the error's number.
public final class Socket {
    /// Its descriptor, which is closed with it.
    public let descriptor: Int32
    private let patience: Int

    private init(descriptor: Int32, patience: Int) {
        self.descriptor = descriptor
        self.patience = patience
        var limit = timeval(tv_sec: patience, tv_usec: 0)
        for option in [SO_RCVTIMEO, SO_SNDTIMEO] {
            setsockopt(descriptor, SOL_SOCKET, option, &limit, socklen_t(MemoryLayout<timeval>.size))
        }
    }

    /// Opens a socket.
    ///
    /// - Parameter patience: the seconds after which a call that waits fails, a connect with `EINPROGRESS`, all others
    ///   with `EAGAIN`.
    public convenience init(_ transport: TransportProtocol, _ family: AddressFamily, patience: Int = 4) throws {
        let kind = (transport == .tcp ? SOCK_STREAM : SOCK_DGRAM).rawValue | SOCK_CLOEXEC.rawValue
        self.init(
            descriptor: try Self.check("socket", socket(family.number, Int32(kind), 0)),
            patience: patience
        )
    }

    /// Opens a socket for a connection or for datagrams, on a port of an address of this machine that the kernel chooses.
    public convenience init(boundTo address: String = "127.0.0.1", isDatagram: Bool = false, patience: Int = 4) throws {
        guard let address = IPAddress(address) else { throw Namespace.Failure(step: address, number: EINVAL) }
        try self.init(isDatagram ? .udp : .tcp, address.family, patience: patience)
        try bind(to: Endpoint(address: address, port: 0))
    }

    deinit {
        close(descriptor)
    }

    /// Takes a local endpoint, also of an address that this host does not have yet.
    public func bind(to endpoint: Endpoint) throws {
        switch endpoint.address.family {
        case .ipv4:
            set(IPPROTO_IP, IP_FREEBIND, to: 1)
        case .ipv6:
            set(IPPROTO_IPV6, IPV6_FREEBIND, to: 1)
            set(IPPROTO_IPV6, IPV6_V6ONLY, to: 1)
        }
        set(Int(SOL_SOCKET), SO_REUSEADDR, to: 1)
        try Self.check("bind", SocketAddress(endpoint).readName { Glibc.bind(descriptor, $0, $1) })
    }

    /// Has the kernel take connections, as many as its queue holds before `accept`.
    public func listen() throws {
        try Self.check("listen", Glibc.listen(descriptor, SOMAXCONN))
    }

    /// Takes the next connection, or waits for one.
    public func accept() throws -> Socket {
        let guest = try Self.check("accept", Glibc.accept(descriptor, nil, nil))
        _ = fcntl(guest, F_SETFD, FD_CLOEXEC)
        return Socket(descriptor: guest, patience: patience)
    }

    /// The local end: where it is bound to, or what its peer has connected to.
    ///
    /// - Throws: `Namespace.Failure` of `getsockname`.
    public func endpoint() throws -> Endpoint {
        guard let endpoint = NetworkSocket.localEndpoint(of: descriptor) else {
            throw Namespace.Failure(step: "getsockname", number: errno)
        }
        return endpoint
    }

    /// Connects, or has datagrams go to and come from one endpoint only.
    public func connect(to endpoint: Endpoint) throws {
        try Self.check("connect", SocketAddress(endpoint).readName { Glibc.connect(descriptor, $0, $1) })
    }

    /// Wakes whoever waits for something to happen on this socket; for him it has ended.
    public func shutDown() {
        shutdown(descriptor, Int32(SHUT_RDWR))
    }

    /// Sends all of it to the peer, or to another endpoint.
    public func send(_ bytes: [UInt8], to endpoint: Endpoint? = nil) throws {
        let address = endpoint.map { SocketAddress($0) }
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { bytes in
                guard let address else { return Glibc.send(descriptor, bytes.baseAddress, bytes.count, Self.quietly) }
                return address.readName { sendto(descriptor, bytes.baseAddress, bytes.count, Self.quietly, $0, $1) }
            }
            rest = rest.dropFirst(try Self.check("send", count))
        }
    }

    /// Receives what is there, or waits for something; nothing is the end of a connection.
    public func receive() throws -> [UInt8] {
        try receiveWithSender().bytes
    }

    /// Receives a datagram and the endpoint to answer to, which a connection has none of.
    public func receiveWithSender() throws -> (bytes: [UInt8], sender: Endpoint?) {
        var sender: Endpoint?
        let bytes = try [UInt8](unsafeUninitializedCapacity: 1 << 16) { buffer, count in
            let received = NetworkSocket.receive(into: UnsafeMutableRawBufferPointer(buffer), by: descriptor)
            count = try Self.check("receive", received?.count ?? -1)
            sender = received?.sender
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

extension SocketAddress {
    /// Hands the address to a call that reads it.
    fileprivate func readName<Result>(_ body: (UnsafePointer<sockaddr>, socklen_t) -> Result) -> Result {
        readBytes { body($0.assumingMemoryBound(to: sockaddr.self), $1) }
    }
}
