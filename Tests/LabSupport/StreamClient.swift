public import Addresses
import IPVS
public import IPVSNetlink

/// A client whose connection stays open until it asks.
public final class StreamClient {
    private static let port: UInt16 = 20_000
    private let socket: Socket

    /// Connects, in the namespace of the calling thread; there can be one at a time.
    ///
    /// - Throws: `Namespace.Failure` when there is no connection.
    public init(to endpoint: Endpoint) throws {
        socket = try Socket(.tcp, endpoint.address.family)
        try socket.bind(to: Endpoint(address: .any(endpoint.address.family), port: Self.port))
        try socket.connect(to: endpoint)
    }

    /// The last byte of the IPv4 address of the server that the kernel has led it to; nil when it knows nothing of it.
    public func server(in kernel: NetlinkKernel) throws -> Int? {
        var found: Int?
        try kernel.forEachConnection { connection in
            guard connection.source.port == Self.port, case .v4(let address) = connection.destination.address else {
                return true
            }
            found = Int(address.value & 0xff)
            return false
        }
        return found
    }

    /// Asks, and returns everything that is answered.
    ///
    /// - Throws: `Namespace.Failure` when the connection is broken.
    public func finish() throws -> String {
        try socket.send(Array("GET / HTTP/1.0\r\n\r\n".utf8))
        var answer: [UInt8] = []
        while true {
            let bytes = try socket.receive()
            if bytes.isEmpty { return String(decoding: answer, as: UTF8.self) }
            answer += bytes
        }
    }
}
