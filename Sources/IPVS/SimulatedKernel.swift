import Addresses
import OrderedCollections

/// An IPVS in memory, with the checks and errors of Linux 6.1 and without traffic.
///
/// One suite of tests holds it and the real kernel to the same behaviour. It belongs to one thread or task at a time.
public final class SimulatedKernel: IPVSKernel {
    /// The surroundings that the real kernel would find.
    public struct Surroundings: Sendable {
        /// Whether IPv6 is on.
        public var hasIPv6 = true
        /// Whether the loopback interface is up; without it no IPv4 address counts as unicast.
        public var isLoopbackUp = true
        /// The network interfaces there are.
        public var interfaces: Set<String> = ["lo", "eth0"]
        /// The schedulers that are built in or can be loaded.
        public var schedulers: Set<String> = [
            "rr", "wrr", "lc", "wlc", "lblc", "lblcr", "sh", "mh", "dh", "sed", "nq", "fo", "ovf", "twos", "none",
        ]
        /// The persistence engines that are built in or can be loaded.
        public var engines: Set<String> = ["sip"]
        /// How many ticks the kernel counts in a second, in which it keeps its timeouts.
        public var ticksPerSecond: UInt32 = 100

        /// Makes the surroundings that the values above describe.
        public init() {}
    }

    /// What the checks go by; a change of it counts from the next call on.
    public var surroundings: Surroundings
    /// What `forEachConnection` finds.
    public var connections: [Connection] = []
    private var services: OrderedDictionary<ServiceKey, ServiceStatus> = [:]
    private var currentTimeouts = Timeouts(tcp: 900, tcpFin: 120, udp: 300)
    private var running: [SyncDaemon.Role: SyncDaemon] = [:]

    /// Makes an IPVS without services and daemons, with the timeouts of a fresh kernel: 900, 120 and 300 seconds.
    public init(surroundings: Surroundings = Surroundings()) {
        self.surroundings = surroundings
    }

    /// Version 1.2.1 and a connection table of 4096 buckets, always.
    public func information() -> KernelInformation {
        KernelInformation(packedVersion: 0x01_02_01, connectionTableSize: 4096)
    }

    /// Every service with its servers and counters, in the order in which the services were added.
    public func snapshot() -> Snapshot {
        Snapshot(services: Array(services.values))
    }

    /// What `row` makes of every service, in the order in which they were added; it is called once for each.
    public func snapshot<Row>(statistics: Bool, _ row: (ServiceStatus) -> Row) -> [Row] {
        services.values.map(row)
    }

    /// One service with its servers.
    ///
    /// - Throws: `IPVSError.refused(.noSuchService)` when there is none, and nothing else.
    public func service(_ key: ServiceKey) throws(IPVSError) -> ServiceStatus {
        guard let status = services[key] else { throw .refused(.noSuchService) }
        return status
    }

    /// The connection timeouts in seconds.
    public func timeouts() -> Timeouts { currentTimeouts }

    /// The synchronisation daemons that run, the master first.
    public func daemons() -> [SyncDaemon] {
        SyncDaemon.Role.allCases.compactMap { running[$0] }
    }

    /// Hands `connections` in their order to `body` until it answers false.
    public func forEachConnection(_ body: (Connection) -> Bool) {
        for connection in connections where !body(connection) { return }
    }

    /// Carries the changes out in their order, each with the checks of Linux 6.1.
    ///
    /// Every failure it reports is `IPVSError.refused`.
    public func apply(_ changeset: Changeset) -> ApplyReport {
        var failures: [ApplyReport.Failure] = []
        for (index, change) in changeset.changes.enumerated() {
            do {
                try carryOut(change)
            } catch {
                failures.append(ApplyReport.Failure(index: index, error: .refused(error)))
            }
        }
        return ApplyReport(count: changeset.changes.count, failures: failures)
    }

