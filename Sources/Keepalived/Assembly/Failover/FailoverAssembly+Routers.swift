import Addresses
import Failover
import Links

// One virtual router.
extension FailoverAssembly {
    /// The virtual router of an instance; nil where it lacks what it cannot be without, which is told.
    mutating func router(_ frame: RouterFrame, _ trackFiles: [String: TrackFile]) -> VirtualRouter? {
        let block = frame.block
        noteForm(of: frame)
        let audience = audience(frame)
        let (addresses, excluded) = addresses(frame)
        var router = VirtualRouter(
            frame.name,
            family: frame.family,
            routerID: UInt8(clamping: block.number("virtual_router_id") ?? 0),
            interface: frame.interface,
            audience: audience
        )
        router.version = frame.version
        if frame.interface == nil { router.routingDomain = block.text("vrf") }
        router.priority = frame.priority
        router.beginsAsMaster = frame.isMaster
        router.interval = interval(frame)
        router.downCount = downCount(frame)
        router.authentication = authentication(frame)
        router.addresses = addresses
        router.unadvertisedAddresses = excluded
        router.routes = routes(of: block, "virtual_routes").map { words, _ in
            var route = VirtualRoute(words.route)
            route.isTracked = words.isTracked
            return route
        }
        router.rules = rules(of: block, "virtual_rules").map { words, _ in
            var rule = VirtualRule(words.rule)
            rule.isTracked = words.isTracked
            return rule
        }
        router.link = link(frame)
        router.preemption = preemption(frame)
        router.announcements = announcements(frame)
        router.checksum = checksum(frame)
        router.habits = habits(frame)
        router.trackers = trackers(of: block, trackFiles, frame)
        router.tracksInterface = !block.has("dont_track_primary")
        router.tracksSource = tracksSource(frame)
        router.promotesSecondaries = block.has("promote_secondaries") && router.link == nil
        router.acceptsTraffic = acceptsTraffic(frame, addresses + excluded)
        router.receiveBuffer = block.number("kernel_rx_buf_size").map { Int(clamping: $0) } ?? defaults.receiveBuffer
        return router.routerID == 0 ? nil : router
    }

    /// Tells what an instance lacks.
    private mutating func noteForm(of frame: RouterFrame) {
        let block = frame.block
        if !block.mentions("virtual_router_id") {
            findings.error("the instance has no virtual_router_id", at: block.keyword, expected: "virtual_router_id N")
        }
        if !block.mentions("interface"), !block.mentions("unicast_src_ip") {
            findings.error("the instance has no interface", at: block.keyword, expected: "interface NAME")
        }
        if let entry = block.entry("interface"), frame.interface == "lo" {
            findings.error("advertisements do not leave by the loopback interface", at: entry.place)
        }
        if !block.mentions("priority"), block.text("state") == "MASTER" {
            findings.warning(
                "an instance in state MASTER that says no priority has 255",
                at: block.keyword,
                note: "No tracker can lower it then."
            )
        }
        if frame.isStrict, let entry = block.entry("state"), (block.text("state") == "MASTER") != frame.isOwner {
            findings.warning(
                "in strict mode the state is that of the priority: \(frame.isMaster ? "MASTER" : "BACKUP")",
                at: entry.place
            )
        }
        if block.number("version") == 2, frame.version == .three, let entry = block.entry("version") {
            findings.warning("strict mode has version 3 alone for IPv6", at: entry.place)
        }
    }

