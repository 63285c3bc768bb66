import Configuration
import Failover
import Texts
import VRRP

// The file for SIGRTMIN+2.

extension FailoverDump {
    /// The state as a document (`keepalived.json`), in the form that the configuration wants.
    package var document: String {
        var json = JSONWriter()
        if configuration.dumpVersion == 2 {
            json.beginObject()
            json.key("vrrp")
        }
        json.array { json in
            for router in configuration.routing.routers {
                json.object { json in
                    json.key("data")
                    json.object { addData(of: router, to: &$0) }
                    json.key("stats")
                    json.object { addCounters(of: router, to: &$0) }
                }
            }
        }
        if configuration.dumpVersion == 2 {
            if !configuration.routing.processes.isEmpty {
                json.key("track_process")
                json.array { json in
                    for set in configuration.routing.processes { json.object { add(set, to: &$0) } }
                }
            }
            json.endObject()
        }
        return String(decoding: json.text.bytes, as: UTF8.self) + "\n"
    }

    private func addData(of router: VirtualRouter, to json: inout JSONWriter) {
        let state = state(of: router)
        let notices = configuration.routerNotices[router.name] ?? FailoverNotices()
        let announcements = router.announcements
        func number(_ name: String, _ value: some FixedWidthInteger) {
            json.key(name)
            json.number(value)
        }
        func bit(_ name: String, _ isOn: Bool) { number(name, isOn ? 1 : 0) }
        func flag(_ name: String, _ isOn: Bool) {
            json.key(name)
            json.bool(isOn)
        }
        func text(_ name: String, _ value: String?) {
            guard let value else { return }
            json.key(name)
            json.string(value)
        }
        func list(_ name: String, _ values: [String]) {
            guard !values.isEmpty else { return }
            json.key(name)
            json.array { json in for value in values { json.string(value) } }
        }
        func time(_ name: String, _ value: Duration) {
            json.key(name)
            json.seconds(value)
        }
        text("iname", router.name)
        bit("dont_track_primary", !router.tracksInterface)
        bit("skip_check_adv_addr", router.habits.trustsKnownMaster)
        bit("strict_mode", router.habits.isStrict)
        text("vmac_ifname", linkName(of: router) ?? "")
        text("ifp_ifname", linkName(of: router) ?? router.interface)
        number("master_priority", state.state == .backup ? state.master?.priority ?? 0 : 0)
        json.key("last_transition")
        json.seconds(clock.sinceEpoch(state.since))
        time("garp_delay", announcements.delay)
        number("garp_refresh", announcements.refresh.components.seconds)
        number("garp_rep", announcements.rounds)
        number("garp_refresh_rep", announcements.refreshRounds)
        number("garp_lower_prio_delay", announcements.delayAfterLower.components.seconds)
        number("garp_lower_prio_rep", announcements.roundsAfterLower)
        bit("lower_prio_no_advert", !router.habits.answersLowerPriority)
        bit("higher_prio_send_advert", router.habits.advertisesBeforeYielding)
        number("vrid", router.routerID)
        number("base_priority", router.priority)
        number("effective_priority", state.priority)
        let isSet = state.state == .master
        flag("vipset", isSet)
        flag("promote_secondaries", router.promotesSecondaries)
        time("adver_int", router.interval)
        time("master_adver_int", state.interval)
        bit("accept", router.acceptsTraffic)
        flag("nopreempt", router.preemption == .never)
        var delay = Duration.zero
        if case .after(let time) = router.preemption { delay = time }
        number("preempt_delay", delay.components.seconds)
        number("state", state.state.rawValue)
        number("wantstate", state.wantedState.rawValue)
        number("version", router.version.rawValue)
        flag("smtp_alert", notices.sendsMail)
        flag("notify_deleted", notices.tellsDeletion)
        text("script_backup", notices.backup?.quoted)
        text("script_master", notices.master?.quoted)
        text("script_fault", notices.fault?.quoted)
        text("script_stop", notices.stop?.quoted)
        text("script_deleted", notices.deleted?.quoted)
        text("script", notices.any?.quoted)
        text("script_master_rx_lower_pri", notices.lowerPriority?.quoted)
        list("vips", router.addresses.map { $0.address.dumpText(isSet: isSet, isTracked: $0.isTracked) })
        list("evips", router.unadvertisedAddresses.map { $0.address.dumpText(isSet: isSet, isTracked: $0.isTracked) })
        list("vroutes", router.routes.map { $0.route.dumpText(isTracked: $0.isTracked) })
        list("vrules", router.rules.map { $0.rule.dumpText(isTracked: $0.isTracked) })
        list("track_ifp", router.trackers.interfaces.map(\.name))
        list("track_script", router.trackers.scripts.compactMap { commands[$0.name] })
        list("track_process", router.trackers.processes.map(\.name))
        switch router.authentication {
        case .password: number("auth_type", 1)
        case .header: number("auth_type", 2)
        case .trailer, nil: number("auth_type", 0)
        }
        if case .password? = router.authentication { text("auth_data", "********") }
        if case .header? = router.authentication { text("auth_data", "********") }
    }

    private func addCounters(of router: VirtualRouter, to json: inout JSONWriter) {
        let counters = state(of: router).counters
        var members: [(String, UInt64)] = [
            ("advert_rcvd", counters.advertisementsReceived), ("advert_sent", counters.advertisementsSent),
            ("become_master", counters.becameMaster), ("release_master", counters.releasedMaster),
            ("packet_len_err", counters.lengthErrors), ("advert_interval_err", counters.intervalErrors),
            ("ip_ttl_err", counters.hopErrors), ("invalid_type_rcvd", counters.typeErrors),
            ("addr_list_err", counters.addressListErrors), ("invalid_authtype", counters.unknownAuthentications),
            ("authtype_mismatch", counters.otherAuthentications), ("auth_failure", counters.authenticationFailures),
        ]
        if case .trailer? = router.authentication {
            members += [
                ("auth_ext_missing", counters.trailersMissing), ("auth_ext_malformed", counters.trailersMalformed),
                ("auth_ext_unknown_key", counters.trailersOfUnknownKeys),
                ("auth_ext_invalid_hmac", counters.trailersInvalid), ("auth_ext_stale", counters.trailersStale),
                ("auth_ext_replay", counters.trailersReplayed),
            ]
        }
        members += [("pri_zero_rcvd", counters.priorityZeroReceived), ("pri_zero_sent", counters.priorityZeroSent)]
        for (name, value) in members {
            json.key(name)
            json.number(value)
        }
    }

    private func add(_ set: TrackedProcesses, to json: inout JSONWriter) {
        json.key("process")
        json.string(set.name)
        if !set.parameters.isEmpty {
            json.key("parameters")
            json.string(set.parameters.joined(separator: " "))
        }
        let match =
            switch set.match {
            case .exact: "exact"
            case .initial: "initial"
            case .partial: "partial"
            case nil: "none"
            }
        json.key("param_match")
        json.string(match)
        json.key("min_processes")
        json.number(set.quorum)
        if let most = set.most {
            json.key("max_processes")
            json.number(most)
        }
        json.key("have_quorum")
        json.bool(values[TrackedSubject(.process, set.name)] == .well)
        json.key("terminate_delay")
        json.seconds(set.endDelay)
        json.key("fork_delay")
        json.seconds(set.startDelay)
        json.key("full_command")
        json.bool(set.comparesWholeCommand)
    }

    /// The commands of the scripts by their names.
    private var commands: [String: String] {
        Dictionary(configuration.scripts.map { ($0.name, $0.program.quoted) }) { first, _ in first }
    }
}
