/// What values a word takes.
indirect enum ValueRule: Sendable {
    /// None.
    case none
    /// None, and keepalived does not look at what stands there: the word alone switches on.
    case bare
    /// A whole number in a range, or what is told of one below it that is not negative; another one is an error.
    case number(ClosedRange<Int64>, below: String? = nil)
    /// A time with up to six decimals.
    case time(TimeRange)
    /// One of `on`, `true`, `yes`, `off`, `false` and `no`, or nothing, which is on.
    case toggle
    /// A word of any letters.
    case text
    /// A name of an interface, at most 15 bytes.
    case interface
    /// A path.
    case path
    /// A program and its arguments in one word, then a user and a group.
    case script
    /// A program and its arguments in one word.
    case program
    /// A user, and a group.
    case account
    /// A path, then a user and a group.
    case pipe
    /// A pattern, for which backslashes are taken away as for scripts.
    case pattern
    /// An address of either family.
    case address
    /// A port, 1...65535.
    case port
    /// An address and a port, which may be missing.
    case endpoint
    /// The host of a mail server and its port.
    case mailServer
    /// What makes a virtual server: an address and a port, a group, or a mark.
    case identity
    /// `inet` or `inet6`.
    case family
    /// A name of a scheduler; an unknown one is told.
    case scheduler
    /// `NAT`, `DR` or `TUN`, and how the tunnel wraps.
    case forwarding
    /// `TCP`, `UDP` or `SCTP` in any case.
    case transport
    /// An IPv4 mask or an IPv6 prefix length.
    case mask
    /// A digest of 32 hexadecimal digits.
    case digest
    /// Status codes and ranges of them.
    case statuses
    /// Bytes in hexadecimal digits.
    case bytes
    /// Nothing, or bytes in hexadecimal digits of which some may be X.
    case reply
    /// One of some words; another is an error, or is told with what is taken in its place.
    case choice([String], otherwise: String? = nil)
    /// One of some words, in letters of any case.
    case caselessChoice([String])
    /// Any number of some words.
    case choices([String])
    /// `tcp`, `tcpfin` and `udp`, each with seconds.
    case timeouts
    /// An interface and the options of a sync daemon.
    case syncDaemon
    /// A name of something else in the file.
    case name
    /// A name with an optional weight and its sign: `weight N [reverse|noreverse]`.
    case tracked
    /// A number, then `reverse` or `noreverse`.
    case weight(ClosedRange<Int64>)
    /// A number that may be missing, then `overwrite`.
    case initialValue
    /// An entry of a group: addresses and a port, or a mark.
    case groupEntry
    /// Addresses of mail, all on the line.
    case mailAddresses
    /// An address for an interface, with its options.
    case interfaceAddress
    /// A route in the words of `ip route`.
    case route
    /// A rule in the words of `ip rule`.
    case rule
    /// A peer of VRRP: an address with limits of its packets' TTL.
    case peer
    /// The macvlan of a virtual router: `[NAME] [MAC] [group G]`, or nothing.
    case macvlan
    /// The ipvlan of a virtual router: `[NAME] [ADDRESS] [MODE]`, or nothing.
    case ipvlan
    /// `[all] SECONDS`.
    case extraAnnouncements
    /// The number of a key, and the key.
    case key
    /// What makes a virtual server, with an optional weight and its sign.
    case trackedServer
    /// What may stand there without a look at it.
    case anything
    /// The rule, or nothing.
    case optional(ValueRule)
    /// The rule; that there is nothing is told, and is no error.
    case lenient(ValueRule)
    /// One after the other.
    case sequence([ValueRule])
    /// At least one of a kind.
    case several(ValueRule)

    /// Whether quotes and backslashes in its values are those of command lines, or nobody looks at them.
    var hasOtherQuotes: Bool {
        switch self {
        case .script, .program, .pattern, .anything: true
        case .optional(let inner), .lenient(let inner): inner.hasOtherQuotes
        default: false
        }
    }

    /// Whether the word may stand alone.
    var isOptional: Bool {
        switch self {
        case .none, .bare, .toggle, .reply, .initialValue, .anything, .optional, .choices, .macvlan, .ipvlan: true
        default: false
        }
    }
}

/// The times that a word takes, in microseconds.
struct TimeRange: Sendable {
    let range: ClosedRange<UInt64>
    /// What is said to be taken for a smaller or larger time; nil where that is an error.
    var below: String?
    var above: String?

    /// The longest interval: microseconds that fit 64 bits, less the one that stands for none.
    static let longestInterval = UInt64.max - 1
    /// The longest timeout: microseconds that fit 32 bits, the last of which stands for none.
    static let longestTimeout: UInt64 = 4_294_967_295
    /// The timeout that stands for none, as keepalived has it.
    static let noTimeout = Duration.seconds(4294) + .microseconds(967_295)

    /// Times between runs.
    static let interval = TimeRange(range: 1...longestInterval, below: "60 s taken", above: "60 s taken")
    /// Times before runs, which may be nothing.
    static let delay = TimeRange(range: 0...longestInterval, above: "the default taken")
    /// Times that an answer may take.
    static let timeout = TimeRange(range: 1...longestTimeout, below: "5 s taken", above: "5 s taken")

    /// Times of that many seconds.
    static func seconds(_ range: ClosedRange<UInt64>, below: String? = nil, above: String? = nil) -> TimeRange {
        TimeRange(
            range: range.lowerBound * 1_000_000...range.upperBound * 1_000_000,
            below: below,
            above: above
        )
    }
}
