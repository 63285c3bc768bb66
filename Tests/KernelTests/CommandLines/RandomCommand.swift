/// A command with the options that suit it; of those one that has to be there is missing now and then.
struct RandomCommand: Sendable {
    let letter: String?
    let name: String
    var value: [String] = []
    /// Of each group one is taken, and nearly always.
    var needed: [[String]] = []
    var optional: [String] = []
    /// Plain words, as the numbers of `--set`.
    var plainWords = 0
    /// How often it comes, against the others.
    let weight: Int

    /// What names a service; the more often here, the more often used.
    static let service = [
        "tcp-service", "tcp-service", "tcp-service", "udp-service", "sctp-service", "fwmark-service",
    ]
    private static let serviceOptions = [
        "scheduler", "scheduler", "persistent", "netmask", "ops", "pe", "sched-flags",
    ]
    /// What says more of a tunnel.
    static let tunnelOptions = ["tun-type", "tun-port", "tun-nocsum", "tun-csum", "tun-remcsum"]
    /// How packets reach a server.
    static let forwardingAndTunnelOptions = ["gatewaying", "masquerading", "ipip"] + tunnelOptions
    private static let serverOptions =
        ["weight", "weight", "u-threshold", "u-threshold", "l-threshold"] + forwardingAndTunnelOptions
    private static let listOptions = [
        "numeric", "numeric", "connection", "exact", "timeout", "daemon", "stats", "rate", "thresholds",
        "persistent-conn", "tun-info", "sort", "nosort", "syncid", "tcp-service", "fwmark-service",
    ]
    private static let daemonOptions = [
        "mcast-interface", "mcast-interface", "syncid", "mcast-group", "mcast-port", "mcast-ttl", "sync-maxlen",
    ]

    /// Makes a service.
    static let addService = RandomCommand(
        letter: "A",
        name: "add-service",
        needed: [service],
        optional: serviceOptions,
        weight: 20
    )
    /// Makes a server.
    static let addServer = RandomCommand(
        letter: "a",
        name: "add-server",
        needed: [service, ["real-server"]],
        optional: serverOptions,
        weight: 24
    )
    /// All commands.
    static let all = [
        addService, addServer,
        RandomCommand(letter: "E", name: "edit-service", needed: [service], optional: serviceOptions, weight: 8),
        RandomCommand(
            letter: "e",
            name: "edit-server",
            needed: [service, ["real-server"]],
            optional: serverOptions,
            weight: 8
        ),
        RandomCommand(letter: "D", name: "delete-service", needed: [service], weight: 4),
        RandomCommand(letter: "d", name: "delete-server", needed: [service, ["real-server"]], weight: 6),
        RandomCommand(letter: "L", name: "list", optional: listOptions, weight: 12),
        RandomCommand(letter: "l", name: "list", optional: listOptions, weight: 8),
        RandomCommand(letter: "Z", name: "zero", optional: service, weight: 4),
        RandomCommand(letter: "S", name: "save", optional: ["numeric"], weight: 5),
        RandomCommand(letter: "C", name: "clear", weight: 1),
        RandomCommand(letter: nil, name: "set", plainWords: 3, weight: 4),
        RandomCommand(
            letter: nil,
            name: "start-daemon",
            value: ["master", "backup"],
            needed: [["mcast-interface"]],
            optional: daemonOptions,
            weight: 4
        ),
        RandomCommand(letter: nil, name: "stop-daemon", value: ["master", "backup"], optional: ["syncid"], weight: 3),
        RandomCommand(letter: "R", name: "restore", weight: 1),
        RandomCommand(letter: "h", name: "help", weight: 1),
        RandomCommand(letter: "v", name: "version", weight: 1),
    ]
    /// Each command as many times as it has weight.
    static let often = all.flatMap { Array(repeating: $0, count: $0.weight) }
}
