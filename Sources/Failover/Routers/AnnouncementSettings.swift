/// How neighbours are told where virtual addresses are: by gratuitous ARP and unsolicited neighbour advertisements.
package struct AnnouncementSettings: Hashable, Codable, Sendable {
    /// The rounds over all addresses when it becomes master (`garp_master_repeat`).
    package var rounds = 5
    /// The time after which as many rounds follow; zero for none (`garp_master_delay`).
    package var delay = Duration.seconds(5)
    /// The time between rounds as long as it is master; zero for none (`garp_master_refresh`).
    package var refresh = Duration.zero
    /// The rounds of a refresh (`garp_master_refresh_repeat`).
    package var refreshRounds = 1
    /// The rounds after an advertisement of lower priority (`garp_lower_prio_repeat`).
    package var roundsAfterLower = 5
    /// The time after which as many follow; zero for none (`garp_lower_prio_delay`).
    package var delayAfterLower = Duration.seconds(5)
    /// The time between announcements on interfaces that no advertisement leaves by; zero for none (`garp_extra_if`).
    package var extraInterval = Duration.zero
    /// Whether `extraInterval` holds for all those interfaces and not only for macvlans (`garp_extra_if all`).
    package var extraOnAll = false

    /// Makes settings as they are when a file says nothing.
    package init() {}
}
