import Addresses
import IPVS

/// The table of `Fixtures/listings/setup.rules` with the counters that stood in the kernel when the listings were recorded.
enum ExampleTable {
    static let information = KernelInformation(packedVersion: 0x01_02_01, connectionTableSize: 4096)

    /// The services in the order of `nosort.txt`.
    static let snapshot = Snapshot(services: [
        ServiceStatus(
            service: VirtualService(
                key: key(.udp, "10.0.0.1", 5061),
                schedulerFlags: [.first, .second, .third],
                isOnePacket: true
            ),
            destinations: [server("10.1.0.2", 99, .masquerade)]
        ),
        ServiceStatus(
            service: VirtualService(
                key: key(.udp, "10.0.0.1", 5060),
                scheduler: "rr",
                schedulerFlags: .first,
                persistence: Persistence(timeout: 60, netmask: .host(.ipv4)),
                persistenceEngine: "sip",
                isOnePacket: true
            )
        ),
        ServiceStatus(
            service: VirtualService(
                key: key(.sctp, "10.0.0.1", 99),
                scheduler: "mh",
                schedulerFlags: [.first, .second]
            )
        ),
        ServiceStatus(
            service: VirtualService(key: key(.sctp, "10.0.0.1", 98), scheduler: "mh", schedulerFlags: .third)
        ),
        ServiceStatus(
            service: VirtualService(key: key(.udp, "2001:db8::1", 53), scheduler: "lc", isOnePacket: true)
        ),
        ServiceStatus(
            service: VirtualService(
                key: key(.tcp, "2001:db8:1111:2222:3333:4444:5555:6666", 65535),
                scheduler: "sed",
                persistence: Persistence(timeout: 400, netmask: .ipv6(prefixLength: 64))
            ),
            destinations: [server("2001:db8:7777:2222:3333:4444:5555:6666", 65535, .masquerade, weight: 10_000_000)]
        ),
        ServiceStatus(
            service: VirtualService(
                key: key(.tcp, "10.0.0.2", 443),
                scheduler: "rr",
                persistence: Persistence(timeout: 600, netmask: .ipv4(IPv4Address(value: 0xffff_0000)))
            ),
            statistics: statistics([1, 1, 1, 60, 40], rates: [0, 0, 0, 6, 4]),
            destinations: [
                server(
                    "10.1.0.2",
                    443,
                    .masquerade,
                    inactive: 1,
                    persistent: 1,
                    statistics([1, 1, 1, 60, 40], rates: [0, 0, 0, 6, 4])
                )
            ]
        ),
        ServiceStatus(
            service: VirtualService(key: key(.tcp, "10.0.0.2", 81)),
            statistics: statistics([7, 7, 7, 420, 280], rates: [1, 1, 1, 52, 35]),
            destinations: [
                server(
                    "10.1.0.2",
                    81,
                    .masquerade,
                    inactive: 7,
                    statistics([7, 7, 7, 420, 280], rates: [1, 1, 1, 52, 35])
                )
            ]
        ),
        web,
        ServiceStatus(
            service: VirtualService(
                key: key(.tcp, "100.100.100.100", 65535),
                persistence: Persistence(timeout: 360, netmask: .host(.ipv4))
            ),
            destinations: [server("100.100.101.100", 65535, .masquerade, weight: 65535)]
        ),
        ServiceStatus(
            service: VirtualService(
                key: key(.tcp, "2001:db8::1", 443),
                scheduler: "rr",
                persistence: Persistence(timeout: 360, netmask: .host(.ipv6))
            ),
            statistics: statistics([1, 1, 1, 80, 60], rates: [0, 0, 0, 7, 6]),
            destinations: [
                server(
                    "2001:db8::11",
                    443,
                    .directRoute,
                    inactive: 1,
                    persistent: 1,
                    statistics([1, 1, 1, 80, 60], rates: [0, 0, 0, 7, 6])
                )
            ]
        ),
        ServiceStatus(
            service: VirtualService(
                key: key(.udp, "10.0.0.1", 53),
                scheduler: "sh",
                schedulerFlags: .second,
                persistence: Persistence(timeout: 120, netmask: .ipv4(IPv4Address(value: 0xffff_ff00)))
            )
        ),
        ServiceStatus(service: VirtualService(key: .mark(2_147_483_647, .ipv4), scheduler: "nq")),
        ServiceStatus(service: VirtualService(key: .mark(1, .ipv6), scheduler: "rr")),
        ServiceStatus(service: VirtualService(key: .mark(1, .ipv4), scheduler: "rr")),
        ServiceStatus(
            service: VirtualService(
                key: .mark(7, .ipv6),
                scheduler: "lc",
                persistence: Persistence(timeout: 360, netmask: .ipv6(prefixLength: 48))
            )
        ),
        ServiceStatus(
            service: VirtualService(key: .mark(12, .ipv4), scheduler: "rr", isOnePacket: true),
            destinations: [server("10.1.0.9", 0, .masquerade)]
        ),
    ])

