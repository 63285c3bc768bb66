import Addresses
package import Time

// The order: what is not wanted goes first, rules before routes before addresses; what is wanted comes behind it, links before
// addresses before routes before rules.

extension LinksMirror {
    /// What is to be done now, in this order; `applied` must be told of it before this is asked again.
    ///
    /// Nothing as long as not everything has been looked at once.
    package mutating func steps(at now: MonotonicTime) -> [LinkStep] {
        guard hasLooked else { return [] }
        renewDemand()
        var plan = StepPlan(attempts, at: now)
        removeRules(&plan)
        removeRoutes(&plan)
        removeAddresses(&plan)
        removeLinks(&plan)
        makeLinks(&plan)
        changeSettings(&plan)
        addAddresses(&plan)
        addRoutes(&plan)
        addRules(&plan)
        attempts.keep(plan.considered, at: now)
        if leftovers == nil { leftovers = Set(plan.considered.filter(\.isRemoval)) }
        if plan.steps.isEmpty { settle(at: now) }
        return plan.steps
    }

    // MARK: Down

    private func removeRules(_ plan: inout StepPlan) {
        for rule in found.rules.sorted(by: { $0.priority < $1.priority })
        where demand.wish(for: rule) == nil && (rule.maker == maker || ownRules.contains(rule)) {
            plan.add(.removeRule(rule))
        }
    }

    private func removeRoutes(_ plan: inout StepPlan) {
        let known = Array(found.routes.values.joined()) + found.assumedRoutes.values.joined()
        let unwanted = known.filter { route in
            wish(for: route) == nil && (route.maker == maker || ownRoutes.contains(route))
        }
        // Those by a router before those to its link; the rest in any order that is the same each time.
        for route in unwanted.sorted(by: Self.goesFirst) { plan.add(.removeRoute(route)) }
    }

    private static func goesFirst(_ left: Route, _ right: Route) -> Bool {
        let (first, second) = (left.hops.contains { $0.gateway != nil }, right.hops.contains { $0.gateway != nil })
        if first != second { return first }
        return left.destination?.length ?? 0 > right.destination?.length ?? 0
    }

    private func removeAddresses(_ plan: inout StepPlan) {
        var unwanted: [AddressState] = []
        for key in ownAddresses.keys where demand.addresses[key] == nil {
            guard let state = found.addresses[key] else { continue }
            unwanted.append(state)
        }
        for (key, sent) in ownAddresses {
            guard let sent, let part = demand.addresses[key], let state = found.addresses[key],
                !part.value.isChange(of: sent)
            else { continue }
            // It is added again behind this, as it is wanted now.
            unwanted.append(state)
        }
        // Secondary ones first, which then go alone.
        unwanted.sort { left, right in
            left.isSecondary != right.isSecondary
                ? left.isSecondary
                : (left.interface, left.address.address) < (right.interface, right.address.address)
        }
        let going = Set(unwanted.map { AddressKey($0) })
        let removals = unwanted.map { state in
            let name = found.interfaces[state.interface]?.name
            return (
                step: LinkStep.removeAddress(state.address.named(name)), name: name,
                taken: takenAlong(with: state, going: going)
            )
        }
        // Where secondary addresses could not be promoted, they come back.
        let promoting = Set(removals.filter { !$0.taken.isEmpty && plan.admits($0.step) }.compactMap(\.name)).sorted()
        for name in promoting { plan.add(.set(InterfaceSetting(.promotesSecondaries, 1, of: name))) }
        for removal in removals where plan.add(removal.step) {
            for taken in removal.taken { plan.add(returned(taken, on: removal.name ?? "")) }
        }
        for name in promoting { plan.add(.set(InterfaceSetting(.promotesSecondaries, 0, of: name))) }
    }

    /// The step that puts an address back.
    private func returned(_ state: AddressState, on interface: String) -> LinkStep {
        if let wish = demand.addresses[AddressKey(state)] { return .addAddress(wish.value.named(interface)) }
        var state = state
        state.address = state.address.named(interface)
        return .returnAddress(state)
    }

    /// The addresses that the kernel removes together with one, unless it is to promote them, and that are to stay.
    ///
    /// With the last address of an interface its routes would go too, whosever they are.
    private func takenAlong(with state: AddressState, going: Set<AddressKey>) -> [AddressState] {
        guard !state.isSecondary, state.address.address.family == .ipv4,
            !found.promotesSecondaries(state.interface)
        else { return [] }
        let key = AddressKey(state)
        return found.addresses.lazy
            .filter { $1.isSecondary && $0.sharesNetwork(with: key) && !going.contains($0) }
            .map(\.value)
            .sorted { $0.address.address < $1.address.address }
    }

    private func removeLinks(_ plan: inout StepPlan) {
        let used = Set(bound.values)
        for index in ownLinks.subtracting(used).sorted() {
            if let state = found.interfaces[index] { plan.add(.removeLink(state)) }
        }
    }

    // MARK: Up

    private func makeLinks(_ plan: inout StepPlan) {
        var names = Set(found.numbers.keys)
        // Those of links that go before are free by then.
        for case .removeLink(let state) in plan.steps { names.remove(state.name) }
        for owned in wishes {
            for link in owned.wish.links where bound[LinkReference(owner: owned.owner, name: link.name)] == nil {
                // It is made when its parent is there; until then its owner waits.
                guard found.interface(named: link.parent) != nil else { continue }
                let name = self.names(of: link).first { !names.contains($0) } ?? link.name
                names.insert(name)
                plan.add(.makeLink(link, name: name))
            }
        }
    }

