import Addresses
import Failover

/// What global_defs says for all virtual routers.
struct RouterDefaults: Sendable {
    let version: Int64?
    let isStrict: Bool
    /// The interface of addresses that have no other.
    let interface: String
    let announcements: AnnouncementSettings
    let downCount: Int
    let staysSilentOnLower: Bool?
    let advertisesBeforeYielding: Bool?
    let checksSource: Bool?
    let trustsKnownMaster: Bool
    let ignoresOthersAsOwner: Bool
    let tellsPriorities: Bool
    let hasShortChecksum: Bool
    let sendsMail: Bool
    let receiveBuffer: Int?
    private let groups: [AddressFamily: IPAddress]

    /// The groups of the protocol.
    private static let usualGroups: [AddressFamily: IPAddress] = [
        .ipv4: .v4(IPv4Address(value: 0xe000_0012)), .ipv6: .v6(IPv6Address(high: 0xff02 << 48, low: 0x12)),
    ]

    init(_ globals: CheckedBlock) {
        version = globals.number("vrrp_version")
        isStrict = globals.boolean("vrrp_strict") ?? false
        interface = globals.text("default_interface") ?? "eth0"
        downCount = Int(clamping: globals.number("vrrp_down_timer_adverts") ?? 3)
        staysSilentOnLower = globals.boolean("vrrp_lower_prio_no_advert")
        advertisesBeforeYielding = globals.boolean("vrrp_higher_prio_send_advert")
        checksSource = globals.boolean("vrrp_check_unicast_src")
        trustsKnownMaster = globals.boolean("vrrp_skip_check_adv_addr") ?? false
        ignoresOthersAsOwner = globals.boolean("vrrp_owner_ignore_adverts") ?? false
        tellsPriorities = globals.boolean("vrrp_notify_priority_changes") ?? false
        hasShortChecksum = globals.boolean("v3_checksum_as_v2") ?? false
        sendsMail = globals.boolean("smtp_alert_vrrp") ?? globals.boolean("smtp_alert") ?? false
        receiveBuffer = globals.text("vrrp_rx_bufs_policy").flatMap {
            if case .number(let bytes) = NumberText.whole($0), bytes <= Int32.max { Int(bytes) } else { nil }
        }
        var groups = Self.usualGroups
        for name in ["vrrp_mcast_group4", "vrrp_mcast_group6"] {
            if let group = globals.address(name), group.isMulticast { groups[group.family] = group }
        }
        self.groups = groups

        var announcements = AnnouncementSettings()
        announcements.take(globals, prefix: "vrrp_")
        if globals.boolean("vrrp_min_garp") ?? false { (announcements.rounds, announcements.delay) = (1, .zero) }
        // What is said of a lower priority is that of becoming master unless it is said itself.
        announcements.roundsAfterLower =
            globals.number("vrrp_garp_lower_prio_repeat").map { Int(clamping: $0) } ?? announcements.rounds
        announcements.delayAfterLower = globals.time("vrrp_garp_lower_prio_delay") ?? announcements.delay
        self.announcements = announcements
    }

    /// The group that advertisements of a family are sent to.
    func group(_ family: AddressFamily) -> IPAddress { groups[family] ?? .any(family) }

    /// The usual group of a family.
    static func usualGroup(_ family: AddressFamily) -> IPAddress { usualGroups[family] ?? .any(family) }
}

extension AnnouncementSettings {
    /// Takes what a block says; its words begin with the prefix.
    mutating func take(_ block: CheckedBlock, prefix: String = "") {
        if let number = block.number("\(prefix)garp_master_repeat") { rounds = Int(clamping: number) }
        if let time = block.time("\(prefix)garp_master_delay") { delay = time }
        if let time = block.time("\(prefix)garp_master_refresh") { refresh = time }
        if let number = block.number("\(prefix)garp_master_refresh_repeat") { refreshRounds = Int(clamping: number) }
        if case .extraAnnouncements(let time, let isForAll)? = block.entry("\(prefix)garp_extra_if")?.values.first?
            .value
        {
            (extraInterval, extraOnAll) = (time, isForAll)
        }
    }
}