    private func carryOut(_ change: Change) throws(KernelError) {
        guard change.isExpressible else { throw .invalid }
        switch change {
        case .addService(let service):
            try checkNames(of: service)
            guard services[service.key] == nil else { throw .exists }
            try surroundings.check(service)
            services[service.key] = ServiceStatus(service: stored(service))
        case .editService(let service):
            try checkNames(of: service)
            guard services[service.key] != nil else { throw .noSuchService }
            try surroundings.check(service)
            services[service.key]?.service = stored(service)
        case .deleteService(let key):
            try checkFamily(of: key)
            guard services.removeValue(forKey: key) != nil else { throw .noSuchService }
        case .addDestination(let destination, let key):
            try check(destination, of: key)
            guard index(of: destination.endpoint, in: key) == nil else { throw .exists }
            guard surroundings.takesAsDestination(destination.endpoint.address) else { throw .invalid }
            services[key]?.destinations.insert(DestinationStatus(destination: destination), at: 0)
        case .editDestination(let destination, let key):
            try check(destination, of: key)
            guard let index = index(of: destination.endpoint, in: key) else { throw .noSuchEntry }
            services[key]?.destinations[index].destination = destination
        case .deleteDestination(let endpoint, let key):
            try checkFamily(of: key)
            guard services[key] != nil else { throw .noSuchService }
            guard let index = index(of: endpoint, in: key) else { throw .noSuchEntry }
            services[key]?.destinations.remove(at: index)
        case .zero(let key):
            // There is no traffic that would have been counted.
            guard let key else { return }
            try checkFamily(of: key)
            guard services[key] != nil else { throw .noSuchService }
        case .flush:
            services.removeAll()
        case .setTimeouts(let new):
            let largest = UInt32(Int32.max) / surroundings.ticksPerSecond
            guard max(new.tcp, new.tcpFin, new.udp) <= largest else { throw .invalid }
            currentTimeouts = new.filled(from: currentTimeouts)
        case .startDaemon(let daemon):
            try start(daemon)
        case .stopDaemon(let role):
            guard running.removeValue(forKey: role) != nil else { throw .noSuchService }
        }
    }

    /// What the kernel checks of a service before it looks whether it exists.
    private func checkNames(of service: VirtualService) throws(KernelError) {
        try checkFamily(of: service.key)
        guard service.scheduler.utf8.count <= 15, service.persistenceEngine?.utf8.count ?? 0 <= 16 else {
            throw .invalid
        }
    }

    private func checkFamily(of key: ServiceKey) throws(KernelError) {
        if key.family == .ipv6, !surroundings.hasIPv6 { throw .familyNotSupported }
    }

    /// What the kernel checks of a server before it looks whether it exists.
    private func check(_ destination: Destination, of key: ServiceKey) throws(KernelError) {
        try checkFamily(of: key)
        guard services[key] != nil else { throw .noSuchService }
        if destination.endpoint.address.family != key.family {
            guard surroundings.hasIPv6 else { throw .familyNotSupported }
            guard running.isEmpty, destination.forwarding == .tunnel else { throw .invalid }
        }
        guard destination.weight >= 0, destination.lowerThreshold <= destination.upperThreshold else {
            throw .outOfRange
        }
        if destination.tunnel.kind == .gue, destination.tunnel.port == 0 { throw .invalid }
    }

    private func index(of endpoint: Endpoint, in key: ServiceKey) -> Int? {
        services[key]?.destinations.firstIndex { $0.destination.endpoint == endpoint }
    }

    private func start(_ daemon: SyncDaemon) throws(KernelError) {
        let group = daemon.group ?? .v4(IPv4Address(value: 0xe000_0051))
        let hasMixedFamilies = services.values.contains { status in
            status.destinations.contains { $0.destination.endpoint.address.family != status.service.key.family }
        }
        guard daemon.interface.utf8.count <= 15, group.isMulticast, !hasMixedFamilies else { throw .invalid }
        guard surroundings.interfaces.contains(daemon.interface) else { throw .noSuchDevice }
        guard running[daemon.role] == nil else { throw .exists }
        var started = daemon
        started.group = group
        started.maximumLength = started.clampedLength ?? surroundings.length(for: started)
        started.port = daemon.port.flatMap { $0 == 0 ? nil : $0 } ?? 8848
        started.timeToLive = daemon.timeToLive.flatMap { $0 == 0 ? nil : $0 } ?? 1
        running[daemon.role] = started
    }

    /// The service as it comes back from a kernel that counts seconds in ticks of 32 bits.
    private func stored(_ service: VirtualService) -> VirtualService {
        var service = service
        if let persistence = service.persistence {
            let ticks = persistence.timeout &* surroundings.ticksPerSecond
            service.persistence?.timeout = ticks / surroundings.ticksPerSecond
        }
        return service
    }
}

extension SimulatedKernel.Surroundings {
    /// The length of a daemon that asks for none: the sender's is that of Ethernet, the receiver's its interface's.
    fileprivate func length(for daemon: SyncDaemon) -> UInt16 {
        (daemon.role == .backup && daemon.interface == "lo" ? .max : 1500) - daemon.headerLength
    }

    /// What the kernel checks when a service's values are taken over.
    fileprivate func check(_ service: VirtualService) throws(KernelError) {
        guard schedulers.contains(service.scheduler) else { throw .noSuchEntry }
        if let engine = service.persistenceEngine, !engine.isEmpty, !engines.contains(engine) { throw .noSuchEntry }
        if case .ipv6(let length)? = service.persistence?.netmask, !(1...128).contains(length) { throw .invalid }
    }

    /// Whether an address can be a real server's: one host's, as the routing table sees it.
    fileprivate func takesAsDestination(_ address: IPAddress) -> Bool {
        switch address {
        case .v4(let address): isLoopbackUp && address.canBeDestination
        case .v6(let address): address.canBeDestination
        }
    }
}
