package import Addresses
package import Configuration

/// What an entry of the kernel's table stands for in a configuration.
package enum TableSubject: Hashable, Sendable {
    /// The virtual server itself.
    case service
    /// One of its real servers.
    case server(RealServer)
    /// The server that stands in when there is no other.
    case standby(Endpoint)
    /// A server that the configuration does not have, or no longer has.
    case surplus(Endpoint)
}
