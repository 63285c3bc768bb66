// Words of global_defs.

extension WordTable {
    static let globalWords: [WordRule] =
        globalNames + globalMail + globalPrograms + globalTable + globalProcess + globalOther + globalFailover

    private static let globalNames: [WordRule] = [
        WordRule("router_id", .text),
        WordRule("use_symlink_paths", .toggle),
        WordRule("data_use_instance", .toggle),
        WordRule("umask", .text),
        WordRule("random_seed", .number(0...Int64(UInt32.max))),
    ]

    private static let globalMail: [WordRule] = [
        WordRule("notification_email", block: .mailAddresses),
        WordRule("notification_email_from", .text),
        WordRule("smtp_server", .mailServer),
        WordRule("smtp_connect_timeout", .time(.seconds(1...4294, below: "1 s taken", above: "30 s taken"))),
        WordRule("smtp_helo_name", .text),
        WordRule("smtp_alert", .toggle),
        WordRule("smtp_alert_checker", .toggle),
        WordRule("smtp_alert_vrrp", .toggle, standing: .failover),
        WordRule("no_checker_emails", .toggle),
        WordRule("no_email_faults", standing: .failover),
        WordRule("checker_log_all_failures", .toggle),
    ]

    private static let globalPrograms: [WordRule] =
        [
            WordRule("script_user", .account),
            WordRule("enable_script_security"),
            WordRule("set_supplementary_groups", .toggle),
            WordRule("rs_init_notifies", .toggle),
            WordRule("notify_fifo", .pipe),
            WordRule("notify_fifo_script", .script),
            WordRule("lvs_notify_fifo", .pipe),
            WordRule("lvs_notify_fifo_script", .script),
            WordRule("vrrp_notify_fifo", .pipe, standing: .failover),
            WordRule("vrrp_notify_fifo_script", .script, standing: .failover),
        ]
        + ["startup_script", "shutdown_script"].flatMap {
            [WordRule($0, .script), WordRule("\($0)_timeout", .number(1...1000))]
        }

    private static let globalTable: [WordRule] = [
        WordRule("lvs_timeouts", .timeouts),
        WordRule("lvs_sync_daemon", .syncDaemon),
        WordRule("lvs_flush"),
        WordRule("lvs_flush_on_stop", .optional(.choice(["VS"]))),
        WordRule("lvs_flush_onstop", .optional(.choice(["VS"])), standing: .old(instead: "lvs_flush_on_stop")),
        WordRule("lvs_id", .anything, standing: .idle("it is of an older version; router_id names the machine")),
    ]

    /// How each of the processes of keepalived runs.
    private static let globalProcess: [WordRule] =
        ["checker", "vrrp", "bfd"].flatMap { process -> [WordRule] in
            let standing: WordRule.Standing = process == "checker" ? .current : .failover
            return [
                WordRule("\(process)_priority", .weight(-20...19), standing: standing),
                WordRule("\(process)_no_swap", standing: standing),
                WordRule("\(process)_rt_priority", .number(1...99), standing: standing),
                WordRule("\(process)_cpu_affinity", .several(.number(0...4095)), standing: standing),
                WordRule("\(process)_rlimit_rttime", .number(1...Int64(UInt32.max)), standing: standing),
                WordRule(
                    "\(process)_rlimit_rtime",
                    .number(1...Int64(UInt32.max)),
                    standing: .old(instead: "\(process)_rlimit_rttime")
                ),
                WordRule("\(process)_process_name", .text, standing: standing),
            ]
        } + [
            WordRule("process_name", .text),
            WordRule("process_names"),
            WordRule("lvs_process_name", .text, standing: .old(instead: "checker_process_name")),
            WordRule("max_auto_priority", .optional(.weight(-1...99))),
            WordRule("min_auto_priority_delay", .number(1...10_000_000)),
        ]

