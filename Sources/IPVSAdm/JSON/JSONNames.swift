import Addresses
import IPVS

extension AddressFamily {
    var jsonName: String { self == .ipv4 ? "ipv4" : "ipv6" }
}

extension TransportProtocol {
    var jsonName: String { name ?? "protocol-\(rawValue)" }
}

extension ForwardingMethod {
    var jsonName: String {
        switch self {
        case .masquerade: "masquerade"
        case .local: "local"
        case .tunnel: "tunnel"
        case .directRoute: "route"
        case .bypass: "bypass"
        default: "unknown-\(rawValue)"
        }
    }
}

extension Tunnel.Kind {
    var jsonName: String {
        switch self {
        case .ipip: "ipip"
        case .gue: "gue"
        case .gre: "gre"
        default: "unknown-\(rawValue)"
        }
    }
}

extension Tunnel.Checksum {
    var jsonName: String {
        switch self {
        case .off: "none"
        case .on: "on"
        case .remote: "remote"
        default: "unknown-\(rawValue)"
        }
    }
}