    /// The service with a server of every kind.
    static let web = ServiceStatus(
        service: VirtualService(key: key(.tcp, "10.0.0.1", 80), scheduler: "wrr"),
        statistics: statistics([1, 2, 2, 120, 176], rates: [0, 0, 0, 13, 19]),
        destinations: [
            server(
                "2001:db8::21",
                80,
                .tunnel,
                tunnel: Tunnel(kind: .gue, port: 65535),
                active: 1,
                statistics([1, 2, 2, 120, 176], rates: [0, 0, 0, 13, 19])
            ),
            server("10.1.0.6", 80, .tunnel, tunnel: Tunnel(kind: .gue, port: 5555, checksum: .remote)),
            server("10.1.0.5", 80, .tunnel, tunnel: Tunnel(kind: .gre, checksum: .on)),
            server("10.1.0.4", 80, .tunnel, weight: 0),
            server("10.1.0.3", 80, .directRoute, weight: 2_147_483_647, thresholds: (100, 50)),
            server("10.1.0.2", 8080, .masquerade, weight: 3),
        ]
    )

    static func key(_ transport: TransportProtocol, _ address: String, _ port: UInt16) -> ServiceKey {
        .endpoint(transport, endpoint(address, port))
    }

    static func endpoint(_ address: String, _ port: UInt16) -> Endpoint {
        Endpoint(address: IPAddress(address) ?? .any(.ipv4), port: port)
    }

    static func server(
        _ address: String,
        _ port: UInt16,
        _ forwarding: ForwardingMethod,
        weight: Int32 = 1,
        thresholds: (upper: UInt32, lower: UInt32) = (0, 0),
        tunnel: Tunnel = .ipip,
        active: UInt32 = 0,
        inactive: UInt32 = 0,
        persistent: UInt32 = 0,
        _ statistics: Statistics = Statistics()
    ) -> DestinationStatus {
        DestinationStatus(
            destination: Destination(
                endpoint: endpoint(address, port),
                forwarding: forwarding,
                weight: weight,
                upperThreshold: thresholds.upper,
                lowerThreshold: thresholds.lower,
                tunnel: tunnel
            ),
            activeConnections: active,
            inactiveConnections: inactive,
            persistentConnections: persistent,
            statistics: statistics
        )
    }

    /// Counters in the order of the columns.
    static func statistics(_ counters: [UInt64], rates: [UInt64] = [0, 0, 0, 0, 0]) -> Statistics {
        var statistics = Statistics()
        statistics.connections = counters[0]
        statistics.incomingPackets = counters[1]
        statistics.outgoingPackets = counters[2]
        statistics.incomingBytes = counters[3]
        statistics.outgoingBytes = counters[4]
        statistics.rates.connections = rates[0]
        statistics.rates.incomingPackets = rates[1]
        statistics.rates.outgoingPackets = rates[2]
        statistics.rates.incomingBytes = rates[3]
        statistics.rates.outgoingBytes = rates[4]
        return statistics
    }
}
