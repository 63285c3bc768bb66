package import Addresses

/// One of the addresses of a host.
package struct HostPlace: Hashable, Sendable {
    /// What stands behind an address and port that are a virtual service of this director.
    package enum Service: Hashable, Sendable {
        /// The server that is checked, at that endpoint.
        case sameServer(Endpoint)
        /// Other servers only.
        case otherServers
    }

    /// The address.
    package let address: IPAddress
    /// How far it leads.
    package let scope: AddressScope
    /// The virtual service that it is with the port that was asked for.
    package let service: Service?

    /// Makes a place.
    package init(address: IPAddress, scope: AddressScope, service: Service? = nil) {
        self.address = address
        self.scope = scope
        self.service = service
    }
}