    private mutating func interval(_ frame: RouterFrame) -> Duration {
        let usual = Duration.seconds(1)
        guard let entry = frame.block.entry("advert_int"), let time = frame.block.time("advert_int") else {
            return usual
        }
        switch frame.version {
        case .two:
            let (seconds, fraction) = time.components
            guard fraction != 0 else { return time }
            let rounded = max(1, seconds + (fraction >= 500_000_000_000_000_000 ? 1 : 0))
            findings.warning("version 2 counts whole seconds: \(rounded) s taken", at: entry.place)
            return .seconds(rounded)
        case .three:
            guard time <= .milliseconds(40_950) else {
                findings.error("version 3 has at most 40.95 seconds", at: entry.place)
                return usual
            }
            let milliseconds = time.components.seconds * 1000 + time.components.attoseconds / 1_000_000_000_000_000
            let isExact = time == .milliseconds(milliseconds / 10 * 10)
            guard !isExact else { return time }
            let hundredths = max(1, (milliseconds + 5) / 10)
            findings.warning("version 3 counts hundredths of seconds: \(hundredths) of them taken", at: entry.place)
            return .milliseconds(hundredths * 10)
        }
    }

    private mutating func downCount(_ frame: RouterFrame) -> Int {
        guard let entry = frame.block.entry("down_timer_adverts"), let number = entry.number else {
            return frame.isStrict ? 3 : defaults.downCount
        }
        guard frame.isStrict, number != 3 else { return Int(clamping: number) }
        findings.warning("strict mode has 3 for down_timer_adverts", at: entry.place)
        return 3
    }

    private mutating func preemption(_ frame: RouterFrame) -> Preemption {
        let block = frame.block
        // The one that is said last counts.
        let choice = block.entries.last { $0.rule.meaning == "nopreempt" || $0.rule.meaning == "preempt" }
        var never: CheckedBlock.Entry?
        if let entry = choice, entry.rule.meaning == "nopreempt" {
            if frame.isOwner {
                findings.warning("nopreempt does nothing with priority 255", at: entry.keyword)
            } else if frame.isMaster {
                findings.warning("nopreempt does nothing in state MASTER", at: entry.keyword, expected: "state BACKUP")
            } else {
                never = entry
            }
        }
        let waits = block.entry("preempt_after_sync")
        let delay = block.time("preempt_delay") ?? .zero
        if let entry = block.entry("preempt_delay"), delay > .zero {
            if choice?.rule.meaning == "nopreempt", never != nil || !frame.isMaster {
                findings.warning("preempt_delay does nothing with nopreempt", at: entry.keyword)
            } else if frame.isMaster {
                findings.warning(
                    "preempt_delay does nothing in state MASTER",
                    at: entry.keyword,
                    expected: "state BACKUP"
                )
            } else if frame.isStrict {
                findings.warning("strict mode has no preempt_delay", at: entry.keyword)
            } else if waits != nil {
                findings.warning("preempt_delay does nothing with preempt_after_sync", at: entry.keyword)
            } else {
                return .after(delay)
            }
        }
        if never != nil {
            if let waits { findings.warning("preempt_after_sync does nothing with nopreempt", at: waits.keyword) }
            return .never
        }
        guard let waits else { return .atOnce }
        if words.syncDaemon == nil {
            findings.warning(
                "no sync daemon brings connections here, and the limit of preempt_after_sync decides",
                at: waits.keyword,
                expected: "lvs_sync_daemon"
            )
        }
        return .afterSynchronisation(limit: block.time("preempt_after_sync") ?? .seconds(60))
    }

    private mutating func announcements(_ frame: RouterFrame) -> AnnouncementSettings {
        var announcements = defaults.announcements
        announcements.take(frame.block)
        guard !frame.isStrict else {
            for name in ["garp_lower_prio_repeat", "garp_lower_prio_delay"] {
                guard let entry = frame.block.entry(name), entry.number ?? 1 != 0 else { continue }
                findings.warning("strict mode has no \(name)", at: entry.keyword)
            }
            turnOff("announcements after a lower priority")
            (announcements.roundsAfterLower, announcements.delayAfterLower) = (0, .zero)
            return announcements
        }
        if let number = frame.block.number("garp_lower_prio_repeat") {
            announcements.roundsAfterLower = Int(clamping: number)
        }
        if let time = frame.block.time("garp_lower_prio_delay") { announcements.delayAfterLower = time }
        return announcements
    }

