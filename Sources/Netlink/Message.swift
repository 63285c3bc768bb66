/// The header of one netlink message and where what follows it lies.
package struct Message: Equatable {
    /// What the message is.
    package enum Kind: Equatable {
        /// The end of one request, and the error that it ended with; nil acknowledges it: `NLMSG_ERROR`.
        case result(NetlinkError?)
        /// The end of a dump, and the error that broke it off, if one did: `NLMSG_DONE`.
        case done(NetlinkError?)
        /// What the protocol of the socket has messages for; their types begin at `NLMSG_MIN_TYPE`.
        case contents
        /// Another message of netlink itself, which says nothing.
        case other
    }

    /// What the message is.
    package let kind: Kind
    /// The number of the request that it answers; 0 for what nobody asked for.
    package let sequence: UInt32
    /// The port of the socket whose request it answers or tells of; 0 for what the kernel did by itself.
    package let port: UInt32
    /// Whether the kernel says that a dump was disturbed: `NLM_F_DUMP_INTR`.
    package let isInterrupted: Bool
    /// What follows the header.
    package let contents: MessageContents
}
