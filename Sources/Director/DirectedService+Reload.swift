import Addresses
import Configuration
import HealthChecks
import IPVS

// What a service keeps when it is configured anew.

extension DirectedService {
    /// The service as it is configured now, with all that is known of it and of the servers that stay.
    ///
    /// - Returns: with it, whether a command that was told of the need for the standby is no longer the service's, and
    ///   is to be told the end of it.
    func reconfigured(_ new: VirtualServer, at now: MonotonicTime) -> (DirectedService, endsCommand: Bool) {
        var service = DirectedService(new, since: now)
        service.appliedService = appliedService
        service.applied = applied
        service.actualService = actualService
        service.actual = actual
        service.isRead = isRead
        service.takesReading = isRead && new.reconciliation != .off
        service.repaired = repaired
        service.restorations = new.reconciliation == .restore ? restorations : [:]
        service.standbyNeed = standbyNeed
        service.delay = delay
        service.doubtful = doubtful
        for index in service.servers.indices {
            let endpoint = service.servers[index].destination.endpoint
            guard let former = formerServer(of: service.servers[index]) else {
                service.takeOver(index, at: now)
                continue
            }
            let weight = actual[endpoint]?.weight ?? 0
            let standing = former.health.isInService && weight > 0 ? weight : nil
            service.update(index) { server in
                server.health = former.health
                server.isInMaintenance = former.isInMaintenance
                server.adoptedWeight = former.adoptedWeight
                server.lastResult = former.lastResult
                server.downReason = former.downReason
                server.since = former.since
                server.mailDue = former.mailDue
                server.isToldUnasked = former.isToldUnasked
                // A verdict that nobody asked for is none once somebody is asked; until then things stay as they are.
                let isUnfounded = server.scheduled != nil && former.scheduled == nil
                guard isUnfounded || former.health.belief == .adopted else { return }
                server.adoptedWeight = standing
                if standing == nil {
                    server.health = ServerHealth()
                } else if isUnfounded {
                    server.health = ServerHealth(.adopted)
                }
            }
        }
        for endpoint in applied.keys
        where service.serversByEndpoint[endpoint] == nil && service.standby?.endpoint != endpoint {
            service.strangers.insert(endpoint)
        }
        service.markAll()
        guard standbyNeed == .needed, new.fallbackCommand != virtual.fallbackCommand else { return (service, false) }
        service.standbyNeed = nil
        return (service, true)
    }

    private func formerServer(of server: DirectedServer) -> DirectedServer? {
        (serversByEndpoint[server.destination.endpoint] ?? []).lazy.map { servers[$0] }
            .first { $0.real.port == server.real.port }
    }

    /// Lets a server that is new here but stands in the table stay in service until its first verdict.
    private mutating func takeOver(_ index: Int, at now: MonotonicTime) {
        let endpoint = servers[index].destination.endpoint
        guard let present = actual[endpoint], present.weight > 0 else { return }
        update(index) { server in
            server.health = ServerHealth(.adopted)
            server.adoptedWeight = present.weight
        }
    }
}