    private mutating func checksum(_ frame: RouterFrame) -> ChecksumForm {
        let block = frame.block
        let isShort = block.boolean("v3_checksum_as_v2") ?? defaults.hasShortChecksum
        // With `never` another form is not looked for, which is never sent here.
        if let entry = block.entry("old_unicast_checksum"), entry.text == nil {
            if block.has("unicast_peer"), frame.version == .three, frame.family == .ipv4 { return .oldUnicast }
            findings.warning(
                "old_unicast_checksum does nothing but with version 3 of IPv4 and unicast_peer",
                at: entry.keyword
            )
        }
        return isShort && frame.version == .three && frame.family == .ipv4 ? .messageOnly : .standard
    }

    private mutating func habits(_ frame: RouterFrame) -> Habits {
        let block = frame.block
        var habits = Habits()
        habits.isStrict = frame.isStrict
        habits.trustsKnownMaster = block.boolean("skip_check_adv_addr") ?? defaults.trustsKnownMaster
        habits.ignoresOthersAsOwner = block.boolean("owner_ignore_adverts") ?? defaults.ignoresOthersAsOwner
        if let entry = block.entry("timer_expired_backup") {
            habits.yieldsAfterStall = true
            if !block.has("nopreempt") {
                findings.warning("timer_expired_backup does nothing without nopreempt", at: entry.keyword)
                habits.yieldsAfterStall = false
            }
        }
        guard !frame.isStrict else {
            if let entry = block.entry("lower_prio_no_advert"), block.boolean("lower_prio_no_advert") == false {
                findings.warning("strict mode does not answer a lower priority", at: entry.keyword)
            }
            if let entry = block.entry("higher_prio_send_advert"), block.boolean("higher_prio_send_advert") == true {
                findings.warning("strict mode has no last advertisement", at: entry.keyword)
            }
            turnOff("the answer to a lower priority")
            turnOff("the last advertisement before yielding")
            (habits.answersLowerPriority, habits.advertisesBeforeYielding) = (false, false)
            return habits
        }
        let isSilent = block.boolean("lower_prio_no_advert") ?? defaults.staysSilentOnLower ?? false
        habits.answersLowerPriority = !isSilent
        habits.advertisesBeforeYielding =
            block.boolean("higher_prio_send_advert") ?? defaults.advertisesBeforeYielding ?? true
        return habits
    }

    private mutating func tracksSource(_ frame: RouterFrame) -> Bool {
        guard let entry = frame.block.entry("track_src_ip") else { return false }
        if frame.block.has("unicast_src_ip") || frame.block.has("mcast_src_ip") { return true }
        findings.warning("track_src_ip does nothing without unicast_src_ip or mcast_src_ip", at: entry.keyword)
        return false
    }

    /// Whether traffic for the addresses is taken in: always where a virtual server waits for it.
    private mutating func acceptsTraffic(_ frame: RouterFrame, _ addresses: [VirtualAddress]) -> Bool {
        guard !frame.isOwner else { return true }
        let entry = frame.block.entries.last { $0.rule.meaning == "accept" || $0.rule.meaning == "no_accept" }
        var accepts = entry.map { $0.rule.meaning == "accept" } ?? !frame.isStrict
        if accepts, frame.isStrict, frame.version == .two, let entry {
            findings.warning("strict mode of version 2 has no accept", at: entry.keyword)
            accepts = false
        }
        guard !accepts else { return true }
        if let served = addresses.first(where: { servedAddresses.contains($0.address.address) }) {
            let what = "no_accept is not applied: \(served.address.address) is the address of a virtual_server"
            if let entry, entry.rule.meaning == "no_accept" {
                findings.warning(what, at: entry.keyword)
            } else {
                noteServed(what, frame)
            }
            return true
        }
        if entry?.rule.meaning != "no_accept" { turnOff("traffic to the addresses (no_accept)") }
        return false
    }

    private mutating func noteServed(_ message: String, _ frame: RouterFrame) {
        guard !isServedToldOnce else { return }
        isServedToldOnce = true
        findings.warning(message, at: frame.place, note: "Strict mode would make it deaf.")
    }
}
