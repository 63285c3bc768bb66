// The servers that serve while no other does.

import Addresses
import Configuration
import IPVS

extension ConfigurationAssembly {
    /// A fallback whose name is resolved; without a port it takes the service's.
    struct Fallback {
        let address: IPAddress
        let port: UInt16?
        let forwarding: ForwardingMethod
    }

    mutating func globalFallbacks() -> [AddressFamily: Fallback] {
        var fallbacks: [AddressFamily: Fallback] = [:]
        for family in AddressFamily.allCases {
            guard let entry = sections.global.fallbacks[family] else { continue }
            fallbacks[family] = fallback(entry, family, .tcp)
        }
        return fallbacks
    }

    private mutating func fallback(
        _ entry: FallbackEntry,
        _ family: AddressFamily,
        _ transport: TransportProtocol
    ) -> Fallback? {
        let version = family == .ipv4 ? "IPv4" : "IPv6"
        let host = entry.host.name ?? ""
        let address = address(
            of: entry.host,
            family,
            at: entry.place,
            refusal: "invalid \(version) address or could not resolve for fallback server: \(host)",
            subject: "the fallback"
        )
        guard let address else { return nil }
        guard let port = entry.port else { return Fallback(address: address, port: nil, forwarding: entry.forwarding) }
        var resolved: UInt16?
        // A name may be known with the other protocol only.
        if case .found(let number) = names.port(of: port, transport) {
            resolved = number
        } else {
            resolved = self.port(
                of: port,
                transport,
                at: entry.place,
                refusal: "invalid port for fallback server",
                subject: "the fallback"
            )
        }
        return resolved.map { Fallback(address: address, port: $0, forwarding: entry.forwarding) }
    }

    mutating func standby(of section: VirtualSection, behind service: VirtualService, global: Fallback?) -> Standby? {
        var fallback = global
        if let own = section.fallback {
            fallback = self.fallback(own, section.family, section.transport ?? .tcp)
        }
        guard let fallback else { return nil }
        let (address, forwarding) = (fallback.address, fallback.forwarding)
        var server = RealServer(address: address, port: fallback.port, forwarding: forwarding)
        // It is called by the port that it has in the kernel.
        server.port = server.destination(in: service).endpoint.port
        return Standby(server)
    }
}
