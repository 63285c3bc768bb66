import Addresses
package import Configuration
package import IPVS

extension RealServer {
    /// Makes the server that stands in the kernel like that.
    package init(destination: Destination, check: HealthCheck) {
        self.init(
            address: destination.endpoint.address,
            port: destination.endpoint.port,
            forwarding: destination.forwarding,
            weight: destination.weight,
            check: check
        )
        (upperThreshold, lowerThreshold) = (destination.upperThreshold, destination.lowerThreshold)
        tunnel = destination.tunnel
    }

    /// The server as it stands behind the shop.
    package var destination: Destination { destination(in: VirtualService(key: Shop.key)) }
}

extension VirtualServer {
    /// The servers as they stand behind the service.
    package var destinations: [Destination] { realServers.map { $0.destination(in: service) } }

    /// The standby as it stands behind the service.
    package var fallback: Destination? { standby?.server.destination(in: service) }

    /// Whether servers that are down keep their place without weight.
    package var isQuiescent: Bool {
        get { realServers.contains { $0.whenDown == .quiesced } }
        set { for index in realServers.indices { realServers[index].whenDown = newValue ? .quiesced : .removed } }
    }
}
