import IPVS

/// One way to write a command or an option.
struct OptionSpelling: Sendable {
    /// What is meant by it.
    enum Meaning: Hashable, Sendable {
        case command(CommandName)
        /// An option that has its name to itself.
        case option(OptionName)
        /// `-t -u --sctp-service`, which share a name.
        case service(TransportProtocol)
        /// `-f`.
        case mark
        /// `-g -i -m`.
        case forwarding(ForwardingMethod)
        /// `-6`.
        case ipv6
        /// `--sort`, which says what is so anyway.
        case sort
        /// `--netns`.
        case namespace
        /// `--explain`.
        case explain
    }

    /// Whether a value belongs to it.
    enum Argument: Hashable, Sendable {
        case none
        /// The next word is the value unless it begins with a dash.
        case optional
        case required
    }

    let letter: UInt8?
    let name: String
    let meaning: Meaning
    let argument: Argument

    private init(_ letter: Unicode.Scalar?, _ name: String, _ meaning: Meaning, _ argument: Argument = .none) {
        self.letter = letter.map { UInt8(ascii: $0) }
        self.name = name
        self.meaning = meaning
        self.argument = argument
    }

    /// The spelling of one letter after a dash.
    static func named(_ letter: UInt8) -> OptionSpelling? { all.first { $0.letter == letter } }

    /// The spelling of a whole word after two dashes.
    static func named(_ name: String) -> OptionSpelling? { all.first { $0.name == name } }

    /// The names that follow two dashes, each once.
    static let longNames = all.reduce(into: [String]()) { if !$0.contains($1.name) { $0.append($1.name) } }

    private static let all = commands + services + servers + listings + daemons + general

    private static let commands = [
        OptionSpelling("A", "add-service", .command(.addService)),
        OptionSpelling("E", "edit-service", .command(.editService)),
        OptionSpelling("D", "delete-service", .command(.deleteService)),
        OptionSpelling("C", "clear", .command(.flush)),
        OptionSpelling("L", "list", .command(.list)),
        OptionSpelling("l", "list", .command(.list)),
        OptionSpelling("Z", "zero", .command(.zero)),
        OptionSpelling("a", "add-server", .command(.addServer)),
        OptionSpelling("e", "edit-server", .command(.editServer)),
        OptionSpelling("d", "delete-server", .command(.deleteServer)),
        OptionSpelling("R", "restore", .command(.restore)),
        OptionSpelling("S", "save", .command(.save)),
        OptionSpelling(nil, "set", .command(.set)),
        OptionSpelling(nil, "start-daemon", .command(.startDaemon), .required),
        OptionSpelling(nil, "stop-daemon", .command(.stopDaemon), .required),
        OptionSpelling("h", "help", .command(.help)),
        OptionSpelling("v", "version", .command(.version)),
    ]

    private static let services = [
        OptionSpelling("t", "tcp-service", .service(.tcp), .required),
        OptionSpelling("u", "udp-service", .service(.udp), .required),
        OptionSpelling(nil, "sctp-service", .service(.sctp), .required),
        OptionSpelling("f", "fwmark-service", .mark, .required),
        OptionSpelling("6", "ipv6", .ipv6),
        OptionSpelling("s", "scheduler", .option(.scheduler), .required),
        OptionSpelling("p", "persistent", .option(.persistent), .optional),
        OptionSpelling("M", "netmask", .option(.netmask), .required),
        OptionSpelling("o", "ops", .option(.onePacket)),
        OptionSpelling(nil, "pe", .option(.persistenceEngine), .required),
        OptionSpelling("b", "sched-flags", .option(.schedulerFlags), .required),
    ]

    private static let servers = [
        OptionSpelling("r", "real-server", .option(.realServer), .required),
        OptionSpelling("g", "gatewaying", .forwarding(.directRoute)),
        OptionSpelling("i", "ipip", .forwarding(.tunnel)),
        OptionSpelling("m", "masquerading", .forwarding(.masquerade)),
        OptionSpelling("w", "weight", .option(.weight), .required),
        OptionSpelling("x", "u-threshold", .option(.upperThreshold), .required),
        OptionSpelling("y", "l-threshold", .option(.lowerThreshold), .required),
        OptionSpelling(nil, "tun-type", .option(.tunnelType), .required),
        OptionSpelling(nil, "tun-port", .option(.tunnelPort), .required),
        OptionSpelling(nil, "tun-nocsum", .option(.tunnelNoChecksum)),
        OptionSpelling(nil, "tun-csum", .option(.tunnelChecksum)),
        OptionSpelling(nil, "tun-remcsum", .option(.tunnelRemoteChecksum)),
    ]

    private static let listings = [
        OptionSpelling("n", "numeric", .option(.numeric)),
        OptionSpelling("c", "connection", .option(.connection)),
        OptionSpelling(nil, "timeout", .option(.timeout)),
        OptionSpelling(nil, "daemon", .option(.daemon)),
        OptionSpelling(nil, "stats", .option(.stats)),
        OptionSpelling(nil, "rate", .option(.rate)),
        OptionSpelling(nil, "thresholds", .option(.thresholds)),
        OptionSpelling(nil, "persistent-conn", .option(.persistentConnections)),
        OptionSpelling(nil, "tun-info", .option(.tunnelInformation)),
        OptionSpelling(nil, "sort", .sort),
        OptionSpelling(nil, "nosort", .option(.noSort)),
        OptionSpelling("X", "exact", .option(.exact)),
        OptionSpelling(nil, "json", .option(.json)),
    ]

    private static let daemons = [
        OptionSpelling(nil, "mcast-interface", .option(.multicastInterface), .required),
        OptionSpelling(nil, "syncid", .option(.syncID), .required),
        OptionSpelling(nil, "mcast-group", .option(.multicastGroup), .required),
        OptionSpelling(nil, "mcast-port", .option(.multicastPort), .required),
        OptionSpelling(nil, "mcast-ttl", .option(.multicastTTL), .required),
        OptionSpelling(nil, "sync-maxlen", .option(.maximumLength), .required),
    ]

    private static let general = [
        OptionSpelling(nil, "netns", .namespace, .required),
        OptionSpelling(nil, "explain", .explain),
    ]
}
