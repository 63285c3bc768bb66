/// A virtual service as an operator sets it up.
public struct VirtualService: Hashable, Sendable {
    /// Which packets it takes.
    public let key: ServiceKey
    /// The name of its scheduler, at most 15 bytes: `IPVS_SVC_ATTR_SCHED_NAME`.
    ///
    /// The kernel loads the module `ip_vs_NAME` when it does not know the name; Linux 6.1 takes `none` as no scheduler.
    public var scheduler: String
    /// The switches its scheduler looks at.
    public var schedulerFlags: SchedulerFlags
    /// Whether, and how, clients return to the server they had; nil when each connection is scheduled anew.
    public var persistence: Persistence?
    /// The engine that finds out which connections belong together, at most 16 bytes: `IPVS_SVC_ATTR_PE_NAME`; `sip` is
    /// the only one of Linux 6.1.
    ///
    /// The empty name is none, as for the kernel.
    public var persistenceEngine: String? {
        didSet { if persistenceEngine?.isEmpty == true { persistenceEngine = nil } }
    }
    /// Whether each datagram is scheduled on its own: `IP_VS_SVC_F_ONEPACKET`, sensible for UDP only.
    public var isOnePacket: Bool

    /// Makes a service of scheduled connections, by default of the weighted least-connection scheduler.
    public init(
        key: ServiceKey,
        scheduler: String = "wlc",
        schedulerFlags: SchedulerFlags = [],
        persistence: Persistence? = nil,
        persistenceEngine: String? = nil,
        isOnePacket: Bool = false
    ) {
        self.key = key
        self.scheduler = scheduler
        self.schedulerFlags = schedulerFlags
        self.persistence = persistence
        self.persistenceEngine = persistenceEngine?.isEmpty == true ? nil : persistenceEngine
        self.isOnePacket = isOnePacket
    }
}
