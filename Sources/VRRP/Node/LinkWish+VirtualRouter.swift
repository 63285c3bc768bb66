import Addresses
package import Failover
package import Links

extension VirtualRouter {
    /// The interface that is made for the router; nil for none.
    func madeLink(prefix: String) -> MadeLink? {
        guard let link, let interface else { return nil }
        let families = Set([family] + unadvertisedAddresses.map(\.address.address.family))
        var made: MadeLink
        switch link {
        case .macvlan(let settings):
            made = MadeLink(
                settings.name ?? "\(prefix).\(routerID)",
                on: interface,
                .macvlan(hardwareAddress: settings.hardwareAddress ?? virtualHardwareAddress),
                family: family
            )
            made.prefix = settings.name == nil ? prefix : nil
            made.group = settings.group
        case .ipvlan(let settings):
            let mode: MadeLink.IpvlanMode =
                switch settings.mode {
                case .bridge: .bridge
                case .isolated: .isolated
                case .vepa: .vepa
                }
            made = MadeLink(
                settings.name ?? "\(prefix).\(routerID)",
                on: interface,
                .ipvlan(mode),
                family: family
            )
            made.prefix = settings.name == nil ? prefix : nil
            if case .v6(let address)? = settings.address { made.linkLocal = address }
        }
        made.hasOtherFamily = families.count > 1
        return made
    }

    /// 00:00:5e:00:01:vrid, with IPv6 00:00:5e:00:02:vrid (RFC 9568 §7.3).
    var virtualHardwareAddress: [UInt8] {
        [0x00, 0x00, 0x5e, 0x00, family == .ipv4 ? 0x01 : 0x02, routerID]
    }

    /// The number of routes and rules whose entry in the file names none.
    private static var usualMaker: UInt8 { 18 }

    /// Whether advertisements leave by the interface that is made for the router.
    var advertisesFromLink: Bool {
        switch link {
        case nil: false
        case .macvlan(let settings): !settings.advertisesFromParent
        case .ipvlan: true
        }
    }

    /// What the kernel shall have of the router.
    ///
    /// - Parameters:
    ///   - isHeld: whether this machine is master; its own interface is there in any case.
    ///   - prefix: the beginning of names of interfaces.
    ///   - addressPrefix: the beginning of names of interfaces that are made for single addresses.
    ///   - maker: the number that its routes and rules are known by.
    package func linkWish(isHeld: Bool, prefix: String, addressPrefix: String, maker: UInt8) -> LinkWish {
        var wish = LinkWish()
        let made = madeLink(prefix: prefix)
        if let made {
            wish.links.append(made)
            if case .macvlan = made.kind, family == .ipv4 {
                wish.settings = [
                    InterfaceSetting(.ignoredARP, 1, of: made.parent),
                    InterfaceSetting(.filtersARP, 1, of: made.parent),
                ]
            }
            if case .ipvlan(let settings) = link, let address = settings.address {
                let own = LinkAddress(address, prefixLength: settings.prefixLength, on: made.name)
                wish.addresses.append(LinkWish.Part(own))
            }
        }
        if promotesSecondaries, let interface {
            wish.settings.append(InterfaceSetting(.promotesSecondaries, 1, of: interface))
        }
        // Macvlans of single addresses, one for each interface that such addresses stand on.
        var ownLinks: [String: String] = [:]
        for entry in addresses + unadvertisedAddresses where entry.hasOwnLink {
            let parent = entry.address.interface
            guard ownLinks[parent] == nil, parent != made?.name else { continue }
            let name = "\(addressPrefix).\(routerID).\(ownLinks.count + 1)"
            ownLinks[parent] = name
            var link = MadeLink(
                name,
                on: parent,
                .macvlan(hardwareAddress: virtualHardwareAddress),
                family: entry.address.address.family
            )
            link.hasOtherFamily = true
            link.prefix = addressPrefix
            wish.links.append(link)
        }
        guard isHeld else { return wish }
        for entry in addresses + unadvertisedAddresses {
            var address = entry.address
            if entry.hasOwnLink, let name = ownLinks[address.interface] {
                address.interface = name
            } else if let made, case .macvlan = made.kind, address.interface == made.parent {
                address.interface = made.name
            }
            wish.addresses.append(LinkWish.Part(address, isTracked: entry.isTracked))
        }
        for entry in routes {
            var route = entry.route
            if route.maker == Self.usualMaker { route.maker = maker }
            wish.routes.append(LinkWish.Part(route, isTracked: entry.isTracked))
        }
        for entry in rules {
            var rule = entry.rule
            if rule.maker == Self.usualMaker { rule.maker = maker }
            wish.rules.append(LinkWish.Part(rule, isTracked: entry.isTracked))
        }
        return wish
    }
}
