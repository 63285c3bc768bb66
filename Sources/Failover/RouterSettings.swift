/// The settings for all virtual routers of a process, and for the process itself.
package struct RouterSettings: Hashable, Codable, Sendable {
    /// The time after the start in which nobody takes over (`vrrp_startup_delay`).
    package var startDelay = Duration.zero
    /// The time after the boot of the machine in which nobody takes over (`vrrp_delay_after_boot`).
    package var bootDelay = Duration.zero
    /// The time after an interface came up in which silence on it proves nothing: nobody takes over for it until something was
    /// heard, as the ports of a switch carry nothing in their first seconds; zero for none.
    package var linkSettling = Duration.zero
    /// Whether advertisements of unknown routers are told of (`log_unknown_vrids`).
    package var tellsUnknownRouters = false
    /// The real-time priority of the process, 1...99; nil for none (`vrrp_rt_priority`).
    package var realTimePriority: Int?
    /// The time that it may compute without a pause before the kernel ends it (`vrrp_rlimit_rttime`).
    package var realTimeLimit = Duration.milliseconds(10)
    /// The nice value, -20...19; nil for that of its parent (`vrrp_priority`).
    package var niceness: Int?
    /// Whether its memory stays in memory (`vrrp_no_swap`).
    package var locksMemory = false
    /// The processors that it may run on; empty for all (`vrrp_cpu_affinity`).
    package var processors: [Int] = []
    /// The beginning of names of macvlans (`vmac_prefix`).
    package var linkPrefix = "vrrp"
    /// The beginning of names of macvlans of single addresses (`vmac_addr_prefix`).
    package var addressLinkPrefix: String?
    /// Whether the group of a macvlan is joined by its parent alone (`disable_local_igmp`).
    package var disablesLocalGroups = false
    /// The number that routes and rules are known by as ours (`rtm_protocol`).
    package var routeMaker: UInt8 = 18
    /// The time after a reload in which what it changed is accepted in its old form too.
    package var grace = Duration.seconds(60)
    /// The name of the nftables table for addresses that accept no traffic; nil for none (`nftables`).
    package var filterTable: String?
    /// The priority of the hook in that table.
    package var filterPriority: Int32 = -1
    /// Whether the rules of that table count packets.
    package var countsFiltered = false

    /// Makes settings as they are when a file says nothing.
    package init() {}
}
