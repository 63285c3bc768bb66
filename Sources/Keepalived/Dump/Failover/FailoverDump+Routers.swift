import Addresses
import Configuration
import Failover
import Texts
import Time
import VRRP

// One virtual router in the file for SIGUSR1.

extension FailoverDump {
    func add(_ router: VirtualRouter, to text: inout DumpText) {
        let state = state(of: router)
        let notices = configuration.routerNotices[router.name] ?? FailoverNotices()
        text.add(" VRRP Instance = \(router.name)")
        text.add("VRRP Version", router.version.rawValue)
        if let group = groups[router.name] { text.add("Sync group", group) }
        if router.family == .ipv6 { text.add("   Using Native IPv6") }
        addState(of: router, state, to: &text)
        addLink(of: router, state, to: &text)
        addSettings(of: router, state, to: &text)
        addBelongings(of: router, state, to: &text)
        add(router.trackers, to: &text)
        text.add("Using smtp notification", notices.sendsMail.yesNo)
        text.add("Notify deleted", notices.tellsDeletion ? "Deleted" : "Fault")
        addPrograms(of: notices, to: &text)
        text.add("Notify priority changes", notices.tellsPriorities.trueFalse)
    }

    private func addState(of router: VirtualRouter, _ state: RouterStatus, to text: inout DumpText) {
        text.add("State", state.state.word)
        if state.state == .backup, let master = state.master {
            text.add("Master router", master.address)
            text.add("Master priority", master.priority)
            if router.version == .three { text.add("Master advert int", "\(state.interval.hundredths) sec") }
        }
        var flags: [String] = []
        if case .unicast(let settings) = router.audience {
            flags.append("     Using unicast")
            if settings.failsWithoutPeers { flags.append("     If unicast go to fault state if no peers") }
        }
        text.add(flags.isEmpty && !router.hasSilentFlags ? ["   Flags: none"] : ["   Flags:"] + flags)
        text.add("Wantstate", state.wantedState.word)
        text.add("Number of config faults", 0)
        text.add("Number of interface and track script faults", state.reasons.count)
        text.add("Number of track scripts init", 0)
        text.add("Last transition", clock.text(state.since))
        let wait = router.downInterval(state)
        if state.state == .master || state.state == .backup, let last = state.lastAdvertisement {
            text.add("Read timeout", clock.text(last + (state.state == .master ? router.interval : wait)))
        } else {
            text.add("Read timeout", "DISABLED")
        }
        text.add("Master down timer", "\(wait.microseconds) usecs")
    }

    private func addLink(of router: VirtualRouter, _ state: RouterStatus, to text: inout DumpText) {
        if let name = linkName(of: router) {
            var kind = "vmac"
            if case .ipvlan? = router.link { kind = "ipvlan" }
            text.add("Interface", "\(name), \(kind) on \(router.interface ?? "")")
        } else if let interface = router.interface {
            text.add("Interface", interface)
        }
        if let domain = router.routingDomain { text.add("VRF", domain) }
        if case .macvlan(let settings)? = router.link {
            let base = settings.advertisesFromParent.trueFalse
            text.add("   Use VMAC, i/f name \(linkName(of: router) ?? ""), is_up = true, xmit_base = \(base)")
        }
        if !router.tracksInterface { text.add("   VRRP interface tracking disabled") }
        if router.habits.trustsKnownMaster { text.add("   Skip checking advert IP addresses") }
        if router.habits.isStrict { text.add("   Enforcing strict VRRP compliance") }
        let source = state.source ?? router.source
        if let source { text.add("Using src_ip", "\(source)\(router.source == nil ? "" : " (from configuration)")") }
        if case .multicast(let settings) = router.audience { text.add("   Multicast address \(settings.group)") }
    }

