package import Addresses

/// One virtual router as it is configured: the addresses that several machines share, and how they agree on who has them.
///
/// The words are those of RFC 9568, with `master` for its active router.
package struct VirtualRouter: Hashable, Codable, Sendable {
    /// The version of the protocol.
    package enum ProtocolVersion: UInt8, Hashable, Codable, Sendable {
        /// RFC 3768: whole seconds, and passwords.
        case two = 2
        /// RFC 9568: hundredths of seconds, and IPv6.
        case three = 3
    }

    /// The name, which log lines and programs have.
    package var name: String
    /// The version of the protocol that it speaks.
    package var version = ProtocolVersion.two
    /// The family of its advertisements and of its virtual addresses.
    package var family: AddressFamily
    /// The number that tells it from others on the link, 1...255.
    package var routerID: UInt8
    /// The interface that it advertises on; nil where peers are reached by a source address alone.
    package var interface: String?
    /// The VRF that `interface` stands in where there is none; nil for none.
    package var routingDomain: String?
    /// Its weight in the election, 1...255; 255 owns the addresses.
    package var priority: UInt8 = 100
    /// The time between two advertisements: 1...255 whole seconds in version 2, 10 ms to 40.95 s in version 3.
    package var interval = Duration.seconds(1)
    /// The number of intervals without an advertisement after which a backup takes over, 1...100.
    package var downCount = 3
    /// Whether the file wants it to begin as master; this counts for an owner alone.
    package var beginsAsMaster = false
    /// How it proves who it is; nil for not at all.
    package var authentication: Authentication?
    /// Who hears its advertisements.
    package var audience: Audience
    /// The addresses that it advertises, at most 255, in the order of the file.
    package var addresses: [VirtualAddress] = []
    /// The addresses that come and go with them without being advertised, of either family.
    package var unadvertisedAddresses: [VirtualAddress] = []
    /// The routes that come and go with them.
    package var routes: [VirtualRoute] = []
    /// The rules that come and go with them.
    package var rules: [VirtualRule] = []
    /// An interface of its own for the addresses; nil for `interface` itself.
    package var link: VirtualLink?
    /// When it takes over from a master of lower priority.
    package var preemption = Preemption.atOnce
    /// How its addresses are made known to neighbours.
    package var announcements = AnnouncementSettings()
    /// The form of checksum that its advertisements have.
    package var checksum = ChecksumForm.standard
    /// What it does differently from the rule, each by a word of the file.
    package var habits = Habits()
    /// What else takes part in the election.
    package var trackers = Trackers()
    /// Whether the fall of its interface is a fault (not `dont_track_primary`).
    package var tracksInterface = true
    /// Whether the loss of the configured source address is a fault (`track_src_ip`).
    package var tracksSource = false
    /// Whether secondary addresses stay when their first one goes (`promote_secondaries`).
    package var promotesSecondaries = false
    /// Whether traffic for the addresses is accepted by a master that does not own them (`accept`).
    package var acceptsTraffic = true
    /// The bytes of the buffer for received packets; nil for what goes with the interface.
    package var receiveBuffer: Int?

    /// Makes a router with the settings that hold where a file says nothing.
    package init(_ name: String, family: AddressFamily, routerID: UInt8, interface: String?, audience: Audience) {
        self.name = name
        self.family = family
        self.routerID = routerID
        self.interface = interface
        self.audience = audience
    }
}
