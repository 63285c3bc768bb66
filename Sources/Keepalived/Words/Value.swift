import Addresses
import Failover
import IPVS

/// A value as it is understood.
///
/// A file has tens of thousands of them, most of which are numbers and addresses; the larger ones are elsewhere.
enum Value: Hashable, Sendable {
    case number(Int64)
    case time(Duration)
    case boolean(Bool)
    case text(String)
    case address(IPAddress)
    case endpoint(IPAddress, port: UInt16?)
    /// The host of a mail server, which may be a name, and its port.
    case mailServer(String, port: UInt16)
    case identity(Identity)
    case family(AddressFamily)
    case forwarding(ForwardingMethod, Tunnel)
    case transport(TransportProtocol)
    case statuses([ClosedRange<UInt16>])
    case bytes([UInt8])
    case reply(ReplyPattern)
    indirect case script(Script)
    case account(Account)
    case entry(GroupEntry)
    case timeouts(Timeouts)
    indirect case syncDaemon(DaemonWords)
    case texts([String])
    indirect case interfaceAddress(AddressWords)
    indirect case route(RouteWords)
    indirect case rule(RuleWords)
    indirect case peer(UnicastSettings.Peer)
    /// A MAC of five bytes has the number of the router behind them.
    indirect case macvlan(MacvlanSettings, group: NamedNumber?)
    indirect case ipvlan(IpvlanSettings)
    case extraAnnouncements(Duration, all: Bool)
    case key(UInt8, Key)

    /// What makes a virtual server.
    enum Identity: Hashable, Sendable {
        case endpoint(IPAddress, port: UInt16)
        case group(String)
        case mark(UInt32)
    }

    /// What a reply of a datagram must be.
    struct ReplyPattern: Hashable, Sendable {
        /// The bytes, 0 where a digit may be any.
        var bytes: [UInt8]
        /// The bits that count.
        var mask: [UInt8]
    }

    /// A program that is run.
    struct Script: Hashable, Sendable {
        /// The program and its arguments; at least the program.
        var arguments: [String]
        var account: Account?
    }

    /// Whom a program is run as.
    struct Account: Hashable, Sendable {
        var user: String
        var group: String?
    }

    /// An entry of a group.
    enum GroupEntry: Hashable, Sendable {
        /// All addresses from the first to the last, which are of one family.
        case addresses(first: IPAddress, last: IPAddress, port: UInt16)
        case mark(UInt32, AddressFamily?)
    }

    /// A key of a trailer.
    enum Key: Hashable, Sendable {
        case bytes([UInt8])
        /// What stands in a file.
        case file(String)
    }

    /// The options of a sync daemon.
    struct DaemonWords: Hashable, Sendable {
        var interface: String
        var instance: String?
        var syncID: UInt32?
        var maximumLength: UInt16?
        var port: UInt16?
        var timeToLive: UInt8?
        var group: IPAddress?
        /// Whether a daemon runs in the role of the instance alone.
        var followsRole = false
    }
}

/// A value, and the words that it was read from.
struct ReadValue: Sendable {
    let value: Value
    /// The word that is pointed at when the value is wrong.
    let word: Word
    /// Further words, such as the port behind an address and the user behind a program.
    var others: [Word] = []
}
