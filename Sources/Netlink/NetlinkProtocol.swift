import CNetlink

/// What is spoken on a netlink socket: the last argument of `socket`.
package enum NetlinkProtocol: Hashable, Sendable {
    /// Generic netlink, whose families have numbers that the kernel gives them: `NETLINK_GENERIC`.
    case generic
    /// Links, addresses, routes and rules: `NETLINK_ROUTE`, rtnetlink(7).
    case route

    /// The kernel's number of the protocol.
    var number: Int32 {
        switch self {
        case .generic: NETLINK_GENERIC
        case .route: NETLINK_ROUTE
        }
    }
}
