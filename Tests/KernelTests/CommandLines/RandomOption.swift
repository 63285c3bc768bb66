/// An option of ipvsadm 1.31 with values for it, good ones and bad ones.
struct RandomOption: Sendable {
    /// Whether a value belongs to it.
    enum Argument: Sendable { case none, optional, required }

    let letter: String?
    let name: String
    let argument: Argument
    let good: [String]
    let bad: [String]

    private init(
        _ letter: String?,
        _ name: String,
        _ argument: Argument = .none,
        good: [String] = [],
        bad: [String] = numbers
    ) {
        self.letter = letter
        self.name = name
        self.argument = argument
        self.good = good
        self.bad = bad
    }

    /// The option of that name; one without a value when it is not in the list.
    static func named(_ name: String) -> RandomOption { all.first { $0.name == name } ?? RandomOption(nil, name) }

    /// Every option of ipvsadm 1.31 that is no command.
    static let all = services + servers + listings + daemons

    // Each pool is small, so that commands often meet what earlier ones have made.
    private static let services = [
        RandomOption("t", "tcp-service", .required, good: addresses, bad: wrongAddresses),
        RandomOption("u", "udp-service", .required, good: addresses, bad: wrongAddresses),
        RandomOption(nil, "sctp-service", .required, good: addresses, bad: wrongAddresses),
        RandomOption(
            "f",
            "fwmark-service",
            .required,
            good: ["1", "7", "7", "2147483647", "2147483648", "4294967295"]
        ),
        RandomOption("6", "ipv6"),
        RandomOption("s", "scheduler", .required, good: schedulers, bad: names + ["RR", "wlcc", "rr,wrr"]),
        RandomOption("p", "persistent", .optional, good: ["1", "60", "300", "3600"]),
        RandomOption("M", "netmask", .required, good: masks, bad: numbers + wrongAddresses + ["129", "255.0.255.0"]),
        RandomOption("o", "ops"),
        RandomOption(nil, "pe", .required, good: ["sip"], bad: names + ["SIP"]),
        RandomOption(
            "b",
            "sched-flags",
            .required,
            good: flags,
            bad: names + ["sh-port,", "rr-port", "sh-port;mh-port"]
        ),
    ]

    private static let servers = [
        RandomOption("r", "real-server", .required, good: realServers, bad: wrongAddresses),
        RandomOption("g", "gatewaying"), RandomOption("i", "ipip"), RandomOption("m", "masquerading"),
        RandomOption("w", "weight", .required, good: ["0", "1", "5", "100", "65535", "2147483647"]),
        RandomOption("x", "u-threshold", .required, good: ["0", "10", "20", "30", "4294967295"]),
        RandomOption("y", "l-threshold", .required, good: ["0", "5", "10"]),
        RandomOption(nil, "tun-type", .required, good: ["ipip", "gue", "gre"], bad: names + ["GUE", "vxlan"]),
        RandomOption(nil, "tun-port", .required, good: ["1", "6080", "65535"]),
        RandomOption(nil, "tun-nocsum"), RandomOption(nil, "tun-csum"), RandomOption(nil, "tun-remcsum"),
    ]

    private static let listings =
        [
            RandomOption("n", "numeric"), RandomOption("c", "connection"), RandomOption("X", "exact"),
        ]
        + [
            "timeout", "daemon", "stats", "rate", "thresholds", "persistent-conn", "tun-info", "sort", "nosort",
        ].map { RandomOption(nil, $0) }

    private static let daemons = [
        RandomOption(nil, "mcast-interface", .required, good: ["lo"], bad: names),
        RandomOption(nil, "syncid", .required, good: ["0", "1", "7", "255"]),
        RandomOption(
            nil,
            "mcast-group",
            .required,
            good: ["224.0.0.81", "239.1.2.3", "ff02::81"],
            bad: wrongAddresses
        ),
        RandomOption(nil, "mcast-port", .required, good: ["1", "8848", "65535"]),
        RandomOption(nil, "mcast-ttl", .required, good: ["1", "8", "255"]),
        RandomOption(nil, "sync-maxlen", .required, good: ["1", "1400", "65507"]),
    ]

    private static let addresses = [
        "10.0.0.1:80", "10.0.0.1:80", "10.0.0.1:http", "10.0.0.2:53", "10.0.0.2:domain", "192.168.0.1:443", "10.0.0.1",
        "localhost:80", "[2001:db8::1]:80", "[2001:db8::1]:80", "[2001:DB8:0::2]:443",
    ]

    private static let realServers = [
        "10.1.0.1", "10.1.0.1:80", "10.1.0.2:8080", "10.1.0.3:http", "127.0.0.1:80", "localhost", "[2001:db8:1::1]:80",
        "[2001:db8:1::2]:8080", "[::1]:80",
    ]

    private static let wrongAddresses = [
        "", ":", ":80", "10", "10.0.0", "10.0.0.256", "10.0.0.1/24", "10.0.0.1:", "10.0.0.1:0", "10.0.0.1:65536",
        "10.0.0.1:-1",
        "10.0.0.1:+80", "10.0.0.1: 80", "10.0.0.1:080", "10.0.0.1:0x50", "10.0.0.1:8x", "10.0.0.1:80:80",
        "10.0.0.1:nothing", "10.0.0.1:99999999999999999999", "010.0.0.1:80", "0x0a000001:80", "0.0.0.0:80",
        "255.255.255.255:80", "224.0.0.1:80", "[", "[]", "[]:80", "[2001:db8::1]", "[2001:db8:1::2]", "[2001:db8::1",
        "2001:db8::1",
        "2001:db8::1:80",
        "[2001:db8::1]80", "[2001:db8::1]:", "[2001:db8::1]:x", "[10.0.0.1]:80", "[::ffff:10.0.0.1]:80", "[::]:80",
        "[fe80::1]:80", "[fe80::1%lo]:80", "[ff02::1]:80", "[::1::]:80", "nobody.invalid", "nobody.invalid:80", "*:80",
        " 10.0.0.1:80", "10.0.0.1 :80", "10.0.0.1:80 ", "-t", "é", String(repeating: "a", count: 300),
        String(repeating: "1", count: 300) + ":80",
    ]

    private static let masks = ["255.255.255.0", "255.255.255.255", "0.0.0.0", "255.0.0.0", "64", "128", "1", "24"]

    private static let schedulers = [
        "rr", "wrr", "lc", "wlc", "lblc", "lblcr", "dh", "sh", "sh", "sed", "nq", "fo", "ovf", "mh", "mh",
    ]

    private static let flags = [
        "sh-port", "sh-fallback", "mh-port", "mh-fallback", "flag-1", "flag-2", "flag-3", "sh-port,sh-fallback",
        "mh-fallback,mh-port", "flag-1,flag-2,flag-3", "sh-fallback,flag-3",
    ]

    private static let names = [
        "", " ", "nosuch", "none", "-", "--", ",", "%s", "$(id)", "a b", "é", "0", String(repeating: "x", count: 15),
        String(repeating: "x", count: 16), String(repeating: "y", count: 300),
    ]

    /// For everything that is a number somewhere; for most options some of them are good.
    static let numbers = [
        "", " ", "-1", "-0", "+7", " 7", "7 ", "07", "08", "0x10", "7x", "x", "1.5", "1e3", "0", "255", "256", "65535",
        "65536", "2147483647", "2147483648", "4294967295", "4294967296", "4294967297", "9223372036854775808",
        "18446744073709551615", "18446744073709551617", "99999999999999999999", "-2147483649", "-99999999999999999999",
        String(repeating: "9", count: 100),
    ]
}
