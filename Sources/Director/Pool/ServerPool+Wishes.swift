import Addresses
import Configuration
import HealthChecks
import IPVS

// What a pool wants to stand in the kernel, and why.

extension ServerPool {
    /// What it wants at an endpoint of one of its services; nil where it has nothing to do with it.
    func wish(at endpoint: Endpoint, in service: Int) -> Wish? {
        let index = indexes[service]
        let serving = serving(at: endpoint, in: service)
        // A server that was found in another service only is no help to this one.
        let isHeld = virtual.standby == nil || members.hasQuorum && members.hasServing(in: service)
        if let serving, isHeld { return wish(ofServing: serving, in: service) }
        let standby = standby(at: endpoint, in: service)
        if let standby, !isHeld { return Wish(.standsIn, standby) }
        if let server = index.first(at: endpoint, where: { isWeightless($0) }) {
            var wish = Wish(.weightless, destination(of: server, in: service, weight: 0))
            wish.bridge = standby
            return wish
        }
        let resting = index.first(at: endpoint) { members[$0].real.whenDown == .quiesced }
        guard let server = serving ?? resting ?? index.first(at: endpoint) else {
            guard let standby else { return nil }
            var wish = Wish(.notNeeded, standbyAtRest(standby))
            wish.bridge = standby
            return wish
        }
        // Whoever shares the endpoint keeps a place there for all of them.
        let place = resting.map { destination(of: $0, in: service, weight: 0) } ?? standby.flatMap(standbyAtRest)
        var wish = wish(ofAbsent: server, in: service, keeping: place)
        if let standby { wish.bridge = standby }
        return wish
    }

    /// The standby while it is not needed; nil where it does not stay.
    private func standbyAtRest(_ standby: Destination) -> Destination? {
        guard virtual.standby?.staysWithoutWeight ?? false else { return nil }
        var resting = standby
        resting.weight = 0
        return resting
    }

    /// The server that serves at an endpoint: the first one that is proven, or else the first one that was found there.
    private func serving(at endpoint: Endpoint, in service: Int) -> Int? {
        let found = indexes[service].first(at: endpoint) { isServing($0, in: service) }
        guard let found, members[found].belief == .adopted else { return found }
        return indexes[service].first(at: endpoint) { members[$0].belief == .up && isServing($0, in: service) } ?? found
    }

    private func isServing(_ server: Int, in service: Int) -> Bool {
        members[server].isServing && members[server].weight(in: service) != nil
    }

    private func isWeightless(_ server: Int) -> Bool {
        members[server].isAvailable && members[server].weightWhileUp == 0
    }

    private func wish(ofServing server: Int, in service: Int) -> Wish {
        let reason = members[server].belief == .adopted ? Wish.Reason.adopted : .up
        return Wish(reason, destination(of: server, in: service, weight: members[server].weight(in: service) ?? 0))
    }

    /// - Parameter place: what stands there without weight meanwhile; nil for nothing.
    private func wish(ofAbsent server: Int, in service: Int, keeping place: Destination?) -> Wish {
        let reason = reason(forAbsenceOf: server, in: service)
        var wish = Wish(reason, place)
        switch reason {
        // One without a verdict keeps the place that it has; it was found there without weight.
        case .unchecked: wish.placeholder = destination(of: server, in: service, weight: 0)
        case .noQuorum: wish.bridge = self.wish(ofServing: server, in: service).destination
        case .up, .adopted, .standsIn, .weightless, .maintenance, .down, .notNeeded: break
        }
        return wish
    }

    private func reason(forAbsenceOf server: Int, in service: Int) -> Wish.Reason {
        if members[server].isInMaintenance { return .maintenance }
        switch members[server].belief {
        case .down: return .down
        case .unknown: return .unchecked
        case .up, .adopted: return isServing(server, in: service) ? .noQuorum : .unchecked
        }
    }

    private func destination(of server: Int, in service: Int, weight: Int32) -> Destination {
        var destination = members[server].real.destination(in: virtual.services[service])
        destination.weight = weight
        return destination
    }

    private func standby(at endpoint: Endpoint, in service: Int) -> Destination? {
        guard var standby = virtual.standby?.server.destination(in: virtual.services[service]),
            standby.endpoint == endpoint
        else { return nil }
        standby.weight = max(1, standby.weight)
        return standby
    }

    // MARK: Places

    /// Whether a server or the standby has that endpoint in one of the services.
    func concerns(_ endpoint: Endpoint, in service: Int) -> Bool {
        indexes[service].first(at: endpoint) != nil || standbyEndpoint(in: service) == endpoint
    }

    /// The endpoint of a server in one of the services.
    func endpoint(of server: Int, in service: Int) -> Endpoint {
        members[server].real.destination(in: virtual.services[service]).endpoint
    }

    /// The endpoint of the standby in one of the services; nil where there is none.
    func standbyEndpoint(in service: Int) -> Endpoint? {
        virtual.standby?.server.destination(in: virtual.services[service]).endpoint
    }

    /// What stands at an endpoint of a service, for people: of several servers the one that takes connections; nil where
    /// the pool has nothing to do with it.
    func subject(at endpoint: Endpoint, in service: Int) -> TableSubject? {
        let index = indexes[service]
        let server =
            serving(at: endpoint, in: service) ?? index.first(at: endpoint) { members[$0].isServing }
            ?? index.first(at: endpoint)
        if let server { return .server(members[server].real) }
        return standbyEndpoint(in: service) == endpoint ? .standby(endpoint) : nil
    }

    /// The weight that the first server at an endpoint has while it is up; nil where there is none.
    func configuredWeight(at endpoint: Endpoint, in service: Int) -> Int32? {
        indexes[service].first(at: endpoint).map { members[$0].weightWhileUp }
    }
}
