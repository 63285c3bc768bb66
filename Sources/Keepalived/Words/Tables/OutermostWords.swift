// Words outside of all blocks, and those of SSL.

extension WordTable {
    static let fileWords: [WordRule] = [
        WordRule("global_defs", block: .globals),
        WordRule("SSL", block: .tls, repetition: .last),
        WordRule("virtual_server_group", .name, block: .group),
        WordRule("virtual_server", .identity, block: .service),
        WordRule("track_file", .name, block: .trackFile),
        WordRule("vrrp_track_file", .name, block: .trackFile, standing: .old(instead: "track_file")),
        WordRule("bfd_instance", .name, block: .bfdInstance),

        WordRule("instance", .name),
        WordRule("net_namespace", .name),
        WordRule("net_namespace_ipvs", .name),
        WordRule("namespace_with_ipsets", standing: .idle("nothing is done with ipsets")),
        WordRule("use_pid_dir"),
        WordRule("child_wait_time", .number(0...Int64(Int32.max))),
        WordRule(
            "linkbeat_use_polling",
            standing: .idle("the kernel tells of links, and none is asked for by polling")
        ),

        WordRule("vrrp_instance", .name, block: .vrrpInstance),
        WordRule("vrrp_sync_group", .name, block: .vrrpSyncGroup),
        WordRule("vrrp_script", .name, block: .vrrpScript),
        WordRule("vrrp_track_process", .name, block: .vrrpTrackProcess),
        WordRule("static_ipaddress", block: .staticAddresses),
        WordRule("static_routes", block: .routes),
        WordRule("static_rules", block: .rules),
        WordRule("track_group", .name, block: .trackGroup),
        WordRule("garp_group", block: .garpGroup),
        WordRule("linkbeat_interfaces", block: .linkbeatInterfaces),
        WordRule("interface_up_down_delays", block: .interfaceDelays),
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