    private func addSettings(of router: VirtualRouter, _ state: RouterStatus, to text: inout DumpText) {
        let announcements = router.announcements
        text.add("Gratuitous ARP delay", announcements.delay.components.seconds)
        text.add("Gratuitous ARP repeat", announcements.rounds)
        text.add("Gratuitous ARP refresh", announcements.refresh.components.seconds)
        text.add("Gratuitous ARP refresh repeat", announcements.refreshRounds)
        text.add("Gratuitous ARP lower priority delay", announcements.delayAfterLower.components.seconds)
        text.add("Gratuitous ARP lower priority repeat", announcements.roundsAfterLower)
        text.add("Down timer adverts", router.downCount)
        text.add("Send advert after receive lower priority advert", router.habits.answersLowerPriority.trueFalse)
        text.add("Send advert after receive higher priority advert", router.habits.advertisesBeforeYielding.trueFalse)
        text.add("Virtual Router ID", router.routerID)
        text.add("Priority", router.priority)
        text.add("Effective priority", state.priority)
        text.add("Total priority", state.priority)
        switch router.version {
        case .two: text.add("Advert interval", "\(router.interval.components.seconds) sec")
        case .three:
            text.add("Advert interval", "\(router.interval.milliseconds) milli-sec")
            if state.state == .backup, state.interval != router.interval {
                text.add("Master advert interval", "\(state.interval.milliseconds) milli-sec")
            }
        }
        text.add("Accept", router.acceptsTraffic ? "enabled" : "disabled")
        text.add("Preempt", router.preemption == .never ? "disabled" : "enabled")
        if case .after(let delay) = router.preemption { text.add("Preempt delay", "\(delay.secondsText) secs") }
        text.add("Promote_secondaries", router.promotesSecondaries ? "enabled" : "disabled")
        switch router.authentication {
        case .password: text.add(["   Authentication type = SIMPLE_PASSWORD", "   Password = ********"])
        case .header: text.add(["   Authentication type = IPSEC_AH", "   Password = ********"])
        case .trailer: text.add("   Authentication type = HMAC")
        case nil: if router.version == .two { text.add("   Authentication type = none") }
        }
        if let size = router.receiveBuffer { text.add("Kernel rx buffer size", size) }
    }

    private func addBelongings(of router: VirtualRouter, _ state: RouterStatus, to text: inout DumpText) {
        let isSet = state.state == .master
        if !router.addresses.isEmpty {
            text.add("   Virtual IP (\(router.addresses.count)):")
            for entry in router.addresses {
                text.add("     \(entry.address.dumpText(isSet: isSet, isTracked: entry.isTracked))")
            }
        }
        if !router.unadvertisedAddresses.isEmpty {
            text.add("   Virtual IP Excluded :")
            for entry in router.unadvertisedAddresses {
                text.add("     \(entry.address.dumpText(isSet: isSet, isTracked: entry.isTracked))")
            }
        }
        if case .unicast(let settings) = router.audience {
            if let hops = settings.hops ?? (router.family == .ipv4 ? 255 : nil) { text.add("Unicast TTL", hops) }
            text.add("   Check unicast src : \(settings.refusesStrangers.yesNo)")
            text.add("   Unicast Peer :")
            for peer in settings.peers {
                let hops = peer.hops ?? 0...255
                text.add("     \(peer.address) min_ttl \(hops.lowerBound) max_ttl \(hops.upperBound)")
            }
            text.add("Unicast checksum compatibility", router.checksum == .oldUnicast ? "yes" : "no")
        }
        if !router.routes.isEmpty {
            text.add("   Virtual Routes :")
            for route in router.routes { text.add("     \(route.route.dumpText(isTracked: route.isTracked))") }
        }
        if !router.rules.isEmpty {
            text.add("   Virtual Rules :")
            for rule in router.rules { text.add("     \(rule.rule.dumpText(isTracked: rule.isTracked))") }
        }
    }
}

extension VirtualRouter {
    /// The source that the file says.
    var source: IPAddress? {
        switch audience {
        case .multicast(let settings): settings.source
        case .unicast(let settings): settings.source
        }
    }

    /// Whether keepalived has flags of it that it does not name.
    fileprivate var hasSilentFlags: Bool {
        preemption == .never || !tracksInterface || habits.trustsKnownMaster || promotesSecondaries
    }

    /// The time that it waits as a backup.
    fileprivate func downInterval(_ state: RouterStatus) -> Duration {
        let rest = Int64(256) - Int64(state.priority)
        let skew = version == .two ? Duration.seconds(1) * rest / 256 : state.interval * rest / 256
        return state.interval * downCount + skew
    }
}

extension Duration {
    fileprivate var microseconds: Int64 {
        let (seconds, attoseconds) = components
        return seconds &* 1_000_000 &+ attoseconds / 1_000_000_000_000
    }

    /// Seconds with two decimals.
    fileprivate var hundredths: String {
        let hundredths = milliseconds / 10
        return "\(hundredths / 100).\(hundredths % 100 < 10 ? "0" : "")\(hundredths % 100)"
    }
}