    private static let globalOther: [WordRule] =
        [
            "lvs_netlink_cmd", "lvs_netlink_monitor", "vrrp_netlink_cmd", "vrrp_netlink_monitor", "process_monitor",
        ].flatMap { socket -> [WordRule] in
            let standing: WordRule.Standing = socket.hasPrefix("vrrp") ? .failover : .current
            return [
                WordRule("\(socket)_rcv_bufs", .number(0...Int64(UInt32.max)), standing: standing),
                WordRule("\(socket)_rcv_bufs_force", .toggle, standing: standing),
            ]
        } + [
            WordRule("include_check", .anything, repetition: .adds),
            WordRule("config_save_dir", .path),
            WordRule("tmp_config_directory", .path),
            WordRule("reload_check_config", .optional(.path)),
            WordRule("reload_time_file", .path),
            WordRule("reload_repeat"),
            WordRule("reload_file", .optional(.path)),
            WordRule("state_dump_file", .path),
            WordRule("stats_dump_file", .path, standing: .failover),
            WordRule("json_dump_file", .path, standing: .failover),
            WordRule("json_version", .number(1...2), standing: .failover),
            WordRule("iproute_usr_dir", .path, standing: .failover),
            WordRule("iproute_etc_dir", .path, standing: .failover),
            WordRule("enable_traps"),
            WordRule("enable_snmp_checker"),
            WordRule("enable_snmp_vrrp", standing: .failover),
            WordRule("enable_snmp_rfc", standing: .failover),
            WordRule("enable_snmp_rfcv2", standing: .failover),
            WordRule("enable_snmp_rfcv3", standing: .failover),
            WordRule("enable_snmp_keepalived", standing: .old(instead: "enable_snmp_vrrp")),
            WordRule("snmp_socket", .text),
            WordRule("snmp_vs_stats_update_interval", .time(.delay)),
            WordRule("snmp_rs_stats_update_interval", .time(.delay)),
            WordRule("enable_dbus", standing: .failover),
            WordRule("dbus_service_name", .text, standing: .failover),
            WordRule("dbus_no_interface_name", .toggle, standing: .failover),
        ]

    private static let globalFailover: [WordRule] = [
        failover("default_interface", .interface),
        failover("dynamic_interfaces", .optional(.choice(["allow_if_changes"]))),
        failover("linkbeat_use_polling"),
        failover("disable_local_igmp"),
        failover("log_unknown_vrids"),
        failover("fifo_write_vrrp_states_on_reload"),
        failover("vmac_prefix", .text),
        failover("vmac_addr_prefix", .text),
        failover("nftables", .optional(.text)),
        failover("nftables_priority", .weight(-Int64(Int32.max)...Int64(Int32.max))),
        failover("nftables_counters"),
        failover("nftables_ifindex"),
        failover("v3_checksum_as_v2", .toggle),
        failover("vrrp_version", .number(2...3)),
        failover("vrrp_iptables", .anything),
        failover("vrrp_ipsets", .anything),
        failover("vrrp_mcast_group4", .address),
        failover("vrrp_mcast_group6", .address),
        failover("vrrp_garp_master_delay", .time(.delay)),
        failover("vrrp_garp_master_repeat", .number(0...255)),
        failover("vrrp_garp_master_refresh", .time(.delay)),
        failover("vrrp_garp_master_refresh_repeat", .number(0...255)),
        failover("vrrp_garp_lower_prio_delay", .time(.delay)),
        failover("vrrp_garp_lower_prio_repeat", .number(0...255)),
        failover("vrrp_garp_interval", .time(.announcements)),
        failover("vrrp_gna_interval", .time(.announcements)),
        failover("vrrp_garp_extra_if", .anything),
        failover("vrrp_min_garp", .toggle),
        failover("vrrp_down_timer_adverts", .number(1...100)),
        failover("vrrp_lower_prio_no_advert", .toggle),
        failover("vrrp_higher_prio_send_advert", .toggle),
        failover("vrrp_check_unicast_src", .toggle),
        failover("vrrp_skip_check_adv_addr", .toggle),
        failover("vrrp_strict", .toggle),
        failover("vrrp_startup_delay", .time(.delay)),
        failover("vrrp_delay_after_boot", .time(.delay)),
        failover("vrrp_owner_ignore_adverts", .toggle),
        failover("vrrp_notify_priority_changes", .toggle),
        failover("vrrp_rx_bufs_policy", .anything),
        failover("vrrp_rx_bufs_multiplier", .number(1...Int64(UInt32.max))),
    ]

    /// A word that belongs to failover between directors.
    static func failover(
        _ name: String,
        _ values: ValueRule = .none,
        block: Scope? = nil,
        repetition: WordRule.Repetition? = nil
    ) -> WordRule {
        WordRule(name, values, block: block, repetition: repetition, standing: .failover)
    }
}

extension TimeRange {
    /// Times between announcements of addresses, of which 0 is none.
    static let announcements = TimeRange(range: 1...longestTimeout, below: "none taken", above: "none taken")
}
