/// Why links were not read or changed.
package enum LinksError: Error, Hashable, Codable, Sendable {
    /// The kernel refused, by that `errno` number: 1 without CAP_NET_ADMIN.
    case refused(Int32)
    /// The conversation failed, by that `errno` number.
    case transport(Int32)
    /// The answer was lost, so that nobody knows whether it was done.
    case unanswered
    /// What the kernel sent cannot be read.
    case malformed(String)
    /// There is no interface of that name.
    case noInterface(String)
    /// What was read changed all the time.
    case unsettled
}
