import Addresses
import Failover
import Links
import Time

// Who is told where the addresses of masters are.

extension FailoverNode {
    /// What a master announces.
    func announcementSubject(of place: Int) -> AnnouncementSubject {
        let router = routers[place]
        let prefix = configuration.settings.linkPrefix
        let made = router.settings.madeLink(prefix: prefix)
        let own = Set(wish(of: place).links.map(\.name))
        var addresses: [AnnouncedAddress] = []
        var madeInterfaces: Set<String> = []
        for address in wish(of: place, isHeld: true).addresses.dropFirst(router.settings.countOfLinkAddresses) {
            let name =
                address.value.interface == made?.name
                ? router.linkName ?? address.value.interface : address.value.interface
            if own.contains(address.value.interface) { madeInterfaces.insert(name) }
            addresses.append(AnnouncedAddress(address.value.address, on: name))
        }
        return AnnouncementSubject(
            router: router.settings.name,
            settings: router.settings.announcements,
            addresses: addresses,
            advertisingInterface: router.settings.advertisesFromLink
                ? router.linkName ?? made?.name : router.settings.interface,
            madeInterfaces: madeInterfaces
        )
    }

    /// Whether the kernel has an address on an interface by which neighbours can be told.
    func isThere(_ address: AnnouncedAddress) -> Bool {
        links.canAnnounce(address)
    }

    /// Begins to announce the addresses of a new master.
    mutating func beginAnnouncing(_ place: Int, at now: MonotonicTime) {
        let subject = announcementSubject(of: place)
        let links = links
        announcer.begin(subject, at: now, isThere: links.canAnnounce)
    }

    /// Takes note that the kernel has an address that comes and goes with routers.
    mutating func appeared(_ address: IPAddress, on name: String, at now: MonotonicTime) {
        for place in owners[address] ?? [] where routers[place].state == .master {
            announcer.appeared([AnnouncedAddress(address, on: name)], of: routers[place].settings.name, at: now)
        }
    }

    /// Tells peers where a router that comes back is, as they may have forgotten how to reach it.
    mutating func announceSource(of place: Int) {
        let router = routers[place]
        guard router.settings.isUnicast, router.canSend, let source = router.source,
            let name = router.settings.interface
        else { return }
        actions.append(.announce(Announcement(router: router.settings.name, address: source, interface: name)))
    }

    /// Announces what is due.
    mutating func announceWhatIsDue(at now: MonotonicTime) {
        guard let next = announcer.nextMoment, next <= now else { return }
        let links = links
        let due = announcer.due(at: now, isThere: links.canAnnounce)
        for announcement in due { actions.append(.announce(announcement)) }
    }
}

extension LinkTable {
    /// Whether the kernel has an address on an interface by which neighbours can be told.
    func canAnnounce(_ address: AnnouncedAddress) -> Bool {
        guard let interface = self[address.interface] else { return false }
        return interface.has(address.address) && interface.state.isUsable && !interface.state.flags.contains(.noARP)
    }
}

extension VirtualRouter {
    /// The addresses in its wish that belong to the interface that is made for it.
    var countOfLinkAddresses: Int {
        if case .ipvlan(let settings) = link, interface != nil, settings.address != nil { return 1 }
        return 0
    }
}
