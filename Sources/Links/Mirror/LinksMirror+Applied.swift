import Addresses
package import Time

extension LinksMirror {
    /// Takes what became of steps.
    package mutating func applied(_ report: LinkReport, at now: MonotonicTime) {
        var errors: [Int: LinksError] = [:]
        for failure in report.failures { errors[failure.index] = failure.error }
        for (index, step) in report.steps.enumerated() {
            if let error = errors[index] {
                failed(step, error, at: now)
            } else {
                done(step, at: now)
            }
        }
    }

    private mutating func failed(_ step: LinkStep, _ error: LinksError, at now: MonotonicTime) {
        // What it was about may not be as it was known.
        if case .unanswered = error { wantedLook = .all }
        if case .noInterface = error { wantedLook.insert(.links) }
        guard attempts.failed(step, error, at: now), let entry = step.entry ?? link(of: step) else { return }
        events.append(.failed(entry, of: owners(of: step).first, error))
    }

    private mutating func done(_ step: LinkStep, at now: MonotonicTime) {
        switch step {
        case .makeLink:
            // It has a number when the kernel tells of it.
            attempts.vanished(step, at: now)
            isDemandStale = true
            return
        case .switchLink(let name, let isOn):
            found.switchInterface(named: name, isOn: isOn)
            checkRoutes()
        case .removeLink(let state):
            forget(interface: state.index)
            checkRoutes()
        case .set(let setting):
            set(setting)
        case .addAddress(let address):
            added(address, isChange: false)
        case .changeAddress(let address):
            added(address, isChange: true)
        case .returnAddress(let state):
            found.put(state)
        case .removeAddress(let address):
            removed(address)
        case .addRoute(let route):
            found.assume(route)
            given.routes.insert(route)
            if route.maker != maker, !ownRoutes.contains(route) { ownRoutes.append(route) }
        case .removeRoute(let route):
            found.remove(route)
            ownRoutes.removeAll { $0 == route || $0.isFound(as: route) }
        case .addRule(let rule):
            found.put(rule)
            given.rules.insert(rule)
            if rule.maker != maker { ownRules.insert(rule.asFound) }
        case .removeRule(let rule):
            found.remove(rule)
            ownRules.remove(rule.asFound)
        }
        attempts.succeeded(step)
        // Whoever changes it back gets the last word for ever longer.
        if case .changeAddress = step { attempts.vanished(step, at: now) }
        if leftovers?.remove(step) != nil, let entry = step.entry { events.append(.swept(entry)) }
    }

    private mutating func set(_ setting: InterfaceSetting) {
        found.put(setting)
        if setting.interface == nil, setting.kind == .reversePath, setting.value == originalReversePath {
            originalReversePath = nil
        }
        if setting.interface == InterfaceSetting.newInterfaces, setting.value == 0 { hasRaisedDefault = false }
        guard let name = setting.interface, let index = found.numbers[name] else { return }
        let key = SettingKey(interface: index, kind: setting.kind)
        if demand.settings[key] == nil, originals[key] == setting.value { originals[key] = nil }
    }

    private mutating func added(_ address: LinkAddress, isChange: Bool) {
        guard let index = found.numbers[address.interface] else { return }
        let key = AddressKey(address, interface: index)
        if var state = found.addresses[key] {
            // One that was there already is the first or a secondary one, as it was.
            state.address.options = address.options
            state.address.preferredLifetime = address.preferredLifetime
            if isChange { found.put(state) }
        } else {
            found.put(AddressState(address, interface: index))
        }
        ownAddresses[key] = demand.addresses[key]?.value ?? address
        forms[key] = nil
        given.addresses.insert(key)
        checkRoutes()
    }

    private mutating func removed(_ address: LinkAddress) {
        guard let index = found.numbers[address.interface] else { return }
        let key = AddressKey(address, interface: index)
        found.removeAddress(key)
        forms[key] = nil
        ownAddresses[key] = nil
        checkRoutes()
    }

