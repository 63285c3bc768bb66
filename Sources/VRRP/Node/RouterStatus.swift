package import Addresses
package import Time

/// How a virtual router stands.
package struct RouterStatus: Hashable, Codable, Sendable {
    /// Its name.
    package var name: String
    /// Its state.
    package var state: RouterState
    /// The state that it would have outside of its group.
    package var wantedState: RouterState
    /// The moment at which it entered its state.
    package var since: MonotonicTime
    /// Its priority with what trackers and orders add.
    package var priority: UInt8
    /// The source of its advertisements; nil while it has none.
    package var source: IPAddress?
    /// The master that it heard last, while it is a backup.
    package var master: RouterMatter.Other?
    /// The interval of that master, or its own as a master.
    package var interval: Duration
    /// The moment of the last advertisement that counted, or of its own as a master; nil before the first.
    package var lastAdvertisement: MonotonicTime?
    /// Why it is in fault; none otherwise.
    package var reasons: [FaultReason] = []
    /// The order that holds; nil for none.
    package var order: NodeOrder.Deed?
    /// What the master differs in while this one holds still for it; nil otherwise.
    package var heldFor: PeerDifference?
    /// Another router that is master beside this one, and the difference; nil while there is none.
    package var rival: Rival?
    /// Whether all that a master has is set.
    package var isSettled = false
    /// What it counted.
    package var counters = RouterCounters()

    /// Another router that is master at the same time.
    package struct Rival: Hashable, Codable, Sendable {
        /// The source of its advertisements.
        package var address: IPAddress
        /// The setting by which both do not hear each other.
        package var difference: PeerDifference

        /// Names a router.
        package init(_ address: IPAddress, difference: PeerDifference) {
            self.address = address
            self.difference = difference
        }
    }

    /// Makes the status of a router that has begun just now.
    package init(_ name: String, state: RouterState, since: MonotonicTime, priority: UInt8, interval: Duration) {
        self.name = name
        self.state = state
        wantedState = state
        self.since = since
        self.priority = priority
        self.interval = interval
    }
}
