package import Addresses

/// The TCP services of the director, and the real servers behind each.
package struct ServedAddresses: Hashable, Sendable {
    private var servers: [Endpoint: [Endpoint]] = [:]

    /// Makes a table without services.
    package init() {}

    /// Adds a service, or more servers behind one, where another pool has its own there.
    package mutating func add(_ service: Endpoint, servers: [Endpoint]) {
        self.servers[service, default: []] += servers
    }

    /// What stands behind an address and port, for a check of one of the real servers.
    ///
    /// A service of port 0 takes all ports that have none of their own, and leaves them as they are.
    package func service(at endpoint: Endpoint, for server: IPAddress) -> HostPlace.Service? {
        let every = Endpoint(address: endpoint.address, port: 0)
        guard let behind = servers[endpoint] ?? servers[every] else { return nil }
        guard let own = behind.first(where: { $0.address == server }) else { return .otherServers }
        return .sameServer(own.port == 0 ? Endpoint(address: server, port: endpoint.port) : own)
    }
}
