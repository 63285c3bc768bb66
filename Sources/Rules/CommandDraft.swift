import Addresses
import IPVS

/// A command as far as its options have been read.
struct CommandDraft {
    /// An option that was given, with the word it stands in.
    struct Given {
        let option: OptionName
        let word: Int
    }

    let name: CommandName
    /// The word that the command stands in.
    let word: Int
    let reader: ValueReader
    private(set) var given: [Given] = []

    private(set) var key: ServiceKey?
    private(set) var scheduler = ""
    private(set) var persistenceTimeout: UInt32?
    /// Nil for the mask of single addresses.
    private(set) var netmask: Netmask?
    private(set) var persistenceEngine: String?
    private(set) var schedulerFlags: (text: String, word: Int)?

    private(set) var server: Endpoint?
    private(set) var forwarding = ForwardingMethod.directRoute
    private(set) var weight: Int32 = 1
    private(set) var upperThreshold: UInt32 = 0
    private(set) var lowerThreshold: UInt32 = 0
    private(set) var tunnel = Tunnel.ipip

    private(set) var timeouts = Timeouts(tcp: 0, tcpFin: 0, udp: 0)
    private(set) var daemon = SyncDaemon(role: .master, interface: "eth0")

    /// Begins with the command, whose own value is read first.
    init(_ name: CommandName, _ found: OptionScanner.Found, _ reader: ValueReader) throws(UsageError) {
        self.name = name
        self.reader = reader
        word = found.optionWord
        guard name == .startDaemon || name == .stopDaemon else { return }
        switch found.value {
        case "master": daemon.role = .master
        case "backup": daemon.role = .backup
        default:
            throw UsageError(
                "illegal \(name == .startDaemon ? "start-daemon parameter" : "start_daemon") specified",
                word: found.word,
                expected: "master or backup"
            )
        }
    }

    /// Whether an option was given.
    func has(_ option: OptionName) -> Bool {
        given.contains { $0.option == option }
    }

    /// The word of an option that was given, or else of the command.
    func word(of option: OptionName) -> Int {
        given.first { $0.option == option }?.word ?? word
    }

    /// Takes an option with its value.
    mutating func take(_ found: OptionScanner.Found) throws(UsageError) {
        switch found.meaning {
        case .command, .namespace, .explain, .sort: return
        case .ipv6:
            guard case .mark(let mark, _) = key else {
                throw UsageError("-6 used before -f\n", reason: "-6 used before -f", word: found.optionWord)
            }
            key = .mark(mark, .ipv6)
            netmask = nil
        case .service(let transport):
            try note(.serviceAddress, found)
            try setService(transport, found)
        case .mark:
            try note(.serviceAddress, found)
            let mark = try number(
                found,
                in: 1...UInt32.max,
                "invalid fwmark value `\(found.value ?? "")' specified",
                reason: "invalid fwmark value specified"
            )
            key = .mark(mark, .ipv4)
        case .forwarding(let method):
            try note(.forwardingMethod, found)
            forwarding = method
        case .option(let option):
            try note(option, found)
            try set(option, found)
        }
    }

    /// Takes the three words of `--set` with their places.
    mutating func setTimeouts(_ words: [(text: String, word: Int)]) throws(UsageError) {
        guard words.count == 3 else {
            throw UsageError("--set option requires 3 timeout values", word: words.last?.word ?? word)
        }
        let seconds = try words.map { text, word throws(UsageError) in
            guard let seconds = ValueReader.number(text, in: 0...Self.longestTimeout) else {
                throw UsageError(
                    "invalid timeout value `\(text)' specified",
                    reason: "invalid timeout value specified",
                    word: word,
                    expected: "0 to \(Self.longestTimeout)"
                )
            }
            return seconds
        }
        timeouts = Timeouts(tcp: seconds[0], tcpFin: seconds[1], udp: seconds[2])
    }

    /// The longest time that ipvsadm takes: 31 days in seconds.
    private static let longestTimeout: UInt32 = 2_678_400
    /// Seconds of `-p` without a value.
    private static let defaultPersistence: UInt32 = 360
    /// The most that `-w`, `-x` and `-y` take.
    private static let largestCount: Int32 = .max
}

extension CommandDraft {
    /// Notes that an option was given, which may be once only.
    private mutating func note(_ option: OptionName, _ found: OptionScanner.Found) throws(UsageError) {
        guard !has(option) else {
            throw UsageError("multiple '\(option.rawValue)' options specified", word: found.optionWord)
        }
        given.append(Given(option: option, word: found.optionWord))
    }

    private mutating func setService(
        _ transport: TransportProtocol,
        _ found: OptionScanner.Found
    ) throws(UsageError) {
        guard let service = reader.endpoint(found.value ?? "", transport: transport) else {
            throw UsageError(
                "illegal virtual server address[:port] specified",
                word: found.word,
                expected: "an address as in 10.0.0.1:80 or [2001:db8::1]:80"
            )
        }
        if service.address.family == .ipv6 { netmask = nil }
        key = .endpoint(transport, Endpoint(address: service.address, port: service.port ?? 0))
    }

