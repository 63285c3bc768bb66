// Words of virtual_server and real_server.

extension WordTable {
    private static let words32: ClosedRange<Int64> = 0...Int64(UInt32.max)
    private static let weights: ClosedRange<Int64> = 0...Int64(Int32.max)

    /// How often servers are asked, and how long they may take, at either level.
    private static let pace: [WordRule] = [
        WordRule("delay_loop", .time(.interval)),
        WordRule("retry", .number(1...words32.upperBound, below: "the default taken")),
        WordRule("delay_before_retry", .time(.delay)),
        WordRule("warmup", .time(.delay)),
        WordRule("connect_timeout", .time(.timeout)),
    ]

    /// What other programs of the kind have, or had, for services.
    private static let foreign: [WordRule] = [
        WordRule("nat_mask", .anything, standing: .idle("keepalived has not known it for long")),
        WordRule("net_mask", .anything, standing: .idle("keepalived has not known it for long")),
        WordRule("nb_get_retry", .anything, standing: .idle("it is an old word of HTTP_GET and SSL_GET")),
        WordRule("lvs_id", .anything, standing: .idle("it is of an older version")),
        WordRule("lvs_sync_daemon_inteface", .anything, standing: .idle("it is a word of vrrp_instance")),
        WordRule("laddr_group_name", .anything, standing: .idle("it is of a kernel with full NAT")),
        WordRule("syn_proxy", .anything, standing: .idle("it is of a kernel with full NAT")),
        WordRule("est_timeout", .anything, standing: .idle("it is of a kernel with full NAT")),
    ]

    static let serviceWords: [WordRule] =
        [
            WordRule("ip_family", .family),
            WordRule("lb_algo", .scheduler),
            WordRule("lvs_sched", .scheduler, as: "lb_algo"),
            WordRule("sh-port"),
            WordRule("sh-fallback"),
            WordRule("mh-port"),
            WordRule("mh-fallback"),
            WordRule("flag-1"),
            WordRule("flag-2"),
            WordRule("flag-3"),
            WordRule("hashed"),
            WordRule("ops"),
            WordRule("lb_kind", .forwarding),
            WordRule("lvs_method", .forwarding, as: "lb_kind"),
            WordRule("protocol", .transport),
            WordRule("persistence_timeout", .optional(.number(1...2_678_400, below: "persistence stays off"))),
            WordRule("persistence_granularity", .mask),
            WordRule("persistence_engine", .text),
            WordRule("weight", .number(1...weights.upperBound, below: "1 taken")),
            WordRule("quorum", .number(1...words32.upperBound, below: "1 taken")),
            WordRule("hysteresis", .number(words32)),
            WordRule("alpha", .bare),
            WordRule("omega", .bare),
            WordRule("ha_suspend", .bare),
            WordRule("inhibit_on_failure", .bare),
            WordRule("quorum_up", .script, repetition: .first),
            WordRule("quorum_down", .script, repetition: .first),
            WordRule("sorry_server", .endpoint),
            WordRule("sorry_server_inhibit", .bare),
            WordRule("sorry_server_lvs_method", .forwarding),
            WordRule("virtualhost", .text),
            WordRule("snmp_name", .text),
            WordRule("smtp_alert", .toggle),
            WordRule("real_server", .endpoint, block: .server),
        ] + pace + foreign

    static let serverWords: [WordRule] =
        [
            WordRule("weight", .number(weights)),
            WordRule("lvs_method", .forwarding),
            WordRule("uthreshold", .number(words32)),
            WordRule("lthreshold", .number(words32)),
            WordRule("inhibit_on_failure", .toggle),
            WordRule("alpha", .toggle),
            WordRule("notify_up", .script, repetition: .first),
            WordRule("notify_down", .script, repetition: .first),
            WordRule("virtualhost", .text),
            WordRule("snmp_name", .text),
            WordRule("smtp_alert", .toggle),
        ] + pace + checks + foreign

    private static let checks: [WordRule] = [
        WordRule("TCP_CHECK", block: .tcpCheck),
        WordRule("HTTP_GET", block: .httpCheck),
        WordRule("SSL_GET", block: .tlsCheck),
        WordRule("SMTP_CHECK", block: .smtpCheck),
        WordRule("DNS_CHECK", block: .dnsCheck),
        WordRule("MISC_CHECK", block: .miscCheck),
        WordRule("UDP_CHECK", block: .udpCheck),
        WordRule("PING_CHECK", block: .pingCheck),
        WordRule("FILE_CHECK", block: .fileCheck),
        WordRule("BFD_CHECK", block: .sessionCheck),
    ]
}
