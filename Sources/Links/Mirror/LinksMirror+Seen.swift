import Addresses
package import Time

extension LinksMirror {
    /// Something that others took away, and who.
    private struct Loss {
        var entry: LinkEvent.Entry
        var owners: [LinkOwner]
        var cause: LinkChange.Cause
    }

    /// Takes what was read of the kernel.
    package mutating func looked(_ snapshot: LinksSnapshot, at now: MonotonicTime) {
        found.take(snapshot)
        wantedLook.subtract(snapshot.parts)
        if snapshot.parts.isSuperset(of: [.routes, .rules]) { knownMakers = makers }
        if snapshot.parts.contains(.links) { isDemandStale = true }
        if hasLooked {
            noteWhatVanished(snapshot.parts, at: now)
        } else if wantedLook.isEmpty {
            hasLooked = true
            renewDemand()
            resolveClaims()
            claimLeftLinks()
        }
        lostParts.subtract(snapshot.parts)
    }

    /// Takes the changes that the kernel told of, in their order.
    package mutating func saw(_ changes: [LinkChange], at now: MonotonicTime) {
        var losses: [Loss] = []
        for change in changes {
            switch change.subject {
            case .interface(let state): saw(state, at: now)
            case .interfaceGone(let state): sawGone(state, by: change.cause, &losses)
            case .address(let state): saw(state, at: now)
            case .addressGone(let state): sawGone(state, by: change.cause, &losses)
            case .route(let route): found.put(route, isOurDoing: change.cause == .ourselves)
            case .routeGone(let route): sawGone(route, by: change.cause, &losses)
            case .rule(let rule): found.put(rule)
            case .ruleGone(let rule): sawGone(rule, by: change.cause, &losses)
            case .overrun(let parts):
                wantedLook.formUnion(parts)
                lostParts.formUnion(parts)
            }
        }
        tell(losses, at: now)
    }

    // MARK: Interfaces

    private mutating func saw(_ state: InterfaceState, at now: MonotonicTime) {
        let before = found.interfaces[state.index]
        found.put(state)
        guard
            before?.name != state.name || before?.flags != state.flags || before?.parent != state.parent
                || before?.hardwareAddress != state.hardwareAddress
        else { return }
        isDemandStale = true
        attempts.hasten(at: now)
        // The kernel drops routes of an interface that goes off without a word, and its name stands in ours.
        if before != nil { checkRoutes() }
    }

    private mutating func sawGone(_ state: InterfaceState, by cause: LinkChange.Cause, _ losses: inout [Loss]) {
        if cause != .ourselves, let reference = bound.first(where: { $0.value == state.index })?.key,
            let owned = wishes.first(where: { $0.owner == reference.owner }),
            let link = owned.wish.links.first(where: { $0.name == reference.name })
        {
            losses.append(Loss(entry: .link(link), owners: [owned.owner], cause: cause))
        }
        forget(interface: state.index)
        checkRoutes()
    }

    /// Forgets an interface that is gone, with all that stood on it.
    mutating func forget(interface index: UInt32) {
        found.removeInterface(index)
        ownLinks.remove(index)
        ownAddresses = ownAddresses.filter { $0.key.interface != index }
        forms = forms.filter { $0.key.interface != index }
        originals = originals.filter { $0.key.interface != index }
        isDemandStale = true
    }

    // MARK: Addresses

    private mutating func saw(_ state: AddressState, at now: MonotonicTime) {
        let key = AddressKey(state)
        let isNew = found.addresses[key] == nil
        found.put(state)
        if ownAddresses[key] != nil, forms[key] == nil { forms[key] = AddressForm(state.address) }
        guard isNew else { return }
        attempts.hasten(at: now)
        // An address that somebody else set is ours when it is wanted, and a link may take its parent's.
        if demand.addresses[key] != nil || isLinkLocal(key) { isDemandStale = true }
    }

    private mutating func sawGone(_ state: AddressState, by cause: LinkChange.Cause, _ losses: inout [Loss]) {
        let key = AddressKey(state)
        found.removeAddress(key)
        forms[key] = nil
        if isLinkLocal(key) { isDemandStale = true }
        // Routes that have it as their source go with it, and so do those to its network.
        checkRoutes()
        guard let part = demand.addresses[key] else {
            ownAddresses[key] = nil
            return
        }
        if part.isTracked, cause != .ourselves {
            losses.append(Loss(entry: .address(part.value), owners: part.owners, cause: cause))
        }
    }

    private func isLinkLocal(_ key: AddressKey) -> Bool {
        if case .v6(let address) = key.address { address.isLinkLocal } else { false }
    }

    // MARK: Routes and rules

