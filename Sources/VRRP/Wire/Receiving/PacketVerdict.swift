/// What became of a received packet when it was held against the virtual router that it is for.
package enum PacketVerdict: Hashable, Sendable {
    /// It counts, with what was noticed beside.
    case accepted(Advertisement, [PacketRemark])
    /// It does not: it changes no state and moves no timer.
    case rejected(RejectionReason)
}
