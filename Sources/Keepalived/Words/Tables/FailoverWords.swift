// Words of failover between directors.

extension WordTable {
    static let failoverScopes: [(scope: Scope, words: [WordRule])] = [
        (.vrrpInstance, instanceWords + announcements + trackers + notices),
        (.vrrpSyncGroup, syncGroupWords + trackers + notices),
        (.vrrpScript, scriptWords),
        (.vrrpTrackProcess, trackProcessWords),
        (
            .authentication,
            [
                WordRule("auth_type", .choice(["PASS", "AH"])),
                WordRule("auth_pass", .text),
            ]
        ),
        (
            .authHMAC,
            [
                WordRule("key", .key, repetition: .adds),
                WordRule("active_key", .number(1...255)),
                WordRule("mode", .choice(["enforce", "permissive", "receive-only"])),
                WordRule("anti_replay", .choice(["time", "monotonic"])),
                WordRule("time_window", .time(.seconds(1...300))),
            ]
        ),
        (.trackGroup, [WordRule("group", block: .members)]),
        (
            .garpGroup,
            [
                WordRule("garp_interval", .time(.announcements)),
                WordRule("gna_interval", .time(.announcements)),
                WordRule("interface", .interface, repetition: .adds),
                WordRule("interfaces", block: .interfaces),
            ]
        ),
        (.bfdInstance, bfdWords),
    ]

    private static let instanceWords: [WordRule] = [
        WordRule("state", .choice(["MASTER", "BACKUP"], otherwise: "BACKUP taken")),
        WordRule("interface", .interface),
        WordRule("virtual_router_id", .number(1...255)),
        WordRule("priority", .number(1...255)),
        WordRule("version", .number(2...3)),
        WordRule("advert_int", .time(TimeRange(range: 10_000...255_000_000, below: "1 s taken"))),
        WordRule("authentication", block: .authentication),
        WordRule("auth_hmac", block: .authHMAC),
        WordRule("virtual_ipaddress", block: .addresses),
        WordRule("virtual_ipaddress_excluded", block: .addresses),
        WordRule("virtual_routes", block: .routes),
        WordRule("virtual_rules", block: .rules),
        WordRule("no_virtual_ipaddress"),
        WordRule("accept"),
        WordRule("no_accept"),
        WordRule("nopreempt"),
        WordRule("preempt"),
        WordRule("preempt_delay", .time(.seconds(0...1000, above: "none taken"))),
        WordRule("preempt_after_sync", .optional(.time(.seconds(1...86_400)))),
        WordRule("unicast_src_ip", .address),
        WordRule("unicast_peer", block: .peers),
        WordRule("unicast_ttl", .number(0...255)),
        WordRule("unicast_fault_no_peer"),
        WordRule("check_unicast_src", .toggle),
        WordRule("mcast_src_ip", .address),
        WordRule("mcast_dst_ip", .address),
        WordRule("track_src_ip"),
        WordRule("native_ipv6", standing: .old(instead: "virtual_ipaddress"), as: "native_ipv6"),
        WordRule("vrf", .interface),
        WordRule("use_vmac", .macvlan),
        WordRule("use_vmac_addr"),
        WordRule("vmac_xmit_base"),
        WordRule("use_ipvlan", .ipvlan),
        WordRule("dont_track_primary"),
        WordRule("promote_secondaries"),
        WordRule("down_timer_adverts", .number(1...100)),
        WordRule("strict_mode", .toggle),
        WordRule("old_unicast_checksum", .optional(.choice(["never"]))),
        WordRule("v3_checksum_as_v2", .toggle),
        WordRule("timer_expired_backup", .optional(.text)),
        WordRule("owner_ignore_adverts", .toggle),
        WordRule("kernel_rx_buf_size", .number(0...Int64(Int32.max))),
        WordRule(
            "linkbeat_use_polling",
            standing: .idle("the kernel tells of links, and none is asked for by polling")
        ),
        WordRule(
            "lvs_sync_daemon_interface",
            .interface,
            standing: .old(instead: "lvs_sync_daemon in global_defs"),
            as: "lvs_sync_daemon_interface"
        ),
        WordRule(
            "lvs_sync_daemon_inteface",
            .interface,
            standing: .old(instead: "lvs_sync_daemon in global_defs"),
            as: "lvs_sync_daemon_interface"
        ),
        WordRule("debug", .number(0...4)),
        WordRule("skip_check_adv_addr", .toggle),
        WordRule("lower_prio_no_advert", .toggle),
        WordRule("higher_prio_send_advert", .toggle),
    ]

