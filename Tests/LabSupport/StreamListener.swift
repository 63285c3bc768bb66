public import Addresses
import IPVS

/// A listener that nobody looks after: connections come about, and nothing is ever said.
public final class StreamListener {
    private let socket: Socket

    /// Listens at an endpoint, in the namespace of the calling thread.
    public init(at endpoint: Endpoint) throws {
        socket = try Socket(.tcp, endpoint.address.family)
        try socket.bind(to: endpoint)
        try socket.listen()
    }
}
