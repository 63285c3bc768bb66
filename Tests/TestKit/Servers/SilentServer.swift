public import Addresses
import IPVS

/// A server that lets everybody connect and never says a word.
public final class SilentServer {
    private let listener: Socket

    /// Opens at an endpoint, in the namespace of the calling thread; it closes with this value.
    public init(at endpoint: Endpoint) throws {
        listener = try Socket(.tcp, endpoint.address.family)
        try listener.bind(to: endpoint)
        try listener.listen()
    }
}
