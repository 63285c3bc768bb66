import Addresses
import Configuration
import Digests
import Failover
import Links

// Virtual routers.

extension WrittenConfiguration {
    mutating func router(_ router: VirtualRouter, _ notices: FailoverNotices) -> WrittenStatement {
        var block = [WrittenStatement("state", .word(router.beginsAsMaster ? "MASTER" : "BACKUP"))]
        if let interface = router.interface { block.append(WrittenStatement("interface", .plain(interface))) }
        if let domain = router.routingDomain { block.append(WrittenStatement("vrf", .plain(domain))) }
        block += [
            WrittenStatement("virtual_router_id", .number(Int64(router.routerID))),
            WrittenStatement("version", .number(Int64(router.version.rawValue))),
            WrittenStatement("priority", .number(Int64(router.priority))),
            WrittenStatement("advert_int", .time(router.interval)),
            WrittenStatement("down_timer_adverts", .number(Int64(router.downCount))),
            WrittenStatement("strict_mode", .boolean(router.habits.isStrict)),
        ]
        block += authentication(router.authentication)
        block += audience(router)
        block += link(router.link)
        block += addresses(router)
        block += preemption(router.preemption)
        block += announcements(router.announcements, isStrict: router.habits.isStrict)
        block += habits(router)
        block += trackers(router.trackers)
        if !router.tracksInterface { block.append(WrittenStatement("dont_track_primary")) }
        if router.tracksSource { block.append(WrittenStatement("track_src_ip")) }
        if router.promotesSecondaries { block.append(WrittenStatement("promote_secondaries")) }
        // In strict mode of version 2 traffic is taken where a virtual server waits for it, without a word.
        if router.priority != 255, !router.habits.isStrict || router.version == .three || !router.acceptsTraffic {
            block.append(WrittenStatement(router.acceptsTraffic ? "accept" : "no_accept"))
        }
        if let size = router.receiveBuffer {
            block.append(WrittenStatement("kernel_rx_buf_size", .number(Int64(size))))
        }
        block += self.notices(notices)
        return WrittenStatement("vrrp_instance", .plain(router.name), block: block)
    }

    private func authentication(_ authentication: Authentication?) -> [WrittenStatement] {
        switch authentication {
        case .password(let key): return [password("PASS", key)]
        case .header(let key): return [password("AH", key)]
        case .trailer(let settings): return [trailer(settings)]
        case nil: return []
        }
    }

    private func password(_ type: String, _ key: [UInt8]) -> WrittenStatement {
        WrittenStatement(
            "authentication",
            block: [
                WrittenStatement("auth_type", .word(type)),
                WrittenStatement("auth_pass", .secret(String(decoding: key, as: UTF8.self))),
            ]
        )
    }

    private func trailer(_ settings: TrailerSettings) -> WrittenStatement {
        var block = settings.keys.sorted { $0.key < $1.key }.map { number, key in
            WrittenStatement("key", .number(Int64(number)), .secret("hex:\(Hexadecimal.encode(key))"))
        }
        block.append(WrittenStatement("active_key", .number(Int64(settings.activeKey))))
        let mode =
            switch settings.mode {
            case .enforced: "enforce"
            case .permissive: "permissive"
            case .receiveOnly: "receive-only"
            }
        block.append(WrittenStatement("mode", .word(mode)))
        if let window = settings.timeWindow {
            block += [WrittenStatement("anti_replay", .word("time")), WrittenStatement("time_window", .time(window))]
        } else {
            block.append(WrittenStatement("anti_replay", .word("monotonic")))
        }
        return WrittenStatement("auth_hmac", block: block)
    }

    private func audience(_ router: VirtualRouter) -> [WrittenStatement] {
        switch router.audience {
        case .multicast(let settings):
            var statements = settings.source.map { [WrittenStatement("mcast_src_ip", .word("\($0)"))] } ?? []
            statements.append(WrittenStatement("mcast_dst_ip", .word("\(settings.group)")))
            return statements
        case .unicast(let settings):
            var statements = settings.source.map { [WrittenStatement("unicast_src_ip", .word("\($0)"))] } ?? []
            if let hops = settings.hops { statements.append(WrittenStatement("unicast_ttl", .number(Int64(hops)))) }
            statements.append(WrittenStatement("check_unicast_src", .boolean(settings.refusesStrangers)))
            if settings.failsWithoutPeers { statements.append(WrittenStatement("unicast_fault_no_peer")) }
            guard !settings.peers.isEmpty else { return statements }
            let peers = settings.peers.map { peer in
                let limits: [WrittenValue] =
                    peer.hops.map {
                        [
                            .word("min_ttl"), .number(Int64($0.lowerBound)), .word("max_ttl"),
                            .number(Int64($0.upperBound)),
                        ]
                    } ?? []
                return WrittenStatement("", values: [.word("\(peer.address)")] + limits)
            }
            return statements + [WrittenStatement("unicast_peer", block: peers)]
        }
    }

