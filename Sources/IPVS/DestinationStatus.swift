/// A real server as the kernel has it, with what it is doing.
public struct DestinationStatus: Hashable, Sendable {
    /// How the server is set up: the attributes of an `IPVS_CMD_GET_DEST` reply that an operator chooses.
    public var destination: Destination
    /// Connections in the established state: `IPVS_DEST_ATTR_ACTIVE_CONNS`.
    public var activeConnections: UInt32
    /// Connections in any other state: `IPVS_DEST_ATTR_INACT_CONNS`.
    public var inactiveConnections: UInt32
    /// Templates that lead persistent clients here: `IPVS_DEST_ATTR_PERSIST_CONNS`.
    public var persistentConnections: UInt32
    /// What has passed through the server: `IPVS_DEST_ATTR_STATS64`, or `IPVS_DEST_ATTR_STATS` before Linux 4.1.
    public var statistics: Statistics

    /// Makes the status of a server that nobody uses unless told otherwise.
    public init(
        destination: Destination,
        activeConnections: UInt32 = 0,
        inactiveConnections: UInt32 = 0,
        persistentConnections: UInt32 = 0,
        statistics: Statistics = Statistics()
    ) {
        self.destination = destination
        self.activeConnections = activeConnections
        self.inactiveConnections = inactiveConnections
        self.persistentConnections = persistentConnections
        self.statistics = statistics
    }
}
