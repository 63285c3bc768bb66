public import IPVS

/// How the real servers of the lab are set up to get requests and to answer them.
public enum ServerArrangement: Hashable, Sendable {
    /// They answer through the director of that name.
    case nat(through: String)
    /// They hold the virtual address and answer the client themselves.
    case direct
    /// The same, with requests that come wrapped, those of gue to `guePort`.
    ///
    /// A device for gre takes either packets with checksums or packets without.
    case tunnel(Tunnel.Kind, takesChecksums: Bool = false)

    /// Where the servers expect gue.
    public static let guePort: UInt16 = 6080

    /// How a director has to forward to them.
    public var forwarding: ForwardingMethod {
        switch self {
        case .nat: .masquerade
        case .direct: .directRoute
        case .tunnel: .tunnel
        }
    }

    /// What does it in the shell.
    var command: String {
        switch self {
        case .nat(let director): "lab_servers_nat \(director)"
        case .direct: "lab_servers_direct"
        case .tunnel(.gue, _): "lab_servers_tunnel gue \(Self.guePort)"
        case .tunnel(.gre, false): "lab_servers_tunnel gre"
        case .tunnel(.gre, true):
            """
            lab_servers_tunnel gre
            for server in $(lab_servers); do
                printf '%s icsum\n' 'link set tunnel4 type gre' 'link set tunnel6 type ip6gre' | ip -n $server -batch -
            done
            """
        case .tunnel: "lab_servers_tunnel ipip"
        }
    }
}

extension ServerArrangement: CustomStringConvertible {
    public var description: String {
        switch self {
        case .nat: "NAT"
        case .direct: "direct routing"
        case .tunnel(.gue, _): "gue"
        case .tunnel(.gre, _): "gre"
        case .tunnel: "ipip"
        }
    }
}