    /// The owners of what a step is about.
    private func owners(of step: LinkStep) -> [LinkOwner] {
        switch step {
        case .addAddress(let address), .changeAddress(let address):
            guard let index = found.numbers[address.interface] else { return [] }
            return demand.addresses[AddressKey(address, interface: index)]?.owners ?? []
        case .addRoute(let route): return wish(for: route)?.owners ?? []
        case .addRule(let rule): return demand.wish(for: rule)?.owners ?? []
        case .makeLink(let link, _):
            return wishes.filter { $0.wish.links.contains(link) }.map(\.owner)
        case .switchLink(let name, _): return owners(ofInterface: name)
        case .set(let setting): return setting.interface.map { owners(ofInterface: $0) } ?? []
        case .removeLink, .returnAddress, .removeAddress, .removeRoute, .removeRule: return []
        }
    }

    /// The link that a step switches on.
    private func link(of step: LinkStep) -> LinkEvent.Entry? {
        guard case .switchLink(let name, _) = step, let index = found.numbers[name],
            let reference = bound.first(where: { $0.value == index })?.key
        else { return nil }
        let links = wishes.first { $0.owner == reference.owner }?.wish.links
        return links?.first { $0.name == reference.name }.map { .link($0) }
    }

    private func owners(ofInterface name: String) -> [LinkOwner] {
        guard let index = found.numbers[name] else { return [] }
        return bound.filter { $0.value == index }.map(\.key.owner)
    }

    /// Tells of each owner that waited for something and waits for nothing any more.
    mutating func settle(at now: MonotonicTime) {
        for place in wishes.indices where wishes[place].pending != nil || wishes[place].loss != nil {
            let owned = wishes[place]
            guard isComplete(owned) else { continue }
            if let since = owned.pending {
                events.append(.settled(owned.owner, after: now - since))
            } else if let since = owned.loss {
                events.append(.restored(owned.owner, after: now - since))
            }
            wishes[place].pending = nil
            wishes[place].loss = nil
        }
        wishes.removeAll { $0.pending == nil && $0.wish == LinkWish() }
    }

    /// Whether all that an owner wants is there, but for what others took and nobody tracks.
    private func isComplete(_ owned: OwnedWish) -> Bool {
        guard !demand.waiting.contains(owned.owner) else { return false }
        for (key, part) in demand.addresses where part.owners.contains(owned.owner) {
            guard found.addresses[key] != nil || !part.isTracked && given.addresses.contains(key) else { return false }
        }
        for part in demand.routes where part.owners.contains(owned.owner) {
            guard found.found(part.value) != nil || !part.isTracked && given.routes.contains(part.value)
            else { return false }
        }
        for part in demand.rules where part.owners.contains(owned.owner) {
            guard found.rules.contains(part.value.asFound) || !part.isTracked && given.rules.contains(part.value)
            else { return false }
        }
        return owned.wish.links.allSatisfy { link in
            bound[LinkReference(owner: owned.owner, name: link.name)]
                .flatMap { found.interfaces[$0] }?.flags.contains(.up) ?? false
        }
    }
}

extension LinkStep {
    /// What it is about, as whoever wants it knows it.
    fileprivate var entry: LinkEvent.Entry? {
        switch self {
        case .makeLink(let link, _): .link(link)
        case .set(let setting): .setting(setting)
        case .addAddress(let address), .changeAddress(let address), .removeAddress(let address): .address(address)
        case .returnAddress(let state): .address(state.address)
        case .addRoute(let route), .removeRoute(let route): .route(route)
        case .addRule(let rule), .removeRule(let rule): .rule(rule)
        case .removeLink(let state): .link(MadeLink(state))
        case .switchLink: nil
        }
    }
}

extension MadeLink {
    /// A link as it was found.
    fileprivate init(_ state: InterfaceState) {
        let kind: Kind =
            if case .ipvlan(_, let mode)? = state.kind { .ipvlan(mode) } else {
                .macvlan(hardwareAddress: state.hardwareAddress)
            }
        self.init(state.name, on: "", kind, family: state.hardwareAddress.dropFirst(4).first == 2 ? .ipv6 : .ipv4)
    }
}
