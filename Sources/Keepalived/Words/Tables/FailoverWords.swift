// Words of failover between directors: their form alone, as long as nothing comes of them.

extension WordTable {
    static let failoverScopes: [(scope: Scope, words: [WordRule])] = [
        (.vrrpInstance, instanceWords + announcements + trackers + notices),
        (.vrrpSyncGroup, syncGroupWords + trackers + notices),
        (.vrrpScript, scriptWords),
        (.vrrpTrackProcess, trackProcessWords),
        (
            .authentication,
            [
                failover("auth_type", .choice(["PASS", "AH"])),
                failover("auth_pass", .text),
            ]
        ),
        (
            .authHMAC,
            [
                failover("key", .anything, repetition: .adds),
                failover("active_key", .number(0...255)),
                failover("mode", .choice(["enforce", "permissive", "receive-only", "time"])),
                failover("time_window", .time(.delay)),
            ]
        ),
        (.trackGroup, [failover("group", block: .members)]),
        (
            .garpGroup,
            [
                failover("garp_interval", .time(.announcements)),
                failover("gna_interval", .time(.announcements)),
                failover("interface", .interface, repetition: .adds),
                failover("interfaces", block: .interfaces),
            ]
        ),
        (.bfdInstance, bfdWords),
    ]

    private static let instanceWords: [WordRule] = [
        failover("state", .choice(["MASTER", "BACKUP"], otherwise: "BACKUP taken")),
        failover("interface", .interface),
        failover("virtual_router_id", .number(1...255)),
        failover("priority", .number(1...255)),
        failover("version", .number(2...3)),
        failover("advert_int", .time(TimeRange(range: 10_000...255_000_000, below: "1 s taken"))),
        failover("authentication", block: .authentication),
        failover("auth_hmac", block: .authHMAC),
        failover("virtual_ipaddress", block: .addresses),
        failover("virtual_ipaddress_excluded", block: .addresses),
        failover("virtual_routes", block: .routes),
        failover("virtual_rules", block: .rules),
        failover("no_virtual_ipaddress"),
        failover("accept"),
        failover("no_accept"),
        failover("nopreempt"),
        failover("preempt"),
        failover("preempt_delay", .time(.seconds(0...1000, above: "none taken"))),
        failover("unicast_src_ip", .address),
        failover("unicast_peer", block: .peers),
        failover("unicast_ttl", .number(0...255)),
        failover("unicast_fault_no_peer"),
        failover("check_unicast_src", .toggle),
        failover("mcast_src_ip", .address),
        failover("mcast_dst_ip", .address),
        failover("track_src_ip"),
        failover("native_ipv6"),
        failover("vrf", .interface),
        failover("use_vmac", .anything),
        failover("use_vmac_addr"),
        failover("vmac_xmit_base"),
        failover("use_ipvlan", .anything),
        failover("dont_track_primary"),
        failover("promote_secondaries"),
        failover("down_timer_adverts", .number(1...100)),
        failover("strict_mode", .toggle),
        failover("old_unicast_checksum", .optional(.choice(["never"]))),
        failover("v3_checksum_as_v2", .toggle),
        failover("timer_expired_backup", .optional(.text)),
        failover("owner_ignore_adverts", .toggle),
        failover("kernel_rx_buf_size", .number(0...Int64(UInt32.max))),
        failover("linkbeat_use_polling"),
        failover("lvs_sync_daemon_interface", .interface),
        WordRule(
            "lvs_sync_daemon_inteface",
            .interface,
            standing: .old(instead: "lvs_sync_daemon_interface")
        ),
        failover("debug", .number(0...4)),
        failover("skip_check_adv_addr", .toggle),
        failover("lower_prio_no_advert", .toggle),
        failover("higher_prio_send_advert", .toggle),
    ]

    /// How addresses are announced.
    private static let announcements: [WordRule] = [
        failover("garp_master_delay", .time(.delay)),
        failover("garp_master_repeat", .number(0...255)),
        failover("garp_master_refresh", .time(.delay)),
        failover("garp_master_refresh_repeat", .number(0...255)),
        failover("garp_lower_prio_delay", .time(.delay)),
        failover("garp_lower_prio_repeat", .number(0...255)),
        failover("garp_extra_if", .anything),
        failover("vmac_garp_intvl", .anything),
    ]

    /// What else takes part in the decision who is master.
    private static let trackers: [WordRule] = [
        failover("track_interface", block: .trackInterface),
        failover("track_script", block: .trackScript),
        failover("track_file", block: .trackFiles),
        failover("track_process", block: .trackProcess),
        failover("track_bfd", block: .trackBFD),
    ]

    /// Who is told of changes.
    private static let notices: [WordRule] =
        [
            "notify", "notify_master", "notify_backup", "notify_fault", "notify_stop", "notify_deleted",
            "notify_master_rx_lower_pri",
        ].map { failover($0, .script) } + [
            failover("notify_priority_changes", .toggle),
            failover("smtp_alert", .toggle),
        ]

    private static let syncGroupWords: [WordRule] = [
        failover("group", block: .members),
        WordRule("global_tracking", standing: .idle("all members of a group track what it tracks")),
        failover("sync_group_tracking_weight"),
    ]

    private static let scriptWords: [WordRule] = [
        failover("script", .program),
        failover("interval", .time(.scripts)),
        failover("timeout", .time(.scripts)),
        failover("weight", .weight(-254...254)),
        failover("rise", .number(1...Int64(Int32.max))),
        failover("fall", .number(1...Int64(Int32.max))),
        failover("user", .account),
        failover("init_fail"),
    ]

    private static let trackProcessWords: [WordRule] = [
        failover("process", .several(.text)),
        failover("param_match", .optional(.choice(["initial", "partial"]))),
        failover("full_command"),
        failover("weight", .weight(-254...254)),
        failover("quorum", .number(1...65535)),
        failover("quorum_max", .number(0...65535)),
        failover("delay", .time(.delay)),
        failover("fork_delay", .time(.delay)),
        failover("terminate_delay", .time(.delay)),
    ]

    private static let bfdWords: [WordRule] = [
        failover("neighbor_ip", .address),
        failover("source_ip", .address),
        failover("min_rx", .number(1...1000)),
        failover("min_tx", .number(1...1000)),
        failover("idle_tx", .number(1...10000)),
        failover("multiplier", .number(1...255)),
        failover("passive"),
        failover("ttl", .number(1...255)),
        failover("hoplimit", .number(1...255)),
        failover("max_hops", .number(0...255)),
        failover("weight", .weight(-254...254)),
    ]
}

extension TimeRange {
    /// Times between runs of a tracking script.
    fileprivate static let scripts = TimeRange(range: 1...longestInterval, below: "1 s taken", above: "1 s taken")
}
