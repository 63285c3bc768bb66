package import Addresses
import Configuration
import HealthChecks
package import Time

// Pools whose checks rest while this machine has none of the addresses that they need.

extension Director {
    /// Takes the addresses that this machine has.
    ///
    /// Until they are known every pool is checked. Whoever knows them tells them before the start, and whenever they change.
    package mutating func addresses(_ addresses: Set<IPAddress>, at now: MonotonicTime) -> [DirectorAction] {
        self.addresses = addresses
        guard life == .running else { return [] }
        self.now = now
        let former = isReady ? [] : Set(activeChecks)
        var actions: [DirectorAction] = []
        guard rest(&actions) else { return [] }
        let checks = activeChecks
        if !isReady { awaited.formUnion(checks.filter { !former.contains($0) }) }
        awaited.formIntersection(checks)
        actions.append(.schedule(checks))
        proceed(&actions)
        return actions
    }

    /// Finds the pools that rest, and tells which are others than before.
    ///
    /// - Returns: whether there are.
    @discardableResult
    mutating func rest(_ actions: inout [DirectorAction]) -> Bool {
        let former = resting
        resting = Set(pools.indices.filter { isWithoutAddress(pools[$0].virtual) })
        guard former != resting else { return false }
        for pool in former.symmetricDifference(resting).sorted() {
            tell([.resting(resting.contains(pool))], of: pools[pool].virtual, &actions)
        }
        return true
    }

    private func isWithoutAddress(_ virtual: VirtualServer) -> Bool {
        guard !virtual.neededAddresses.isEmpty, let addresses else { return false }
        return virtual.neededAddresses.isDisjoint(with: addresses)
    }

    /// The checks that are to be made: those that a pool which does not rest holds.
    var activeChecks: [ScheduledCheck] {
        resting.isEmpty ? links.checks : links.checks.filter { isActive($0) }
    }

    private func isActive(_ check: ScheduledCheck) -> Bool {
        links.holders(of: check)?.contains { !resting.contains($0.pool) } ?? false
    }
}
