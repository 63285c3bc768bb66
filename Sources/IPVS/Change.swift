public import Addresses

/// One thing to do to a kernel's IPVS.
public enum Change: Hashable, Sendable {
    /// Makes a service that does not exist yet: `IPVS_CMD_NEW_SERVICE`.
    case addService(VirtualService)
    /// Gives an existing service new values, all of them: `IPVS_CMD_SET_SERVICE`. Servers and connections stay.
    case editService(VirtualService)
    /// Removes a service with its servers: `IPVS_CMD_DEL_SERVICE`.
    case deleteService(ServiceKey)
    /// Adds a real server: `IPVS_CMD_NEW_DEST`.
    case addDestination(Destination, to: ServiceKey)
    /// Gives an existing real server new values, all of them: `IPVS_CMD_SET_DEST`. Connections stay.
    case editDestination(Destination, of: ServiceKey)
    /// Removes a real server: `IPVS_CMD_DEL_DEST`.
    case deleteDestination(Endpoint, of: ServiceKey)
    /// Sets the counters of one service and its servers, or of everything, to zero: `IPVS_CMD_ZERO`.
    case zero(ServiceKey?)
    /// Removes all services: `IPVS_CMD_FLUSH`. Connections stay until they expire.
    case flush
    /// Sets the timeouts that are not 0: `IPVS_CMD_SET_CONFIG`.
    case setTimeouts(Timeouts)
    /// Starts a synchronisation daemon: `IPVS_CMD_NEW_DAEMON`.
    case startDaemon(SyncDaemon)
    /// Stops the daemon of that role: `IPVS_CMD_DEL_DAEMON`.
    case stopDaemon(SyncDaemon.Role)
}
