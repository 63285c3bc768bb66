/// Why a conversation with an IPVS kernel did not give what was asked for.
public enum IPVSError: Error, Hashable, Sendable {
    /// The kernel understood the request and refused it.
    case refused(KernelError)
    /// The kernel has no IPVS: no module has registered the generic netlink family.
    case unavailable
    /// The conversation itself failed, with the error number of the system call as far as it is known.
    case transport(KernelError)
    /// The kernel's answer was lost, and the table does not tell whether the change took effect.
    case unanswered
    /// A reply that this version cannot read; nothing of it was used.
    case malformedReply(String)
    /// The table changed during every one of so many attempts to read it whole.
    case unsettled(attempts: Int)
}
