import Addresses

extension LinksMirror {
    /// Puts the wishes together, in terms of the interfaces that there are now.
    mutating func renewDemand() {
        guard isDemandStale else { return }
        isDemandStale = false
        bindLinks()
        var demand = LinkDemand()
        for owned in wishes {
            for link in owned.wish.links { want(link, of: owned.owner, in: &demand) }
            for setting in owned.wish.settings {
                guard let name = setting.interface, let interface = interface(named: name, for: owned.owner) else {
                    demand.wait(for: owned.owner)
                    continue
                }
                demand.want(setting.kind, setting.value, of: interface)
            }
            for part in owned.wish.addresses {
                guard let interface = interface(named: part.value.interface, for: owned.owner) else {
                    demand.wait(for: owned.owner)
                    continue
                }
                demand.want(part.value, interface: interface, isTracked: part.isTracked, by: owned.owner)
            }
            for part in owned.wish.routes {
                demand.want(renamed(part.value, for: owned.owner), isTracked: part.isTracked, by: owned.owner)
            }
            for part in owned.wish.rules {
                demand.want(renamed(part.value, for: owned.owner), isTracked: part.isTracked, by: owned.owner)
            }
        }
        self.demand = demand
        given.addresses.formIntersection(demand.addresses.keys)
        given.routes.formIntersection(demand.routes.map(\.value))
        given.rules.formIntersection(demand.rules.map(\.value))
        adopt()
    }

    /// Takes what is there already as ours, if it is wanted.
    private mutating func adopt() {
        for (key, part) in demand.addresses where found.addresses[key] != nil {
            if case .some(.some) = ownAddresses[key] { continue }
            ownAddresses[key] = part.value
            given.addresses.insert(key)
        }
        for part in demand.routes {
            guard let route = found.found(part.value) else { continue }
            given.routes.insert(part.value)
            if route.maker != maker, !ownRoutes.contains(route) { ownRoutes.append(route) }
        }
        for part in demand.rules where found.rules.contains(part.value.asFound) {
            given.rules.insert(part.value)
            if part.value.maker != maker { ownRules.insert(part.value.asFound) }
        }
    }

    /// The wish that a route of the kernel fulfils.
    func wish(for route: Route) -> LinkDemand.Part<Route>? {
        demand.routes(at: route.place).first { found.isForm(route, of: $0.value) }
    }

    private func renamed(_ route: Route, for owner: LinkOwner) -> Route {
        var route = route
        for index in route.hops.indices {
            route.hops[index].interface = renamed(route.hops[index].interface, for: owner)
        }
        return route
    }

    private func renamed(_ rule: RoutingRule, for owner: LinkOwner) -> RoutingRule {
        var rule = rule
        rule.incoming = renamed(rule.incoming, for: owner)
        rule.outgoing = renamed(rule.outgoing, for: owner)
        return rule
    }

    /// The kernel's name for what an owner calls by that name.
    private func renamed(_ name: String?, for owner: LinkOwner) -> String? {
        guard let name, let index = bound[LinkReference(owner: owner, name: name)] else { return name }
        return found.interfaces[index]?.name ?? name
    }
}