    private mutating func sawGone(_ route: Route, by cause: LinkChange.Cause, _ losses: inout [Loss]) {
        found.remove(route)
        // One hop of several may have gone, and the others are there.
        if route.family == .ipv6 { checkRoutes() }
        // What the kernel removes by itself follows from something else that happened.
        guard let part = wish(for: route), part.isTracked, cause != .ourselves, cause != .kernel else { return }
        losses.append(Loss(entry: .route(part.value), owners: part.owners, cause: cause))
    }

    private mutating func sawGone(_ rule: RoutingRule, by cause: LinkChange.Cause, _ losses: inout [Loss]) {
        found.remove(rule)
        guard let part = demand.wish(for: rule), part.isTracked, cause != .ourselves else { return }
        losses.append(Loss(entry: .rule(part.value), owners: part.owners, cause: cause))
    }

    /// Has the routes read again, if any are wanted.
    mutating func checkRoutes() {
        if !demand.routes.isEmpty || !ownRoutes.isEmpty { wantedLook.insert(.routes) }
    }

    // MARK: Losses

    /// Tells of what is still missing, all that one cause took from an owner together.
    private mutating func tell(_ losses: [Loss], at now: MonotonicTime) {
        var told: [(owner: LinkOwner, cause: LinkChange.Cause, entries: [LinkEvent.Entry])] = []
        for loss in losses where isMissing(loss.entry, of: loss.owners) {
            for owner in loss.owners {
                if let place = told.firstIndex(where: { $0.owner == owner && $0.cause == loss.cause }) {
                    told[place].entries.append(loss.entry)
                } else {
                    told.append((owner, loss.cause, [loss.entry]))
                }
            }
        }
        for (owner, cause, entries) in told {
            if let place = wishes.firstIndex(where: { $0.owner == owner }) {
                wishes[place].loss = wishes[place].loss ?? now
            }
            events.append(.taken(entries, from: owner, by: cause))
        }
    }

    /// Whether something that went did not come back meanwhile, and could be there.
    private func isMissing(_ entry: LinkEvent.Entry, of owners: [LinkOwner]) -> Bool {
        switch entry {
        case .address(let address):
            guard let owner = owners.first, let index = interface(named: address.interface, for: owner),
                let state = found.interfaces[index]
            else { return false }
            return state.flags.contains(.up) && found.addresses[AddressKey(address, interface: index)] == nil
        case .route(let route): return found.found(route) == nil
        case .rule(let rule): return !found.rules.contains(rule.asFound)
        case .link, .setting: return true
        }
    }

    /// Notes what was set and is not there, though nobody was told that it went.
    private mutating func noteWhatVanished(_ parts: LinkParts, at now: MonotonicTime) {
        renewDemand()
        var losses: [Loss] = []
        if parts.contains(.links) {
            for key in demand.addressOrder {
                guard let part = demand.addresses[key], given.addresses.contains(key) else { continue }
                let step = LinkStep.addAddress(part.value.named(found.interfaces[key.interface]?.name))
                guard found.addresses[key] == nil else {
                    attempts.confirmed(step)
                    continue
                }
                attempts.vanished(step, at: now)
                guard part.isTracked, lostParts.contains(.links) else { continue }
                losses.append(Loss(entry: .address(part.value), owners: part.owners, cause: .kernel))
            }
        }
        if parts.contains(.routes) {
            for part in demand.routes where given.routes.contains(part.value) {
                let step = LinkStep.addRoute(part.value)
                if found.found(part.value) == nil { attempts.vanished(step, at: now) } else { attempts.confirmed(step) }
            }
        }
        if parts.contains(.rules) {
            for part in demand.rules where given.rules.contains(part.value) {
                let step = LinkStep.addRule(part.value)
                guard !found.rules.contains(part.value.asFound) else {
                    attempts.confirmed(step)
                    continue
                }
                attempts.vanished(step, at: now)
                guard part.isTracked, lostParts.contains(.rules) else { continue }
                losses.append(Loss(entry: .rule(part.value), owners: part.owners, cause: .kernel))
            }
        }
        tell(losses, at: now)
    }

    /// Finds what was claimed among what is there.
    mutating func resolveClaims() {
        for claim in claims {
            // The link of any owner that calls it by that name, and the kernel's interface too.
            var interfaces = Set(bound.lazy.filter { $0.key.name == claim.interface }.map(\.value))
            if let index = found.numbers[claim.interface] { interfaces.insert(index) }
            for interface in interfaces {
                let key = AddressKey(claim, interface: interface)
                if found.addresses[key] != nil, ownAddresses[key] == nil { ownAddresses[key] = .some(nil) }
            }
        }
        claims = []
    }
}
