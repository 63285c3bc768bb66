// Words outside of all blocks, and those of SSL.

extension WordTable {
    static let fileWords: [WordRule] = [
        WordRule("global_defs", block: .globals),
        WordRule("SSL", block: .tls, repetition: .last),
        WordRule("virtual_server_group", .name, block: .group),
        WordRule("virtual_server", .identity, block: .service),
        WordRule("track_file", .name, block: .trackFile),
        WordRule("vrrp_track_file", .name, block: .trackFile, standing: .old(instead: "track_file")),
        WordRule("bfd_instance", .name, block: .bfdInstance, standing: .failover),

        WordRule("instance", .name),
        WordRule("net_namespace", .name),
        WordRule("net_namespace_ipvs", .name),
        WordRule("namespace_with_ipsets", standing: .failover),
        WordRule("use_pid_dir"),
        WordRule("child_wait_time", .number(0...Int64(Int32.max))),
        WordRule("linkbeat_use_polling", standing: .failover),

        WordRule("vrrp_instance", .name, block: .vrrpInstance, standing: .failover),
        WordRule("vrrp_sync_group", .name, block: .vrrpSyncGroup, standing: .failover),
        WordRule("vrrp_script", .name, block: .vrrpScript, standing: .failover),
        WordRule("vrrp_track_process", .name, block: .vrrpTrackProcess, standing: .failover),
        WordRule("static_ipaddress", block: .staticAddresses, standing: .failover),
        WordRule("static_routes", block: .routes, standing: .failover),
        WordRule("static_rules", block: .rules, standing: .failover),
        WordRule("track_group", .name, block: .trackGroup, standing: .failover),
        WordRule("garp_group", block: .garpGroup, standing: .failover),
        WordRule("linkbeat_interfaces", block: .linkbeatInterfaces, standing: .failover),
        WordRule("interface_up_down_delays", block: .interfaceDelays, standing: .failover),
    ]

    static let tlsWords: [WordRule] = [
        WordRule("password", .lenient(.text)),
        WordRule("ca", .lenient(.path)),
        WordRule("certificate", .lenient(.path)),
        WordRule("key", .lenient(.path)),
    ]

    static let trackFileWords: [WordRule] = [
        WordRule("file", .path),
        WordRule("weight", .weight(-254...254)),
        WordRule("init_file", .initialValue),
    ]
}