    private mutating func setServer(_ found: OptionScanner.Found) throws(UsageError) {
        // The ports of marks may have the names of TCP's.
        let transport = key.map { $0.transport ?? .tcp }
        guard let server = reader.endpoint(found.value ?? "", transport: transport) else {
            throw UsageError(
                "illegal real server address[:port] specified",
                word: found.word,
                expected: "an address as in 10.0.0.1:80 or [2001:db8::1]:80"
            )
        }
        self.server = Endpoint(address: server.address, port: server.port ?? key?.port ?? 0)
    }

    private mutating func setNetmask(_ found: OptionScanner.Found) throws(UsageError) {
        let text = found.value ?? ""
        if key?.family == .ipv6 {
            guard let length = ValueReader.prefixLength(text) else {
                throw UsageError("illegal ipv6 netmask specified", word: found.word, expected: "1 to 128")
            }
            netmask = .ipv6(prefixLength: length)
        } else {
            guard let mask = reader.address(text) else {
                throw UsageError(
                    "illegal virtual server persistent mask specified",
                    word: found.word,
                    expected: "a mask as in 255.255.255.0"
                )
            }
            netmask = .ipv4(mask)
        }
    }

    private mutating func setGroup(_ found: OptionScanner.Found) throws(UsageError) {
        let text = found.value ?? ""
        let isIPv6 = text.utf8.contains(UInt8(ascii: ":"))
        let address =
            isIPv6 ? IPv6Address(text).map { IPAddress.v6($0) } : IPv4Address(text).map { IPAddress.v4($0) }
        guard let address, address.isMulticast else {
            let message = "invalid \(isIPv6 ? "IPv6" : "IPv4") mcast-group"
            throw UsageError(
                "\(message) `\(text)'",
                reason: message,
                word: found.word,
                expected: "a multicast address as in \(isIPv6 ? "ff02::81" : "224.0.0.81")"
            )
        }
        daemon.group = address
    }

    /// Takes the value of an option with a name of its own; most have none.
    private mutating func set(_ option: OptionName, _ found: OptionScanner.Found) throws(UsageError) {
        let text = found.value ?? ""
        switch option {
        case .scheduler: scheduler = text.cut(toBytes: 15)
        case .persistent:
            persistenceTimeout = Self.defaultPersistence
            guard found.value != nil else { return }
            persistenceTimeout = try number(
                found,
                in: 1...Self.longestTimeout,
                "invalid timeout value `\(text)' specified",
                reason: "invalid timeout value specified"
            )
        case .netmask: try setNetmask(found)
        case .persistenceEngine: persistenceEngine = text.isEmpty ? nil : text.cut(toBytes: 16)
        case .schedulerFlags: schedulerFlags = (text, found.word)
        case .realServer: try setServer(found)
        case .weight: weight = try number(found, in: 0...Self.largestCount, "illegal weight specified")
        case .upperThreshold:
            upperThreshold = UInt32(try number(found, in: 0...Self.largestCount, "illegal u_threshold specified"))
        case .lowerThreshold:
            lowerThreshold = UInt32(try number(found, in: 0...Self.largestCount, "illegal l_threshold specified"))
        case .tunnelType:
            guard let kind = TunnelNames.kind(text) else {
                throw UsageError("illegal tunnel type specified", word: found.word, expected: "ipip, gue or gre")
            }
            tunnel.kind = kind
        case .tunnelPort: tunnel.port = try number(found, in: 1...UInt16.max, "illegal tunnel port specified")
        case .tunnelNoChecksum: tunnel.checksum = .off
        case .tunnelChecksum: tunnel.checksum = .on
        case .tunnelRemoteChecksum: tunnel.checksum = .remote
        case .multicastInterface: daemon.interface = text.cut(toBytes: 15)
        case .syncID: daemon.syncID = try number(found, in: 0...255, "illegal syncid specified")
        case .multicastGroup: try setGroup(found)
        case .multicastPort: daemon.port = try number(found, in: 1...UInt16.max, "illegal mcast-port specified")
        case .multicastTTL: daemon.timeToLive = try number(found, in: 1...UInt8.max, "illegal mcast-ttl specified")
        case .maximumLength:
            daemon.maximumLength = try number(found, in: 1...65507, "illegal sync-maxlen specified")
        case .serviceAddress, .forwardingMethod, .numeric, .connection, .timeout, .daemon, .stats, .rate, .thresholds,
            .persistentConnections, .noSort, .exact, .onePacket, .tunnelInformation, .json:
            return
        }
    }

    /// The number of an option, or the message why it is none.
    private func number<Value: FixedWidthInteger>(
        _ found: OptionScanner.Found,
        in range: ClosedRange<Value>,
        _ message: String,
        reason: String? = nil
    ) throws(UsageError) -> Value {
        guard let number = ValueReader.number(found.value ?? "", in: range) else {
            throw UsageError(
                message,
                reason: reason,
                word: found.word,
                expected: "\(range.lowerBound) to \(range.upperBound)"
            )
        }
        return number
    }
}
