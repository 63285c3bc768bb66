public import Addresses
public import IPVS
import Synchronization

/// A host that talks to virtual services.
public struct Client: Sendable {
    /// Each conversation has a port that none before had, so that the kernel never takes it for an old connection.
    private static let ports = Atomic<UInt16>(10_000)

    private let host: String

    /// The client in the namespace of that name.
    public init(_ host: String) {
        self.host = host
    }

    /// Begins a conversation with an endpoint, from an address of its own when one is given.
    ///
    /// - Throws: `Namespace.Failure` when there is no connection.
    public func converse(
        over transport: TransportProtocol,
        with endpoint: Endpoint,
        from address: IPAddress? = nil
    ) throws -> Conversation {
        try Namespace.named(host) { try Self.open(transport, endpoint, from: address) }
    }

    /// Asks once in each of so many new conversations, and returns how many answers came from which server.
    public func tally(
        _ count: Int,
        over transport: TransportProtocol,
        with endpoint: Endpoint,
        from address: IPAddress? = nil
    ) throws -> [String: Int] {
        try Namespace.named(host) {
            try (0..<count).reduce(into: [:]) { tally, _ in
                tally[try Self.open(transport, endpoint, from: address).ask(), default: 0] += 1
            }
        }
    }

    private static func open(
        _ transport: TransportProtocol,
        _ endpoint: Endpoint,
        from address: IPAddress?
    ) throws -> Conversation {
        let socket = try Socket(transport, endpoint.address.family)
        let port = ports.add(1, ordering: .relaxed).oldValue
        try socket.bind(to: Endpoint(address: address ?? .any(endpoint.address.family), port: port))
        try socket.connect(to: endpoint)
        return Conversation(socket, port: port)
    }
}