    /// How addresses are announced.
    private static let announcements: [WordRule] = [
        WordRule("garp_master_delay", .time(.delay)),
        WordRule("garp_master_repeat", .number(1...255, below: "1 taken")),
        WordRule("garp_master_refresh", .time(.delay)),
        WordRule("garp_master_refresh_repeat", .number(1...255, below: "1 taken")),
        WordRule("garp_lower_prio_delay", .time(.delay)),
        WordRule("garp_lower_prio_repeat", .number(0...255)),
        WordRule("garp_extra_if", .extraAnnouncements),
        WordRule("vmac_garp_intvl", .extraAnnouncements, standing: .old(instead: "garp_extra_if")),
    ]

    /// What else takes part in the decision who is master.
    private static let trackers: [WordRule] = [
        WordRule("track_interface", block: .trackInterface),
        WordRule("track_script", block: .trackScript),
        WordRule("track_file", block: .trackFiles),
        WordRule("track_process", block: .trackProcess),
        WordRule("track_bfd", block: .trackBFD),
        WordRule("track_virtual_server", block: .trackServers),
    ]

    /// Who is told of changes.
    private static let notices: [WordRule] =
        [
            "notify", "notify_master", "notify_backup", "notify_fault", "notify_stop", "notify_master_rx_lower_pri",
        ].map { WordRule($0, .script, repetition: .first) } + [
            WordRule("notify_deleted", .optional(.script), repetition: .first),
            WordRule("notify_priority_changes", .toggle),
            WordRule("smtp_alert", .toggle),
        ]

    private static let syncGroupWords: [WordRule] = [
        WordRule("group", block: .members),
        WordRule("global_tracking", standing: .idle("all members of a group track what it tracks")),
        WordRule("sync_group_tracking_weight"),
    ]

    private static let scriptWords: [WordRule] = [
        WordRule("script", .program),
        WordRule("interval", .time(.scripts)),
        WordRule("timeout", .time(.scripts)),
        WordRule("weight", .weight(-254...254)),
        WordRule("rise", .number(1...Int64(Int32.max))),
        WordRule("fall", .number(1...Int64(Int32.max))),
        WordRule("user", .account),
        WordRule("init_fail"),
    ]

    private static let trackProcessWords: [WordRule] = [
        WordRule("process", .several(.text)),
        WordRule("param_match", .optional(.choice(["initial", "partial"]))),
        WordRule("full_command"),
        WordRule("weight", .weight(-254...254)),
        WordRule("quorum", .number(1...65535)),
        WordRule("quorum_max", .number(0...65535)),
        WordRule("delay", .time(.delay)),
        WordRule("fork_delay", .time(.delay)),
        WordRule("terminate_delay", .time(.delay)),
    ]

    private static let bfdWords: [WordRule] = [
        WordRule("neighbor_ip", .address),
        WordRule("neighbour_ip", .address, as: "neighbor_ip"),
        WordRule("source_ip", .address),
        WordRule("min_rx", .time(TimeRange(range: 1_000_000...1_000_000_000))),
        WordRule("min_tx", .time(TimeRange(range: 1_000_000...1_000_000_000))),
        WordRule("idle_tx", .time(TimeRange(range: 1_000_000...10_000_000_000))),
        WordRule("multiplier", .number(1...255)),
        WordRule("passive"),
        WordRule("ttl", .number(1...255)),
        WordRule("hoplimit", .number(1...255)),
        WordRule("max_hops", .number(0...255)),
        WordRule("weight", .weight(-254...254)),
        WordRule("vrrp"),
        WordRule("checker"),
    ]
}

extension TimeRange {
    /// Times between runs of a tracking script.
    fileprivate static let scripts = TimeRange(range: 1...longestInterval, below: "1 s taken", above: "1 s taken")
}