    private mutating func link(_ link: VirtualLink?) -> [WrittenStatement] {
        switch link {
        case .macvlan(let settings):
            var values = settings.name.map { [WrittenValue.plain($0)] } ?? []
            if let bytes = settings.hardwareAddress {
                values.append(.word(bytes.map { Hexadecimal.encode([$0]) }.joined(separator: ":")))
            }
            if let group = settings.group { values += [.word("group"), .number(Int64(group))] }
            let base = settings.advertisesFromParent ? [WrittenStatement("vmac_xmit_base")] : []
            return [WrittenStatement("use_vmac", values: values)] + base
        case .ipvlan(let settings):
            var values = settings.name.map { [WrittenValue.plain($0)] } ?? []
            if let address = settings.address {
                values.append(.word(settings.prefixLength.map { "\(address)/\($0)" } ?? "\(address)"))
            }
            let mode =
                switch settings.mode {
                case .bridge: "bridge"
                case .isolated: "private"
                case .vepa: "vepa"
                }
            return [WrittenStatement("use_ipvlan", values: values + [.word(mode)])]
        case nil: return []
        }
    }

    private mutating func addresses(_ router: VirtualRouter) -> [WrittenStatement] {
        var statements: [WrittenStatement] = []
        for (keyword, list) in [
            ("virtual_ipaddress", router.addresses), ("virtual_ipaddress_excluded", router.unadvertisedAddresses),
        ] where !list.isEmpty {
            let lines = list.map { address in
                var values = line(address.address)
                if !address.isTracked { values.append(.word("no_track")) }
                if address.hasOwnLink { values.append(.word("use_vmac")) }
                return WrittenStatement("", values: values)
            }
            statements.append(WrittenStatement(keyword, block: lines))
        }
        if router.addresses.isEmpty {
            statements.append(WrittenStatement("no_virtual_ipaddress"))
            if router.family == .ipv6 { statements.append(WrittenStatement("native_ipv6")) }
        }
        let routes = router.routes.map { route in
            WrittenStatement("", values: line(route.route) + (route.isTracked ? [] : [.word("no_track")]))
        }
        if !routes.isEmpty { statements.append(WrittenStatement("virtual_routes", block: routes)) }
        let rules = router.rules.map { rule in
            WrittenStatement("", values: line(rule.rule) + (rule.isTracked ? [] : [.word("no_track")]))
        }
        if !rules.isEmpty { statements.append(WrittenStatement("virtual_rules", block: rules)) }
        return statements
    }

    private func preemption(_ preemption: Preemption) -> [WrittenStatement] {
        switch preemption {
        case .atOnce: [WrittenStatement("preempt")]
        case .never: [WrittenStatement("nopreempt")]
        case .after(let delay): [WrittenStatement("preempt_delay", .time(delay))]
        case .afterSynchronisation(let limit): [WrittenStatement("preempt_after_sync", .time(limit))]
        }
    }

    private func announcements(_ settings: AnnouncementSettings, isStrict: Bool) -> [WrittenStatement] {
        var statements = [
            WrittenStatement("garp_master_delay", .time(settings.delay)),
            WrittenStatement("garp_master_repeat", .number(Int64(settings.rounds))),
            WrittenStatement("garp_master_refresh", .time(settings.refresh)),
            WrittenStatement("garp_master_refresh_repeat", .number(Int64(settings.refreshRounds))),
        ]
        if !isStrict {
            statements += [
                WrittenStatement("garp_lower_prio_delay", .time(settings.delayAfterLower)),
                WrittenStatement("garp_lower_prio_repeat", .number(Int64(settings.roundsAfterLower))),
            ]
        }
        let all: [WrittenValue] = settings.extraOnAll ? [.word("all")] : []
        statements.append(WrittenStatement("garp_extra_if", values: all + [.time(settings.extraInterval)]))
        return statements
    }

    private func habits(_ router: VirtualRouter) -> [WrittenStatement] {
        let habits = router.habits
        var statements = [
            WrittenStatement("skip_check_adv_addr", .boolean(habits.trustsKnownMaster)),
            WrittenStatement("owner_ignore_adverts", .boolean(habits.ignoresOthersAsOwner)),
        ]
        if !habits.isStrict {
            statements += [
                WrittenStatement("lower_prio_no_advert", .boolean(!habits.answersLowerPriority)),
                WrittenStatement("higher_prio_send_advert", .boolean(habits.advertisesBeforeYielding)),
            ]
        }
        if habits.yieldsAfterStall { statements.append(WrittenStatement("timer_expired_backup")) }
        switch router.checksum {
        case .standard: statements.append(WrittenStatement("v3_checksum_as_v2", .boolean(false)))
        case .messageOnly: statements.append(WrittenStatement("v3_checksum_as_v2", .boolean(true)))
        case .oldUnicast: statements.append(WrittenStatement("old_unicast_checksum"))
        }
        return statements
    }
}
