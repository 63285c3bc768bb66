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
    }

    /// Whether it sends or receives.
    public var role: Role
    /// The existing interface of the multicast traffic, at most 15 bytes: `IPVS_DAEMON_ATTR_MCAST_IFN`.
    public var interface: String
    /// The number that the daemons of one group share, 0...255 on the wire: `IPVS_DAEMON_ATTR_SYNC_ID`.
    ///
    /// A backup with 0 takes the messages of every group.
    public var syncID: UInt32
    /// The longest message in bytes, 1...65507; the kernel clamps it: `IPVS_DAEMON_ATTR_SYNC_MAXLEN`.
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

    /// Whether a running daemon is what `wanted` asks for, where it asks for something.
    public func satisfies(_ wanted: SyncDaemon) -> Bool {
        role == wanted.role && interface == wanted.interface && syncID == wanted.syncID
            && (wanted.maximumLength == nil || wanted.maximumLength == maximumLength)
            && (wanted.group == nil || wanted.group == group)
            && (wanted.port == nil || wanted.port == port)
            && (wanted.timeToLive == nil || wanted.timeToLive == timeToLive)
    }
}
