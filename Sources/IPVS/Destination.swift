public import Addresses

/// A real server of a virtual service as an operator sets it up.
public struct Destination: Hashable, Sendable {
    /// Address and port of the server, its identity within the service; the family may differ from the service's for
    /// `ForwardingMethod.tunnel`.
    public let endpoint: Endpoint
    /// How packets reach it.
    public var forwarding: ForwardingMethod
    /// Its share of new connections, 0...2147483647; 0 takes none and keeps those it has: `IPVS_DEST_ATTR_WEIGHT`.
    public var weight: Int32
    /// Connections at which it counts as overloaded and gets no new ones, 0 for no limit: `IPVS_DEST_ATTR_U_THRESH`.
    public var upperThreshold: UInt32
    /// Connections below which it is used again, at most `upperThreshold`, 0 for three quarters of that:
    /// `IPVS_DEST_ATTR_L_THRESH`.
    public var lowerThreshold: UInt32
    /// How packets are wrapped when `forwarding` is `tunnel`.
    public var tunnel: Tunnel

    /// Makes a server of weight 1 without thresholds, reached by direct routing, unless told otherwise.
    public init(
        endpoint: Endpoint,
        forwarding: ForwardingMethod = .directRoute,
        weight: Int32 = 1,
        upperThreshold: UInt32 = 0,
        lowerThreshold: UInt32 = 0,
        tunnel: Tunnel = .ipip
    ) {
        self.endpoint = endpoint
        self.forwarding = forwarding
        self.weight = weight
        self.upperThreshold = upperThreshold
        self.lowerThreshold = lowerThreshold
        self.tunnel = tunnel
    }
}
