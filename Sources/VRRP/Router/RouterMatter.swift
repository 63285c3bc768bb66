package import Addresses
package import Links

/// What happened to a virtual router.
package enum RouterMatter: Hashable, Codable, Sendable {
    /// A kind of what a router has.
    package enum Belonging: Hashable, Codable, Sendable {
        case addresses
        case unadvertisedAddresses
        case routes
        case rules
    }

    /// Another router, as its advertisement told.
    package struct Other: Hashable, Codable, Sendable {
        /// The source of the advertisement.
        package var address: IPAddress
        /// Its priority.
        package var priority: UInt8

        /// Names a router.
        package init(_ address: IPAddress, priority: UInt8) {
            self.address = address
            self.priority = priority
        }
    }

    // MARK: States

    /// It is about to enter a state; `isFirst` for that in which it begins.
    case entering(RouterState, isFirst: Bool)
    /// It entered a state, and what it has is set or gone as far as was asked for.
    case entered(RouterState)
    /// The process ends, and with it what the router did.
    case stopped
    /// The configuration has it no more.
    case deleted
    /// A reason of a fault came.
    case faultBegan(FaultReason)
    /// A reason of a fault went.
    case faultEnded(FaultReason)
    /// What it has is about to be set (`setting VIPs.`), or to be removed.
    case setting(Belonging)
    case removing(Belonging)
    /// It was master before the process began and goes on, so long after its last advertisement.
    case adopted(age: Duration)
    /// Addresses of it were found at the start and are removed first.
    case removedStale(count: Int)

    // MARK: The election

    /// Nothing was heard of a master for as long as a backup waits.
    case timedOut
    /// The master said that it leaves.
    case heardPriorityZero(from: IPAddress)
    /// The others were told that it leaves.
    case sentPriorityZero
    /// A master heard one of higher priority, or of the same with a higher address.
    case yielded(to: Other, own: UInt8)
    /// A master heard one of lower priority, or of the same with a lower address, and answers or not.
    case heardLower(Other, own: UInt8, answers: Bool)
    /// A backup heard a master of lower priority, and lets its own time run out.
    case discardedLower(Other)
    /// The delay before it takes over from a master of lower priority began.
    case delayBegan(Duration)
    /// That delay ended, or was ended.
    case delayEnded
    /// It waits for the connections of the master before it takes over.
    case awaitsSynchronisation(limit: Duration)
    /// They have arrived, or the limit has passed.
    case synchronised(isComplete: Bool)
    /// The master advertises at another interval than before (version 3).
    case intervalLearned(from: Duration, to: Duration)
    /// It advertises at its own interval again.
    case intervalRestored(from: Duration, to: Duration)
    /// Both routers are configured as owners of the addresses; the one that yields.
    case bothOwners(Other, yields: Bool)
    /// A valid advertisement came from an address that is our own.
    case ownAddressHeard(IPAddress, priority: UInt8)
    /// It was woken so late that a peer may have taken over.
    case stalled(late: Duration)
    /// It was stalled, heard a master meanwhile and leaves it mastership.
    case yieldedAfterStall(to: Other)
    /// Its link came up, and it waits until it can have heard a master.
    case settling(Duration)

    // MARK: Others

    /// A packet did not count: the first, or how many since this was last told.
    case rejected(RejectionReason, from: IPAddress, count: UInt64)
    /// Something was noticed of a packet that counts; once, until its state or its master changes.
    case noticed(PacketRemark, from: IPAddress)
    /// A router that differs in a setting advertises while this one is master: both have the addresses.
    case twoMasters(other: IPAddress, difference: PeerDifference)
    /// The master advertises with a setting that was changed here, or there, a short time ago: it counts as master as before.
    case heldForPeer(IPAddress, difference: PeerDifference)
    /// That time is over, or the master has the same settings again.
    case heldNoLonger

    // MARK: Priority and orders

    /// What it tracks changed its priority.
    case priorityChanged(from: UInt8, to: UInt8)
    /// Something it tracks is well, not well, or has a number.
    case tracked(TrackedSubject, TrackedValue)
    /// An operator's order begins to hold, or was carried out.
    case ordered(NodeOrder.Deed)
    /// An order that cannot be carried out: the master owns the addresses.
    case refusedOrder(NodeOrder.Deed)

    // MARK: The kernel

    /// Somebody took something away, which is put back: so many times within a minute.
    case takenAway([LinkEvent.Entry], by: LinkChange.Cause, times: Int)
    /// All that was taken away is there again, that long after it was noticed.
    case putBack(after: Duration)
    /// Something could not be set or removed.
    case notSet(LinkEvent.Entry, LinksError)
    /// So many of its addresses, the last ones of the file, do not fit in a packet of its interface: they are set and not advertised.
    case notAdvertised(count: Int)
    /// The interface that is made for it has another name in the kernel, as its own was taken.
    case linkNamed(String, as: String)
    /// All that it has is set, so long after it became master.
    case active(addresses: Int, after: Duration)
    /// The source of its advertisements is another one, or there is none.
    case sourceChanged(IPAddress?)
}
