public import Addresses
public import IPVS

// Random values of the model, anything that the kernel could store.

extension SeededGenerator {
    public mutating func family() -> AddressFamily { once(in: 2) ? .ipv4 : .ipv6 }

    public mutating func address(_ family: AddressFamily) -> IPAddress {
        switch family {
        case .ipv4: .v4(IPv4Address(value: once(in: 8) ? 0 : .random(in: 0 ... .max, using: &self)))
        case .ipv6:
            .v6(
                IPv6Address(
                    high: once(in: 3) ? 0 : .random(in: 0 ... .max, using: &self),
                    low: once(in: 3) ? .random(in: 0...0xffff, using: &self) : .random(in: 0 ... .max, using: &self)
                )
            )
        }
    }

    public mutating func endpoint(_ family: AddressFamily) -> Endpoint {
        Endpoint(address: address(family), port: .random(in: 0 ... .max, using: &self))
    }

    public mutating func serviceKey() -> ServiceKey {
        if once(in: 3) { return .mark(.random(in: 1 ... .max, using: &self), family()) }
        let transports = [TransportProtocol.tcp, .udp, .sctp]
        return .endpoint(transports.randomElement(using: &self) ?? .tcp, endpoint(family()))
    }

    public mutating func service(key: ServiceKey? = nil) -> VirtualService {
        let key = key ?? serviceKey()
        let schedulers = [
            "rr", "wrr", "lc", "wlc", "lblc", "sh", "mh", "dh", "sed", "nq", "fo", "ovf", "lately-invented",
        ]
        return VirtualService(
            key: key,
            scheduler: schedulers.randomElement(using: &self) ?? "rr",
            schedulerFlags: SchedulerFlags(rawValue: .random(in: 0...7, using: &self)),
            persistence: once(in: 2) ? persistence(key.family) : nil,
            persistenceEngine: once(in: 4) ? "sip" : nil,
            isOnePacket: key.transport != .tcp && key.transport != .sctp && once(in: 3)
        )
    }

    private mutating func persistence(_ family: AddressFamily) -> Persistence {
        let netmask: Netmask =
            switch family {
            case .ipv4: .ipv4(IPv4Address(value: once(in: 2) ? .max : .random(in: 0 ... .max, using: &self)))
            case .ipv6: .ipv6(prefixLength: once(in: 2) ? 128 : .random(in: 1...128, using: &self))
            }
        return Persistence(timeout: .random(in: 1...2_678_400, using: &self), netmask: netmask)
    }

    public mutating func destination(_ family: AddressFamily) -> Destination {
        let upper = once(in: 2) ? 0 : UInt32.random(in: 0...UInt32(Int32.max), using: &self)
        return Destination(
            endpoint: endpoint(family),
            forwarding: ForwardingMethod(rawValue: .random(in: 0...3, using: &self)),
            weight: .random(in: 0 ... .max, using: &self),
            upperThreshold: upper,
            lowerThreshold: .random(in: 0...upper, using: &self),
            tunnel: Tunnel(
                kind: Tunnel.Kind(rawValue: .random(in: 0...2, using: &self)),
                port: .random(in: 1 ... .max, using: &self),
                checksum: Tunnel.Checksum(rawValue: .random(in: 0...2, using: &self))
            )
        )
    }

    public mutating func daemon() -> SyncDaemon {
        SyncDaemon(
            role: once(in: 2) ? .master : .backup,
            interface: "eth\(Int.random(in: 0...9, using: &self))",
            syncID: .random(in: 0...255, using: &self),
            maximumLength: once(in: 2) ? nil : .random(in: 1...65507, using: &self),
            group: once(in: 2) ? nil : address(family()),
            port: once(in: 2) ? nil : .random(in: 1 ... .max, using: &self),
            timeToLive: once(in: 2) ? nil : .random(in: 1 ... .max, using: &self)
        )
    }

    public mutating func statistics() -> Statistics {
        var statistics = Statistics()
        statistics.connections = next()
        statistics.incomingPackets = next()
        statistics.outgoingPackets = next()
        statistics.incomingBytes = next()
        statistics.outgoingBytes = next()
        statistics.rates.connections = next()
        statistics.rates.incomingPackets = next()
        statistics.rates.outgoingPackets = next()
        statistics.rates.incomingBytes = next()
        statistics.rates.outgoingBytes = next()
        return statistics
    }

    /// A small table whose keys and servers come from a small world, so that two of them overlap.
    public mutating func table() -> Table {
        var world = SeededGenerator(seed: 1)
        let keys = (0..<8).map { _ in world.serviceKey() }
        var table = Table()
        for key in keys where !once(in: 3) {
            var servers = (0..<6).map { _ in world.destination(key.family) }
            for index in servers.indices where once(in: 3) {
                servers[index].weight = .random(in: 0...9, using: &self)
            }
            let service = once(in: 2) ? VirtualService(key: key, scheduler: "rr") : service(key: key)
            let chosen = servers.filter { _ in !once(in: 3) }.shuffled(using: &self)
            table[key] = Table.Entry(service: service, destinations: chosen)
        }
        return table
    }
}
