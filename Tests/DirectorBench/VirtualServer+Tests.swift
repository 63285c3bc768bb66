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
            weight: destination.weight
        )
        checks = [ServerCheck(check, pace: Pace(interval: .seconds(10)))]
        (upperThreshold, lowerThreshold) = (destination.upperThreshold, destination.lowerThreshold)
        tunnel = destination.tunnel
    }

    /// What its only check asks.
    package var check: HealthCheck {
        get { checks[0].probe }
        set { checks[0].probe = newValue }
    }

    /// The server as it stands behind the shop.
    package var destination: Destination { destination(in: VirtualService(key: Shop.key)) }
}

extension VirtualServer {
    /// The servers as they stand behind the service.
    package var destinations: [Destination] { realServers.map { $0.destination(in: service) } }

    /// The standby as it stands behind the service.
    package var fallback: Destination? { standby?.server.destination(in: service) }

    /// How often its servers are asked; nil where none is.
    package var interval: Duration? {
        get { realServers.lazy.compactMap(\.checks.first).first?.pace.interval }
        set { change { $0.pace.interval = newValue ?? .seconds(10) } }
    }

    /// The failures in a row that its servers are allowed; nil where none is asked.
    package var failureCount: Int? {
        get { realServers.lazy.compactMap(\.checks.first).first?.failureCount }
        set { change { $0.failureCount = newValue ?? 1 } }
    }

    /// The successes in a row that its servers need; nil where none is asked.
    package var riseCount: Int? {
        get { realServers.lazy.compactMap(\.checks.first).first?.riseCount }
        set { change { $0.riseCount = newValue ?? 1 } }
    }

    private mutating func change(_ body: (inout ServerCheck) -> Void) {
        for server in realServers.indices {
            for check in realServers[server].checks.indices { body(&realServers[server].checks[check]) }
        }
    }

    /// Whether servers that are down keep their place without weight.
    package var isQuiescent: Bool {
        get { realServers.contains { $0.whenDown == .quiesced } }
        set { for index in realServers.indices { realServers[index].whenDown = newValue ? .quiesced : .removed } }
    }
}
