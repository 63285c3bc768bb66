import Addresses
import Configuration
import HealthChecks
import IPVS

/// A virtual server that a director keeps: what is believed of its servers, what it did to the kernel's table, and what
/// the table has.
struct DirectedService: Sendable {
    /// Something of the service that may have to be changed.
    enum Subject: Hashable, Sendable {
        case service
        case destination(Endpoint)
    }

    /// How it is configured.
    let virtual: VirtualServer
    /// What serves while no server does, as it stands in the kernel then.
    let standby: Destination?
    /// Its servers in the order of the configuration.
    var servers: [DirectedServer]
    /// The servers that have an endpoint in the kernel; those that are not translated may share one.
    let serversByEndpoint: [Endpoint: [Int]]
    /// How many servers shall take connections.
    var servingCount = 0
    /// How many servers have no verdict yet.
    var unknownCount = 0

    /// What the director last made of the service; nil where it has not made it or shall make it anew.
    var appliedService: VirtualService?
    /// What the director last made of each server; others' changes since then are not in it.
    var applied: [Endpoint: Destination] = [:]
    /// What the kernel has, as far as is known: the last reading and the director's changes since then.
    var actualService: VirtualService?
    /// What the kernel has, as far as is known.
    var actual: [Endpoint: Destination] = [:]
    /// Whether the kernel's table was read since the service belongs to the director.
    var isRead = false
    /// Whether the next reading is taken for what was applied, so that everything is made as it shall be.
    var takesReading = false
    /// Servers in the table that are no longer, or never were, of the configuration and shall go.
    var strangers: Set<Endpoint> = []
    /// What others made of a server or of the service and the director has put right once.
    var repaired: [Subject: Repair] = [:]
    /// What others removed and the director puts back, as often as it did.
    var restorations: [Subject: Restoration] = [:]

    /// Whether a repair is to be looked at once it is done: what comes back at once is the kernel's own way.
    var isRepairing = false

    /// What may have to be changed, in order.
    var dirty: [Subject] = []
    /// The members of `dirty`.
    var isDirty: Set<Subject> = []
    /// What failed and waits to be tried again.
    var failed: Set<Subject> = []
    /// What failed so that nobody knows whether it took effect; the next reading tells.
    var doubtful: Set<Subject> = []
    /// The time until the next attempt, as it was chosen last; nil after a success.
    var delay: Duration?
    /// When what failed is tried again.
    var retryAt: MonotonicTime?
    /// What was told of the standby last; nil while nothing was, or there is no command to be told.
    var standbyNeed: StandbyNeed?

    /// What somebody else made of a subject.
    enum Repair: Hashable, Sendable {
        case service(VirtualService)
        case destination(Destination)
    }

    init(_ virtual: VirtualServer, since: MonotonicTime) {
        self.virtual = virtual
        let service = virtual.service
        standby = virtual.standby?.server.destination(in: service)
        servers = virtual.realServers.map { DirectedServer($0, in: service, since: since) }
        var indexes: [Endpoint: [Int]] = [:]
        for (index, server) in servers.enumerated() {
            indexes[server.destination.endpoint, default: []].append(index)
        }
        serversByEndpoint = indexes
        unknownCount = servers.count
    }

    /// Its key.
    var key: ServiceKey { virtual.service.key }

    /// Notes that something may have to be changed.
    mutating func mark(_ subject: Subject) {
        if isDirty.insert(subject).inserted { dirty.append(subject) }
    }

    /// Notes that everything may have to be changed.
    mutating func markAll() {
        mark(.service)
        if let fallback = standby { mark(.destination(fallback.endpoint)) }
        for server in servers { mark(.destination(server.destination.endpoint)) }
        for endpoint in strangers.sorted() { mark(.destination(endpoint)) }
        for endpoint in applied.keys.sorted() { mark(.destination(endpoint)) }
    }

