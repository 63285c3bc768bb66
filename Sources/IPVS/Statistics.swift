/// What has passed through a virtual service or a real server since the last zero: `IPVS_SVC_ATTR_STATS64`.
///
/// The kernel adds its counters up about every two seconds; until then the old numbers stand.
public struct Statistics: Hashable, Sendable {
    public var connections: UInt64 = 0
    public var incomingPackets: UInt64 = 0
    public var outgoingPackets: UInt64 = 0
    public var incomingBytes: UInt64 = 0
    public var outgoingBytes: UInt64 = 0
    /// What passes in a second, averaged.
    public var rates = Rates()

    public init() {}

    /// Exponential averages of the last seconds, each per second.
    public struct Rates: Hashable, Sendable {
        public var connections: UInt64 = 0
        public var incomingPackets: UInt64 = 0
        public var outgoingPackets: UInt64 = 0
        public var incomingBytes: UInt64 = 0
        public var outgoingBytes: UInt64 = 0

        public init() {}
    }
}
