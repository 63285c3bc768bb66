/// A virtual service as the kernel has it, with its real servers and what they are doing.
public struct ServiceStatus: Hashable, Sendable {
    /// How the service is set up: the attributes of an `IPVS_CMD_GET_SERVICE` reply that an operator chooses.
    public var service: VirtualService
    /// What has passed through the service: `IPVS_SVC_ATTR_STATS64`, or `IPVS_SVC_ATTR_STATS` before Linux 4.1.
    public var statistics: Statistics
    /// The real servers in the order of the kernel, which is newest first.
    public var destinations: [DestinationStatus]

    /// Makes the status of a service without traffic and servers unless told otherwise.
    public init(
        service: VirtualService,
        statistics: Statistics = Statistics(),
        destinations: [DestinationStatus] = []
    ) {
        self.service = service
        self.statistics = statistics
        self.destinations = destinations
    }
}