    private mutating func changeSettings(_ plan: inout StepPlan) {
        moveReversePath(&plan)
        for (key, value) in demand.settings.sorted(by: { $0.key < $1.key }) {
            guard let state = found.interfaces[key.interface], let current = state.settings[key.kind],
                current != value
            else { continue }
            if originals[key] == nil, !ownLinks.contains(key.interface) { originals[key] = current }
            plan.add(.set(InterfaceSetting(key.kind, value, of: state.name)))
        }
        for (key, value) in originals.sorted(by: { $0.key < $1.key }) where demand.settings[key] == nil {
            guard let state = found.interfaces[key.interface], let current = state.settings[key.kind] else {
                originals[key] = nil
                continue
            }
            if key.kind == .reversePath, originalReversePath != nil { continue }
            if current != value { plan.add(.set(InterfaceSetting(key.kind, value, of: state.name))) }
        }
        for index in Set(bound.values).sorted() {
            if let state = found.interfaces[index], !state.flags.contains(.up) {
                plan.add(.switchLink(state.name, isOn: true))
            }
        }
    }

    /// A strict check of the way back for all interfaces together holds for macvlans too, where no packet would pass it; it is
    /// moved to each of the others, and back when no macvlan is wanted any more.
    private mutating func moveReversePath(_ plan: inout StepPlan) {
        let shared = found.sharedSettings[.reversePath] ?? 0
        if demand.needsLooseReversePath, shared == 1 {
            if originalReversePath == nil { originalReversePath = shared }
            for state in found.interfaces.values.sorted(by: { $0.index < $1.index })
            where !ownLinks.contains(state.index) && state.settings[.reversePath] == 0 {
                let key = SettingKey(interface: state.index, kind: .reversePath)
                if originals[key] == nil { originals[key] = 0 }
                plan.add(.set(InterfaceSetting(.reversePath, shared, of: state.name)))
            }
            if found.defaultSettings[.reversePath] == 0 {
                hasRaisedDefault = true
                plan.add(.set(InterfaceSetting(.reversePath, shared, of: InterfaceSetting.newInterfaces)))
            }
            plan.add(.set(InterfaceSetting(.reversePath, 0, of: nil)))
        } else if !demand.needsLooseReversePath, let original = originalReversePath {
            if shared != original {
                plan.add(.set(InterfaceSetting(.reversePath, original, of: nil)))
            } else {
                originalReversePath = nil
            }
        } else if !demand.needsLooseReversePath, hasRaisedDefault {
            plan.add(.set(InterfaceSetting(.reversePath, 0, of: InterfaceSetting.newInterfaces)))
        }
    }

    private func addAddresses(_ plan: inout StepPlan) {
        for key in demand.addressOrder {
            guard let part = demand.addresses[key], let interface = found.interfaces[key.interface] else { continue }
            let address = part.value.named(interface.name)
            if let state = found.addresses[key] {
                guard case .some(.some(let sent)) = ownAddresses[key] else { continue }
                if !part.value.isChange(of: sent) {
                    plan.add(.addAddress(address))
                } else if AddressForm(part.value) != AddressForm(sent)
                    || part.value.preferredLifetime != sent.preferredLifetime
                {
                    plan.add(.changeAddress(address))
                } else if part.isTracked, let form = forms[key], form != AddressForm(state.address) {
                    plan.add(.changeAddress(address))
                }
            } else if part.isTracked || !given.addresses.contains(key) {
                // The kernel takes no address of IPv6 for an interface that is off, and takes all away when it goes off.
                if key.address.family == .ipv6, !interface.flags.contains(.up) { continue }
                plan.add(.addAddress(address))
            }
        }
    }

    private func addRoutes(_ plan: inout StepPlan) {
        for part in demand.routes where found.found(part.value) == nil {
            guard part.isTracked || !given.routes.contains(part.value), isPossible(part.value) else { continue }
            plan.add(.addRoute(part.value))
        }
    }

    /// Whether all interfaces of a route are there and on.
    private func isPossible(_ route: Route) -> Bool {
        route.hops.allSatisfy { hop in
            guard let name = hop.interface else { return true }
            return found.interface(named: name)?.flags.contains(.up) ?? false
        }
    }

    private func addRules(_ plan: inout StepPlan) {
        for part in demand.rules where !found.rules.contains(part.value.asFound) {
            if part.isTracked || !given.rules.contains(part.value) { plan.add(.addRule(part.value)) }
        }
    }
}

extension LinkAddress {
    /// The same address on an interface that has another name now.
    func named(_ name: String?) -> LinkAddress {
        guard let name else { return self }
        var address = self
        address.interface = name
        return address
    }

    /// Whether the kernel can make this one of the other without taking it away.
    fileprivate func isChange(of other: LinkAddress) -> Bool {
        var changed = other
        changed.options = options
        changed.preferredLifetime = preferredLifetime
        changed.interface = interface
        return changed == self
    }
}

extension LinkStep {
    /// Whether it takes something away.
    fileprivate var isRemoval: Bool {
        switch self {
        case .removeLink, .removeAddress, .removeRoute, .removeRule: true
        case .makeLink, .switchLink, .set, .addAddress, .changeAddress, .returnAddress, .addRoute, .addRule: false
        }
    }
}

extension SettingKey: Comparable {
    static func < (left: SettingKey, right: SettingKey) -> Bool {
        left.interface == right.interface ? left.kind.rawValue < right.kind.rawValue : left.interface < right.interface
    }
}
