import Addresses
import IPVS
import TestKit
import Testing

/// One way for requests to get from a client to real servers.
struct Combination: Sendable {
    /// How a service knows its packets.
    enum Selection: CaseIterable {
        case address
        case mark
    }

    let arrangement: ServerArrangement
    let transport: TransportProtocol
    let selection: Selection
    /// The family of the requests.
    let family: AddressFamily
    /// The family of the servers' addresses.
    let serverFamily: AddressFamily
    /// What is said about checksums of the wrapping.
    let checksum: Tunnel.Checksum

    /// The mark of the packets to the virtual address.
    static let mark: UInt32 = 7

    /// Every combination, those of one arrangement in a row; Linux 6.1 carries each of them.
    static let all = ways.flatMap { arrangement, checksum in
        families(of: arrangement).flatMap { family, serverFamily in
            [TransportProtocol.tcp, .udp].flatMap { transport in
                // How packets are wrapped has nothing to do with how their service was found.
                (checksum == .off ? Selection.allCases : [.address]).map { selection in
                    Combination(
                        arrangement: arrangement,
                        transport: transport,
                        selection: selection,
                        family: family,
                        serverFamily: serverFamily,
                        checksum: checksum
                    )
                }
            }
        }
    }

    private static let ways: [(ServerArrangement, Tunnel.Checksum)] = [
        (.nat(through: "director"), .off), (.direct, .off), (.tunnel(.ipip), .off),
        (.tunnel(.gue), .off), (.tunnel(.gue), .on), (.tunnel(.gue), .remote),
        (.tunnel(.gre), .off), (.tunnel(.gre, takesChecksums: true), .on),
    ]

    /// The families of requests and servers; they differ in tunnels only.
    private static func families(of arrangement: ServerArrangement) -> [(AddressFamily, AddressFamily)] {
        AddressFamily.allCases.flatMap { family in
            AddressFamily.allCases.compactMap { serverFamily in
                if case .tunnel = arrangement { return (family, serverFamily) }
                return family == serverFamily ? (family, serverFamily) : nil
            }
        }
    }

    /// Whether the servers get the requests wrapped.
    var isWrapped: Bool { arrangement.forwarding == .tunnel }

    /// Where the client finds the service; only NAT by address makes the port another one for the servers.
    var virtual: Endpoint {
        TrafficTests.virtual(
            family,
            port: arrangement.forwarding == .masquerade && selection == .address ? 80 : TrafficTests.port
        )
    }

    /// A table with this service and a server for each weight.
    func table(scheduler: String, weights: [Int32]) -> Table {
        let key: ServiceKey =
            switch selection {
            case .address: .endpoint(transport, virtual)
            case .mark: .mark(Self.mark, family)
            }
        let destinations = weights.enumerated().map { index, weight in
            Destination(
                endpoint: Endpoint(
                    address: LabNetwork.serverAddress(index + 1, serverFamily),
                    port: selection == .mark ? 0 : TrafficTests.port
                ),
                forwarding: arrangement.forwarding,
                weight: weight,
                tunnel: tunnel
            )
        }
        return Table([Table.Entry(service: VirtualService(key: key, scheduler: scheduler), destinations: destinations)])
    }

    private var tunnel: Tunnel {
        guard case .tunnel(let kind, _) = arrangement else { return .ipip }
        return Tunnel(kind: kind, port: kind == .gue ? ServerArrangement.guePort : 0, checksum: checksum)
    }
}

extension Combination: CustomTestStringConvertible {
    var testDescription: String {
        let wrapping =
            switch checksum {
            case .on: " with checksum"
            case .remote: " with remote checksum"
            default: ""
            }
        let protocols = "\(transport == .tcp ? "TCP" : "UDP")/\(family)\(isWrapped ? " in \(serverFamily)" : "")"
        return "\(arrangement)\(wrapping): \(protocols) by \(selection)"
    }
}
