import CNetlink

/// What is asked of the kernel beside a request's contents: `NLM_F_*`.
///
/// Not an option set, whose literals another module would make by generic code, for every rule of a restore anew.
package struct MessageFlags: RawRepresentable, Hashable, Sendable {
    /// The bits of `nlmsg_flags`.
    package let rawValue: UInt16

    /// Makes the flags of those bits.
    package init(rawValue: UInt16) {
        self.rawValue = rawValue
    }

    /// The request is carried out, and answered where it fails.
    package static let none = MessageFlags(rawValue: 0)
    /// The end of the request is told also where it is no error.
    package static let acknowledged = MessageFlags(rawValue: UInt16(NLM_F_ACK))
    /// Everything of the kind is wanted.
    package static let dump = MessageFlags(rawValue: UInt16(NLM_F_DUMP))
    /// What is not there is made; what is there already is refused or replaced as the kind has it.
    package static let creating = MessageFlags(rawValue: UInt16(NLM_F_CREATE))
    /// What is not there is made, and what is there already is refused.
    package static let creatingAlone = MessageFlags(rawValue: UInt16(NLM_F_CREATE | NLM_F_EXCL))
    /// What is there is replaced, and nothing is made.
    package static let replacing = MessageFlags(rawValue: UInt16(NLM_F_REPLACE))
}
