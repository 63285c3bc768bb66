/// The keys of a trailer by HMAC-SHA-256, and what is demanded of others.
package struct TrailerSettings: Hashable, Codable, Sendable {
    /// What becomes of trailers.
    package enum Mode: Hashable, Codable, Sendable {
        /// One is sent and demanded.
        case enforced
        /// One is sent, and others may have none.
        case permissive
        /// None is sent; one that is there must be right.
        case receiveOnly
    }

    /// The keys by their numbers, each of 32 to 64 bytes.
    package var keys: [UInt8: [UInt8]]
    /// The number of the key that is sent.
    package var activeKey: UInt8
    /// What becomes of trailers.
    package var mode = Mode.enforced
    /// The most that the clock of a sender may differ; nil where clocks do not count.
    package var timeWindow: Duration?

    /// Makes settings.
    package init(keys: [UInt8: [UInt8]], activeKey: UInt8) {
        self.keys = keys
        self.activeKey = activeKey
    }
}
