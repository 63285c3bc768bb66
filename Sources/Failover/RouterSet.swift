package import Links

/// The virtual routers of a machine with all that their process needs to know: the part of a configuration that crosses to it.
package struct RouterSet: Hashable, Codable, Sendable {
    /// The virtual routers in the order of the file.
    package var routers: [VirtualRouter] = []
    /// The groups in the order of the file.
    package var groups: [SyncGroup] = []
    /// Addresses that are there as long as the process runs (`static_ipaddress`).
    package var addresses: [StaticEntry<LinkAddress>] = []
    /// Routes that are there as long as the process runs (`static_routes`).
    package var routes: [StaticEntry<Route>] = []
    /// Rules that are there as long as the process runs (`static_rules`).
    package var rules: [StaticEntry<RoutingRule>] = []
    /// The members of groups that a static entry is tracked by (`track_group`): names of virtual routers by the group's.
    package var trackGroups: [String: [String]] = [:]
    /// The sets of processes that are tracked.
    package var processes: [TrackedProcesses] = []
    /// The pace of announcements on interfaces (`garp_group`, `vrrp_garp_interval`).
    package var paces: [AnnouncementPace] = []
    /// The time that an interface must be down or up before it counts, by its name (`interface_up_down_delays`).
    package var interfaceDelays: [String: InterfaceDelays] = [:]
    /// The settings for all of them.
    package var settings = RouterSettings()

    /// Makes a set of no routers.
    package init() {}
}
