import Configuration

// Words of the checks.

extension WordTable {
    static let checkScopes: [(scope: Scope, words: [WordRule])] = [
        (.tcpCheck, connection + common + oldRetry),
        (.httpCheck, connection + common + http),
        (
            .tlsCheck,
            connection + common + http + [
                WordRule("enable_sni", .toggle),
                WordRule("tls_compliant", .toggle),
                WordRule("tls_verify", .toggle),
            ]
        ),
        (.url, urlWords),
        (
            .smtpCheck,
            connection + common + oldRetry + [
                WordRule("helo_name", .text),
                WordRule("host", block: .smtpHost),
            ]
        ),
        (.smtpHost, connection),
        (
            .dnsCheck,
            connection + common + oldRetry + [
                WordRule("type", .caselessChoice(DNSRecordType.allCases.map(\.rawValue))),
                WordRule("name", .text),
            ]
        ),
        (
            .miscCheck,
            common + oldRetry + [
                WordRule("misc_path", .program),
                WordRule("misc_timeout", .number(0...4294)),
                WordRule("misc_dynamic", .toggle),
                WordRule("user", .account),
            ]
        ),
        (
            .udpCheck,
            connection + common + oldRetry + [
                WordRule("payload", .bytes),
                WordRule("require_reply", .reply),
                WordRule("min_reply_length", .number(0...65535)),
                WordRule("max_reply_length", .number(0...65535)),
            ]
        ),
        (.pingCheck, connection + common + oldRetry),
        (
            .fileCheck,
            [
                WordRule("track_file", .name),
                WordRule("weight", .weight(-Int64(Int32.max)...Int64(Int32.max))),
            ]
        ),
        (.sessionCheck, [WordRule("name", .name), WordRule("alpha", .toggle)]),
        (.trackFile, trackFileWords),
    ]

    /// Where a check goes and comes from.
    private static let connection: [WordRule] = [
        WordRule("connect_ip", .address),
        WordRule("connect_port", .port),
        WordRule("bindto", .address),
        WordRule("bind_port", .port),
        WordRule("bind_if", .interface),
        WordRule("connect_timeout", .time(.timeout)),
        WordRule("fwmark", .number(0...Int64(UInt32.max))),
    ]

    /// How often it is made, and what its results do.
    private static let common: [WordRule] = [
        WordRule("retry", .number(0...Int64(UInt32.max))),
        WordRule("delay_before_retry", .time(.delay)),
        WordRule("warmup", .time(.delay)),
        WordRule("delay_loop", .time(.interval)),
        WordRule("alpha", .toggle),
        WordRule("log_all_failures", .toggle),
    ]

    private static let oldRetry: [WordRule] = [
        WordRule("nb_get_retry", .anything, standing: .idle("it is an old word of HTTP_GET and SSL_GET for retry"))
    ]

    private static let http: [WordRule] = [
        WordRule("url", block: .url),
        WordRule("virtualhost", .text),
        WordRule("http_protocol", .choice(["1.0", "1.0C", "1.0c", "1.1"])),
        WordRule("fast_recovery", .toggle),
        WordRule("nb_get_retry", .number(0...Int64(UInt32.max)), standing: .old(instead: "retry")),
    ]

    private static let urlWords: [WordRule] = [
        WordRule("path", .text),
        WordRule("digest", .digest, repetition: .first),
        WordRule("status_code", .statuses, repetition: .adds),
        WordRule("virtualhost", .text),
        WordRule("regex", .pattern),
        WordRule("regex_no_match"),
        WordRule("regex_options", .choices(ContentPattern.Options.allNames), repetition: .adds),
        WordRule("regex_min_offset", .number(0...Int64(Int32.max))),
        WordRule("regex_max_offset", .number(1...Int64(Int32.max))),
        WordRule("regex_stack", .sequence([.number(1...Int64(Int32.max)), .number(1...Int64(Int32.max))])),
    ]
}
