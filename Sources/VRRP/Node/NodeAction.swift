package import Links

/// What is to be done, in exactly this order.
///
/// The wishes among the actions of one call are one: the kernel is asked when all of them are known, so that what goes from one
/// router to another does not move.
package enum NodeAction: Hashable, Sendable {
    /// Have these sockets and no others; what is there already stays.
    case open([RouterChannel])
    /// Send an advertisement by the socket of a virtual router.
    case send(SentAdvertisement, by: String)
    /// These addresses are ours wherever they are found, so that those which nobody wants go; before the first wish.
    case claim([LinkAddress])
    /// An owner wants this of the kernel from now on, and what it wanted before no more.
    case want(LinkWish, of: LinkOwner)
    /// Tell neighbours where an address is.
    case announce(Announcement)
    /// Write the record of a virtual router.
    case record(NodeRecord)
    /// Remove the record with a digest.
    case clearRecord(digest: UInt64)
    /// Note the addresses that are wanted from now on, for the process after this one.
    case note([LinkAddress])
    /// Tell of something.
    case tell(RouterEvent)
}
