/// A virtual service as the kernel has it, with its real servers and what they are doing.
public struct ServiceStatus: Hashable, Sendable {
    public var service: VirtualService
    public var statistics: Statistics
    /// The real servers in the order of the kernel, which is newest first.
    public var destinations: [DestinationStatus]

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