    /// Notes that what failed is to be tried again, if its time has come.
    ///
    /// - Returns: whether there is something to try.
    mutating func retry(at now: MonotonicTime) -> Bool {
        guard let retryAt, retryAt <= now else { return false }
        self.retryAt = nil
        guard !failed.isEmpty else { return false }
        failed = []
        markAll()
        return true
    }

    /// Chooses the next attempt for what failed.
    mutating func postpone(at now: MonotonicTime) {
        let next = delay.map { min($0 * 2, Director.longestRetry) } ?? Director.firstRetry
        delay = next
        retryAt = now + next
    }

    /// Notes that the fallback and what shall go may have to be changed, since they wait for each other.
    ///
    /// What failed keeps its pause, unless there is a new reason for it.
    mutating func markDependents(hasNewReason: Bool) {
        var endpoints = strangers.sorted()
        if let fallback = standby { endpoints.insert(fallback.endpoint, at: 0) }
        for endpoint in endpoints where hasNewReason || !failed.contains(.destination(endpoint)) {
            mark(.destination(endpoint))
        }
    }

    /// Changes a server, and notes what follows from that.
    ///
    /// - Returns: what `body` returns.
    mutating func update<Result>(_ index: Int, _ body: (inout DirectedServer) -> Result) -> Result {
        let (belief, wasInMaintenance) = (servers[index].health.belief, servers[index].isInMaintenance)
        let (wasKnown, wasServing) = (servers[index].isKnown, servers[index].isServing)
        let result = body(&servers[index])
        let isServing = servers[index].isServing
        if wasKnown != servers[index].isKnown { unknownCount += wasKnown ? 1 : -1 }
        if wasServing != isServing { servingCount += isServing ? 1 : -1 }
        if belief != servers[index].health.belief || wasInMaintenance != servers[index].isInMaintenance {
            mark(.destination(servers[index].destination.endpoint))
            if !strangers.isEmpty || wasServing != isServing && servingCount <= 1 {
                markDependents(hasNewReason: true)
            }
        }
        return result
    }

    /// Whether a server that shall take connections stands in the kernel's table with weight.
    var isServerStanding: Bool {
        servingCount > 0
            && servers.contains { server in
                let endpoint = server.destination.endpoint
                return server.isServing && (actual[endpoint]?.weight ?? 0) > 0
                    && (doubtful.isEmpty || !doubtful.contains(.destination(endpoint)))
            }
    }

    /// Whether the fallback stands in the kernel's table.
    var isFallbackStanding: Bool {
        guard let endpoint = standby?.endpoint, (actual[endpoint]?.weight ?? 0) > 0 else { return false }
        return !(serversByEndpoint[endpoint] ?? []).contains { servers[$0].isServing }
    }

    /// Whether the fallback shall serve: there is nobody else, or nobody else stands yet.
    private var wantsFallback: Bool {
        servingCount == 0 || isFallbackStanding && !isServerStanding
    }

    /// Whether those that do not belong here may go: somebody stands in for them, or nobody ever will.
    private var mayPurge: Bool {
        if servingCount > 0 { return isServerStanding }
        return standby == nil ? unknownCount == 0 : isFallbackStanding
    }

    /// What shall stand in the kernel's table at an endpoint.
    func wanted(at endpoint: Endpoint) -> Destination? {
        let indexes = serversByEndpoint[endpoint] ?? []
        if let index = indexes.first(where: { servers[$0].isServing }) { return servers[index].inService }
        if var fallback = standby, fallback.endpoint == endpoint, wantsFallback {
            fallback.weight = max(1, fallback.weight)
            return fallback
        }
        if let index = indexes.first(where: { servers[$0].health.isInService && !servers[$0].isInMaintenance }) {
            return servers[index].inService
        }
        if let index = indexes.first {
            let server = servers[index]
            // One without a verdict keeps the place that it has; it was found there without weight.
            return server.real.whenDown == .quiesced || !server.isKnown && applied[endpoint] != nil
                ? server.quiesced : nil
        }
        if strangers.contains(endpoint), !mayPurge { return applied[endpoint] }
        return nil
    }
}
