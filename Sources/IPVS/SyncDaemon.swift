public import Addresses

/// A kernel thread that sends the connections of this director to others, or takes theirs.
///
/// What is nil is left to the kernel when a daemon is started; a daemon that is read from the kernel has all values.
public struct SyncDaemon: Hashable, Sendable {
    /// What a daemon does, of which both may run at once: `IPVS_DAEMON_ATTR_STATE`.
    public enum Role: UInt32, Hashable, CaseIterable, Sendable {
        /// Sends.
        case master = 1
        /// Receives.
        case backup = 2

        /// `master` or `backup`.
        public var name: String {
            switch self {
            case .master: "master"
            case .backup: "backup"
            }
        }
    }

    /// Whether it sends or receives.
    public var role: Role
    /// The existing interface of the multicast traffic, at most 15 bytes: `IPVS_DAEMON_ATTR_MCAST_IFN`.
    public var interface: String
    /// The number that the daemons of one group share, 0...255 on the wire: `IPVS_DAEMON_ATTR_SYNC_ID`.
    ///
    /// A backup with 0 takes the messages of every group.
    public var syncID: UInt32
    /// The longest message in bytes, 1...65507, 0 for the interface's; the kernel clamps it: `IPVS_DAEMON_ATTR_SYNC_MAXLEN`.
    public var maximumLength: UInt16?
    /// The multicast group, 224.0.0.81 by default: `IPVS_DAEMON_ATTR_MCAST_GROUP` or `GROUP6`.
    public var group: IPAddress?
    /// The UDP port, 8848 by default: `IPVS_DAEMON_ATTR_MCAST_PORT`.
    public var port: UInt16?
    /// How many routers a message may cross, 1 by default: `IPVS_DAEMON_ATTR_MCAST_TTL`.
    public var timeToLive: UInt8?

    /// Makes a daemon that leaves to the kernel whatever is not given; its sync ID is 0 unless told otherwise.
    public init(
        role: Role,
        interface: String,
        syncID: UInt32 = 0,
        maximumLength: UInt16? = nil,
        group: IPAddress? = nil,
        port: UInt16? = nil,
        timeToLive: UInt8? = nil
    ) {
        self.role = role
        self.interface = interface
        self.syncID = syncID
        self.maximumLength = maximumLength
        self.group = group
        self.port = port
        self.timeToLive = timeToLive
    }

    /// Whether a running daemon is what the kernel makes of `wanted`.
    public func satisfies(_ wanted: SyncDaemon) -> Bool {
        role == wanted.role && interface == wanted.interface && syncID == wanted.syncID
            && (wanted.clampedLength == nil || wanted.clampedLength == maximumLength)
            && (wanted.group == nil || wanted.group == group)
            && ((wanted.port ?? 0) == 0 || wanted.port == port)
            && ((wanted.timeToLive ?? 0) == 0 || wanted.timeToLive == timeToLive)
    }

    /// The length that the kernel takes for the one that is asked for; nil where it takes the interface's.
    var clampedLength: UInt16? {
        guard let maximumLength, maximumLength != 0 else { return nil }
        return min(max(maximumLength, role == .backup ? 1024 : 1), .max - headerLength)
    }

    /// Bytes of the headers of IP and UDP before a message.
    var headerLength: UInt16 { group?.family == .ipv6 ? 48 : 28 }
}
