/// What has passed through a virtual service or a real server since the last zero: `IPVS_SVC_ATTR_STATS64`.
///
/// The kernel adds its counters up about every two seconds; until then the old numbers stand.
public struct Statistics: Hashable, Sendable {
    /// Connections that were scheduled: `IPVS_STATS_ATTR_CONNS`.
    public var connections: UInt64 = 0
    /// Packets from clients: `IPVS_STATS_ATTR_INPKTS`.
    public var incomingPackets: UInt64 = 0
    /// Packets from servers, as far as they pass the director: `IPVS_STATS_ATTR_OUTPKTS`.
    public var outgoingPackets: UInt64 = 0
    /// Bytes from clients: `IPVS_STATS_ATTR_INBYTES`, of 64 bits in every kernel.
    public var incomingBytes: UInt64 = 0
    /// Bytes from servers, as far as they pass the director: `IPVS_STATS_ATTR_OUTBYTES`, of 64 bits in every kernel.
    public var outgoingBytes: UInt64 = 0
    /// What passes in a second, averaged.
    public var rates = Rates()

    /// Makes counters that stand at zero.
    public init() {}

    /// Exponential averages of the last seconds, each per second.
    public struct Rates: Hashable, Sendable {
        /// Connections a second: `IPVS_STATS_ATTR_CPS`.
        public var connections: UInt64 = 0
        /// Packets a second from clients: `IPVS_STATS_ATTR_INPPS`.
        public var incomingPackets: UInt64 = 0
        /// Packets a second from servers: `IPVS_STATS_ATTR_OUTPPS`.
        public var outgoingPackets: UInt64 = 0
        /// Bytes a second from clients: `IPVS_STATS_ATTR_INBPS`.
        public var incomingBytes: UInt64 = 0
        /// Bytes a second from servers: `IPVS_STATS_ATTR_OUTBPS`.
        public var outgoingBytes: UInt64 = 0

        /// Makes rates of zero.
        public init() {}
    }
}
