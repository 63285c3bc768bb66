/// An option of `keepalived`: its letter, where it has one, its long name, and whether a value follows.
enum KeepalivedOption: String, Hashable, CaseIterable {
    case file = "use-file"
    case failoverOnly = "vrrp"
    case servicesOnly = "check"
    case withoutBFD = "no_bfd"
    case everyPart = "all"
    case console = "log-console"
    case details = "log-detail"
    case facility = "log-facility"
    case withoutSyslog = "no-syslog"
    case logFile = "log-file"
    case flushesLogFile = "flush-log-file"
    case umask
    case dropsAddresses = "release-vips"
    case leavesAddresses = "dont-release-vrrp"
    case leavesTable = "dont-release-ipvs"
    case withoutRespawn = "dont-respawn"
    case foreground = "dont-fork"
    case dump = "dump-conf"
    case pidFile = "pid"
    case failoverPIDFile = "vrrp_pid"
    case checkersPIDFile = "checkers_pid"
    case bfdPIDFile = "bfd_pid"
    case genhash
    case addresses = "address-monitoring"
    case snmp
    case snmpSocket = "snmp-agent-socket"
    case namespace
    case coreDump = "core-dump"
    case corePattern = "core-dump-pattern"
    case everyInclude = "all-config"
    case configID = "config-id"
    case signalNumber = "signum"
    case test = "config-test"
    case version
    case help

    /// Whether a value follows an option.
    enum Value {
        case none
        /// In the same word only: `-tLOG`, `--config-test=LOG`.
        case optional
        /// In the same word or the next.
        case needed
    }

    /// Whether a value follows.
    var value: Value {
        switch self {
        case .logFile, .test, .corePattern: .optional
        case .file, .facility, .umask, .pidFile, .failoverPIDFile, .checkersPIDFile, .bfdPIDFile, .snmpSocket,
            .namespace,
            .configID, .signalNumber:
            .needed
        case .failoverOnly, .servicesOnly, .withoutBFD, .everyPart, .console, .details, .withoutSyslog, .flushesLogFile,
            .dropsAddresses, .leavesAddresses, .leavesTable, .withoutRespawn, .foreground, .dump, .genhash, .addresses,
            .snmp, .coreDump, .everyInclude, .version, .help:
            .none
        }
    }

    /// The letter; nil for an option that has only a name.
    var letter: Character? {
        switch self {
        case .file: "f"
        case .failoverOnly: "P"
        case .servicesOnly: "C"
        case .withoutBFD: "B"
        case .console: "l"
        case .details: "D"
        case .facility: "S"
        case .withoutSyslog: "G"
        case .logFile: "g"
        case .umask: "u"
        case .dropsAddresses: "X"
        case .leavesAddresses: "V"
        case .leavesTable: "I"
        case .withoutRespawn: "R"
        case .foreground: "n"
        case .dump: "d"
        case .pidFile: "p"
        case .failoverPIDFile: "r"
        case .checkersPIDFile: "c"
        case .bfdPIDFile: "b"
        case .genhash: "T"
        case .addresses: "a"
        case .snmp: "x"
        case .snmpSocket: "A"
        case .namespace: "s"
        case .coreDump: "m"
        case .corePattern: "M"
        case .everyInclude: "e"
        case .configID: "i"
        case .test: "t"
        case .version: "v"
        case .help: "h"
        case .everyPart, .flushesLogFile, .signalNumber: nil
        }
    }

    /// The option of a letter.
    init?(letter: Character) {
        guard let option = Self.allCases.first(where: { $0.letter == letter }) else { return nil }
        self = option
    }

    /// The option of a long name, which may be cut as long as it is unique.
    init?(name: Substring) {
        if let option = Self(rawValue: String(name)) {
            self = option
            return
        }
        let candidates = Self.allCases.filter { $0.rawValue.hasPrefix(name) && !name.isEmpty }
        guard candidates.count == 1 else { return nil }
        self = candidates[0]
    }
}
