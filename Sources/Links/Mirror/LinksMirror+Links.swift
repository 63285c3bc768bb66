import Addresses

// Interfaces that are made for owners, and what they need.

extension LinksMirror {
    /// Finds out which interface each owner's link is: the one that it was, or one that is as it shall be.
    mutating func bindLinks() {
        var wanted: [LinkReference: MadeLink] = [:]
        for owned in wishes {
            for link in owned.wish.links { wanted[LinkReference(owner: owned.owner, name: link.name)] = link }
        }
        bound = bound.filter { reference, index in
            guard let link = wanted[reference], let state = found.interfaces[index] else { return false }
            return isMade(state, as: link)
        }
        ownLinks.formIntersection(found.interfaces.keys)
        var taken = Set(bound.values)
        // By number, so that it does not depend on chance which of two that fit is taken.
        let candidates = found.interfaces.values.filter { $0.kind != nil }.sorted { $0.index < $1.index }
        for owned in wishes {
            for link in owned.wish.links {
                let reference = LinkReference(owner: owned.owner, name: link.name)
                guard bound[reference] == nil,
                    let state = candidates.first(where: { !taken.contains($0.index) && isMade($0, as: link) })
                else { continue }
                bound[reference] = state.index
                taken.insert(state.index)
                ownLinks.insert(state.index)
                // Whatever stands on it was set by whoever made it for the same end.
                for key in found.addresses.keys where key.interface == state.index && ownAddresses[key] == nil {
                    ownAddresses[key] = .some(nil)
                }
                attempts.confirmed(.makeLink(link, name: state.name))
                events.append(.made(link.name, of: owned.owner, state))
            }
        }
    }

    /// Whether an interface is what a link shall be; its name may be another where it is known by its hardware address.
    private func isMade(_ state: InterfaceState, as link: MadeLink) -> Bool {
        guard let parent = found.interface(named: link.parent) else {
            // A parent that was renamed is still the parent.
            return bound.contains { $0.key.name == link.name && $0.value == state.index }
        }
        guard state.parent == parent.index else { return false }
        switch (link.kind, state.kind) {
        case (.macvlan(let hardwareAddress), .macvlan(isPrivate: true)?):
            return state.hardwareAddress == hardwareAddress
        case (.ipvlan(let mode), .ipvlan(isLinkLayer: true, let found)?):
            return mode == found && names(of: link).contains(state.name)
        default:
            return false
        }
    }

    /// The names that a link may have, the best first.
    func names(of link: MadeLink) -> [String] {
        guard let prefix = link.prefix, link.name.hasPrefix(prefix) else { return [link.name] }
        let rest = link.name.dropFirst(prefix.count)
        var numbers = Array(1...255)
        if link.family == .ipv6 {
            // Six comes first with IPv6.
            numbers.removeAll { $0 == 6 }
            numbers.insert(6, at: 0)
        }
        return [link.name] + numbers.map { "\(prefix)\($0)\(rest)" }
    }

    /// What a link needs that is there, and its parent.
    mutating func want(_ link: MadeLink, of owner: LinkOwner, in demand: inout LinkDemand) {
        guard let index = bound[LinkReference(owner: owner, name: link.name)] else { return demand.wait(for: owner) }
        demand.want(.addressGeneration, 1, of: index)
        demand.want(.disablesIPv6, link.has(.ipv6) ? 0 : 1, of: index)
        if link.has(.ipv4) { demand.want(.promotesSecondaries, 1, of: index) }
        let parent = found.interface(named: link.parent)
        if case .macvlan = link.kind, link.has(.ipv4) {
            demand.want(.ignoredARP, 1, of: index)
            demand.want(.acceptsOwnSources, 1, of: index)
            demand.want(.reversePath, 0, of: index)
            demand.wantLooseReversePath()
            if let parent {
                // Otherwise the parent answers for the addresses too, with its own hardware address.
                demand.want(.ignoredARP, 1, of: parent.index)
                demand.want(.filtersARP, 1, of: parent.index)
            }
        }
        if link.family == .ipv6, let address = linkLocal(of: link, parent: parent?.index) {
            var wanted = LinkAddress(.v6(address), prefixLength: 64, on: link.name, scope: 253)
            wanted.options = .skipsDuplicateDetection
            demand.want(wanted, interface: index, isTracked: true, by: owner)
        }
    }

    /// The link-local address of a link: its parent's own, so that others see who speaks.
    private func linkLocal(of link: MadeLink, parent: UInt32?) -> IPv6Address? {
        if let address = link.linkLocal { return address }
        guard let parent else { return nil }
        return found.addresses.lazy.compactMap { key, state -> IPv6Address? in
            guard key.interface == parent, case .v6(let address) = key.address, address.isLinkLocal,
                self.ownAddresses[key] == nil, !state.isDuplicate
            else { return nil }
            return address
        }.min()
    }

    /// Notes macvlans that an earlier life left: private ones with the hardware address of the protocol and its name.
    mutating func claimLeftLinks() {
        for state in found.interfaces.values where !bound.values.contains(state.index) {
            guard case .macvlan(isPrivate: true)? = state.kind, state.hardwareAddress.count == 6,
                state.hardwareAddress.starts(with: [0, 0, 0x5e, 0]), (1...2).contains(state.hardwareAddress[4]),
                isLeft(state.name, routerID: state.hardwareAddress[5])
            else { continue }
            ownLinks.insert(state.index)
        }
    }

    /// Whether a name is one of those that were given to the link of a virtual router: `vrrp.51`, `vrrp6.51`.
    private func isLeft(_ name: String, routerID: UInt8) -> Bool {
        guard name.hasPrefix(linkPrefix) else { return false }
        let parts = name.dropFirst(linkPrefix.count).split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 2 && parts[0].utf8.count <= 3
            && parts[0].utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
            && parts[1] == "\(routerID)"
    }
}
