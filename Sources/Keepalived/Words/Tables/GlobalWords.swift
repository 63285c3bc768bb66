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
        WordRule("smtp_alert_vrrp", .toggle),
        WordRule("no_checker_emails", .toggle),
        WordRule("no_email_faults"),
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
            WordRule("vrrp_notify_fifo", .pipe),
            WordRule("vrrp_notify_fifo_script", .script),
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
            [
                WordRule("\(process)_priority", .weight(-20...19)),
                WordRule("\(process)_no_swap"),
                WordRule("\(process)_rt_priority", .number(1...99)),
                WordRule("\(process)_cpu_affinity", .several(.number(0...4095))),
                WordRule("\(process)_rlimit_rttime", .number(1...Int64(UInt32.max))),
                WordRule(
                    "\(process)_rlimit_rtime",
                    .number(1...Int64(UInt32.max)),
                    standing: .old(instead: "\(process)_rlimit_rttime")
                ),
                WordRule("\(process)_process_name", .text),
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
            [
                WordRule("\(socket)_rcv_bufs", .number(0...Int64(UInt32.max))),
                WordRule("\(socket)_rcv_bufs_force", .toggle),
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
            WordRule("stats_dump_file", .path),
            WordRule("json_dump_file", .path),
            WordRule("json_version", .number(1...2)),
            WordRule("iproute_usr_dir", .path),
            WordRule("iproute_etc_dir", .path),
            WordRule("enable_traps"),
            WordRule("enable_snmp_checker"),
            WordRule("enable_snmp_vrrp"),
            WordRule("enable_snmp_rfc"),
            WordRule("enable_snmp_rfcv2"),
            WordRule("enable_snmp_rfcv3"),
            WordRule("enable_snmp_keepalived", standing: .old(instead: "enable_snmp_vrrp")),
            WordRule("snmp_socket", .text),
            WordRule("snmp_vs_stats_update_interval", .time(.delay)),
            WordRule("snmp_rs_stats_update_interval", .time(.delay)),
            WordRule("enable_dbus"),
            WordRule("dbus_service_name", .text),
            WordRule("dbus_no_interface_name", .toggle),
        ]

    private static let globalFailover: [WordRule] = [
        WordRule("default_interface", .interface),
        WordRule("dynamic_interfaces", .optional(.choice(["allow_if_changes"]))),
        WordRule(
            "linkbeat_use_polling",
            standing: .idle("the kernel tells of links, and none is asked for by polling")
        ),
        WordRule("disable_local_igmp"),
        WordRule("log_unknown_vrids"),
        WordRule("fifo_write_vrrp_states_on_reload"),
        WordRule("vmac_prefix", .text),
        WordRule("vmac_addr_prefix", .text),
        WordRule("nftables", .optional(.text)),
        WordRule("nftables_priority", .weight(-Int64(Int32.max)...Int64(Int32.max))),
        WordRule("nftables_counters"),
        WordRule("nftables_ifindex"),
        WordRule("v3_checksum_as_v2", .toggle),
        WordRule("vrrp_reload_grace", .time(.seconds(0...3600))),
        WordRule("vrrp_route_protocol", .text),
        WordRule("vrrp_old_log_lines"),
        WordRule("vrrp_version", .number(2...3)),
        WordRule("vrrp_iptables", .anything),
        WordRule("vrrp_ipsets", .anything),
        WordRule("vrrp_mcast_group4", .address),
        WordRule("vrrp_mcast_group6", .address),
        WordRule("vrrp_garp_master_delay", .time(.delay)),
        WordRule("vrrp_garp_master_repeat", .number(1...255, below: "1 taken")),
        WordRule("vrrp_garp_master_refresh", .time(.delay)),
        WordRule("vrrp_garp_master_refresh_repeat", .number(1...255, below: "1 taken")),
        WordRule("vrrp_garp_lower_prio_delay", .time(.delay)),
        WordRule("vrrp_garp_lower_prio_repeat", .number(0...255)),
        WordRule("vrrp_garp_interval", .time(.announcements)),
        WordRule("vrrp_gna_interval", .time(.announcements)),
        WordRule("vrrp_garp_extra_if", .extraAnnouncements),
        WordRule("vrrp_vmac_garp_intvl", .extraAnnouncements, standing: .old(instead: "vrrp_garp_extra_if")),
        WordRule("vrrp_min_garp", .toggle),
        WordRule("vrrp_down_timer_adverts", .number(1...100)),
        WordRule("vrrp_lower_prio_no_advert", .toggle),
        WordRule("vrrp_higher_prio_send_advert", .toggle),
        WordRule("vrrp_check_unicast_src", .toggle),
        WordRule("vrrp_skip_check_adv_addr", .toggle),
        WordRule("vrrp_strict", .toggle),
        WordRule("vrrp_startup_delay", .time(.delay)),
        WordRule("vrrp_delay_after_boot", .time(.delay)),
        WordRule("vrrp_owner_ignore_adverts", .toggle),
        WordRule("vrrp_notify_priority_changes", .toggle),
        WordRule("vrrp_rx_bufs_policy", .text),
        WordRule("vrrp_rx_bufs_multiplier", .number(1...Int64(UInt32.max))),
    ]
}

extension TimeRange {
    /// Times between announcements of addresses, of which 0 is none.
    static let announcements = TimeRange(range: 0...longestTimeout, above: "none taken")
}
