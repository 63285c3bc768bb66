/// Why a question was not answered.
package enum ConversationError: Error, Hashable, Sendable {
    /// The conversation itself failed: a system call, or an answer that did not come.
    case transport(NetlinkError)
    /// The kernel understood the request and refused it.
    case refused(NetlinkError)
    /// The answer cannot be read.
    case malformed(DecodingError)
}
