package import Addresses
package import IPVS

/// A name in a file that only the system's databases can turn into a number.
package enum NameQuestion: Hashable, Sendable {
    /// The first address of a host in a family.
    case host(String, AddressFamily)
    /// The port of a service with a protocol; nil takes the first protocol that has the service.
    case service(String, TransportProtocol?)
}

/// What became of a question.
package enum NameAnswer: Hashable, Sendable {
    /// A host's address, of the family that was asked for.
    case address(IPAddress)
    /// A service's port.
    case port(UInt16)
    /// Nothing, and why: "no such host", "no answer within 5 s".
    case unresolved(String)
}
