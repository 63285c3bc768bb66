import IPVS

/// The values of `--tun-type`.
enum TunnelNames {
    static func kind(_ name: String) -> Tunnel.Kind? {
        switch name {
        case "ipip": .ipip
        case "gue": .gue
        case "gre": .gre
        default: nil
        }
    }

    /// The name of a kind; nil for one that has none.
    static func name(_ kind: Tunnel.Kind) -> String? {
        switch kind {
        case .ipip: "ipip"
        case .gue: "gue"
        case .gre: "gre"
        default: nil
        }
    }
}
