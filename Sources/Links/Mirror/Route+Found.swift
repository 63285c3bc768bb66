import Addresses

extension Route {
    /// What tells where a route stands in its table.
    package struct Place: Hashable, Sendable {
        let family: AddressFamily
        let table: UInt32
        let destination: NetworkPrefix?
        let from: NetworkPrefix?
        let priority: UInt32
        let typeOfService: UInt8
    }

    /// Where it stands in its table, as the kernel reckons.
    package var place: Place {
        Place(
            family: family,
            table: table == 0 ? 254 : table,
            destination: destination?.masked,
            from: from?.masked,
            // IPv6 gives a number to a route that was given none, also where that is 0.
            priority: family == .ipv6 && priority ?? 0 == 0 ? 1024 : priority ?? 0,
            // IPv6 has no use for it.
            typeOfService: family == .ipv4 ? typeOfService : 0
        )
    }

    /// Whether what was found is this one: it says all that this one says, and the kernel may have said more.
    package func isFound(as found: Route) -> Bool {
        guard place == found.place, kind == found.kind, maker == found.maker else { return false }
        if let source, source != found.source { return false }
        if let realms, family == .ipv4, realms != found.realms ?? 0 { return false }
        if let scope, family == .ipv4, scope != found.scope { return false }
        if let preference, family == .ipv6, preference != .medium, preference != found.preference { return false }
        guard metrics.allSatisfy({ found.metrics.contains($0) || $0.value == 0 }) else { return false }
        return hasHops(of: found)
    }

    /// Whether both say the same: what is found of one of them is found of the other.
    func isSame(as other: Route) -> Bool { isFound(as: other) && other.isFound(as: self) }

    private func hasHops(of found: Route) -> Bool {
        switch kind {
        // The kernel leads what goes nowhere to the loopback.
        case .blackhole, .unreachable, .prohibit, .throw: return true
        case .unicast, .local, .broadcast, .anycast, .multicast: break
        }
        let isSpread = hops.count > 1
        switch family {
        case .ipv4:
            return hops.isEmpty
                || hops.count == found.hops.count
                    && zip(hops, found.hops).allSatisfy { $0.isFound(as: $1, isSpread: isSpread) }
        case .ipv6:
            // Routes of several makers become one there, and the kernel has an order of its own.
            return hops.allSatisfy { hop in found.hops.contains { hop.isFound(as: $0, isSpread: isSpread) } }
        }
    }
}

extension Route.Hop {
    fileprivate func isFound(as found: Route.Hop, isSpread: Bool) -> Bool {
        if gateway != found.gateway { return false }
        if let interface, interface != found.interface { return false }
        if isOnLink, !found.isOnLink { return false }
        return !isSpread || weight == found.weight
    }
}
