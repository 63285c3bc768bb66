/// Whose wish it is that something is there.
package enum LinkOwner: Hashable, Sendable {
    /// The configuration's own, as long as the process runs (`static_ipaddress`, `static_routes`, `static_rules`).
    case statics
    /// The virtual router of that name.
    case router(String)
}
