public import Addresses
import CLinux
import Glibc
import IPVS

/// A server on the loopback that takes connections as far as the kernel does, and can go and come back at its port.
public final class LoopbackServer {
    /// Where it listens, or did.
    public let endpoint: Endpoint
    private var listener: Socket?

    /// Listens at a port that the kernel chooses.
    public init() throws {
        let socket = try Socket()
        endpoint = try socket.endpoint()
        try socket.listen()
        listener = socket
    }

    /// Its port.
    public var port: UInt16 { endpoint.port }

    /// Listens at its port again.
    public func start() throws {
        guard listener == nil else { return }
        let socket = try Socket(.tcp, endpoint.address.family)
        try socket.bind(to: endpoint)
        try socket.listen()
        listener = socket
    }

    /// Refuses connections from here on.
    public func stop() {
        listener = nil
    }

    /// Takes the next connection; nil when there is none.
    public func accept() -> Socket? {
        guard let listener else { return nil }
        var watched = pollfd(fd: listener.descriptor, events: Int16(POLLIN), revents: 0)
        guard poll(&watched, 1, 0) > 0 else { return nil }
        return try? listener.accept()
    }
}
