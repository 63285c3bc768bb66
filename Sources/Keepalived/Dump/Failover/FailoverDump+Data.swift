import Configuration
import Failover
import VRRP

// The file for SIGUSR1.

extension FailoverDump {
    /// What is configured and how it stands (`keepalived.data`), from the static addresses on.
    package var data: String {
        var text = DumpText()
        let routing = configuration.routing
        if !routing.addresses.isEmpty {
            text.add("------< Static Addresses >------")
            for entry in routing.addresses {
                text.add("     \(entry.entry.dumpText(isSet: true, isTracked: entry.isTracked))")
            }
        }
        if !routing.routes.isEmpty {
            text.add("------< Static Routes >------")
            for entry in routing.routes { text.add("     \(entry.entry.dumpText(isTracked: entry.isTracked))") }
        }
        if !routing.rules.isEmpty {
            text.add("------< Static Rules >------")
            for entry in routing.rules { text.add("     \(entry.entry.dumpText(isTracked: entry.isTracked))") }
        }
        if !routing.routers.isEmpty { text.add("------< VRRP Topology >------") }
        for router in routing.routers { add(router, to: &text) }
        if !routing.groups.isEmpty { text.add("------< VRRP Sync groups >------") }
        for group in routing.groups { add(group, to: &text) }
        if !configuration.scripts.isEmpty { text.add("------< VRRP Scripts >------") }
        for script in configuration.scripts { add(script, to: &text) }
        if !configuration.files.isEmpty { text.add("------< VRRP Track files >------") }
        for file in configuration.files { add(file, to: &text) }
        if !routing.processes.isEmpty { text.add("------< VRRP Track processes >------") }
        for set in routing.processes { add(set, to: &text) }
        return text.text
    }

    private func add(_ group: SyncGroup, to text: inout DumpText) {
        let state = status.groups.first { $0.name == group.name }?.state ?? .initial
        text.add(" VRRP Sync Group = \(group.name), \(state.word)")
        let members = configuration.routing.routers.filter { groups[$0.name] == group.name }.map {
            self.state(of: $0).state
        }
        let faults = members.filter { $0 == .fault }.count
        text.add("   Num member fault \(faults), num member init \(members.filter { $0 == .initial }.count)")
        if group.hasWeights { text.add("   sync group tracking weight set") }
        text.add(["   VRRP member instances :"] + group.members.map { "     \($0)" })
        let notices = configuration.groupNotices[group.name] ?? FailoverNotices()
        text.add("Using smtp notification", notices.sendsMail.yesNo)
        add(group.trackers, to: &text)
        addPrograms(of: notices, to: &text)
    }

    /// What a router or a group looks at.
    func add(_ trackers: Trackers, to text: inout DumpText) {
        for (title, comma, list) in [
            ("interfaces", "", trackers.interfaces), ("scripts", "", trackers.scripts),
            ("files", ",", trackers.files), ("processes", ",", trackers.processes),
            ("virtual servers", ",", trackers.servers),
        ] where !list.isEmpty {
            text.add("   Tracked \(title) :")
            for tracker in list { text.add("     \(tracker.name)\(comma) weight \(tracker.weightText)") }
        }
    }

    func addPrograms(of notices: FailoverNotices, to text: inout DumpText) {
        for (title, program) in [
            ("Backup", notices.backup), ("Master", notices.master), ("Fault", notices.fault), ("Stop", notices.stop),
            ("Deleted", notices.deleted), ("Generic", notices.any), ("Master rx lower pri", notices.lowerPriority),
        ] {
            if let program { text.add("\(title) state transition script", self.program(program)) }
        }
    }

    private func add(_ script: TrackedScript, to text: inout DumpText) {
        let trackers = tracking { $0.scripts.first { $0.name == script.name } }
        let isGood = values[TrackedSubject(.script, script.name)].map { $0 == .well } ?? !script.beginsFailed
        text.add(" VRRP Script = \(script.name)")
        text.add("Command", script.program.quoted)
        text.add("Interval", "\(script.interval.components.seconds) sec")
        text.add("Timeout", "\(script.timeout == script.interval ? 0 : script.timeout.components.seconds) sec")
        text.add("Weight", trackers.first?.tracker.weightText ?? "0")
        text.add("Rise", script.rise)
        text.add("Fall", script.fall)
        text.add("Result", isGood ? script.rise + script.fall - 1 : 0)
        text.add("Insecure", "no")
        text.add("Init state", script.beginsFailed ? "failed" : "unknown")
        text.add("Status", isGood ? "GOOD" : "BAD")
        text.add("Script uid:gid", numbers(of: script.program))
        text.add("   VRRP instances :")
        addTracking(trackers, to: &text)
        text.add("State", "idle")
    }

    private func add(_ file: NumberedFile, to text: inout DumpText) {
        let trackers = tracking { $0.files.first { $0.name == file.name } }
        var number = 0
        if case .number(let value)? = values[TrackedSubject(.file, file.name)] { number = value }
        text.add(" Track file = \(file.name)")
        text.add("File", file.file.path)
        text.add("Status", number)
        text.add("Weight", trackers.first?.tracker.weightText ?? "1")
        addTracking(trackers, to: &text)
    }

    private func add(_ set: TrackedProcesses, to text: inout DumpText) {
        let trackers = tracking { $0.processes.first { $0.name == set.name } }
        text.add(" VRRP Track process = \(set.name)")
        text.add("Process", set.command)
        if !set.parameters.isEmpty { text.add("Parameters", set.parameters.joined(separator: " ")) }
        switch set.match {
        case .partial: text.add("Param match", "partial")
        case .initial: text.add("Param match", "initial")
        case .exact, nil: break
        }
        text.add("Min processes", set.quorum)
        if let most = set.most { text.add("Max processes", most) }
        text.add("Have quorum", (values[TrackedSubject(.process, set.name)] == .well).trueFalse)
        text.add("Weight", trackers.first?.tracker.weightText ?? "1")
        text.add("Terminate delay", "\(set.endDelay.dumpedSeconds)s")
        text.add("Fork delay", "\(set.startDelay.dumpedSeconds)s")
        text.add("Full command", set.comparesWholeCommand.trueFalse)
        addTracking(trackers, to: &text)
    }

    /// The routers that look at something, themselves or in a group, with their trackers.
    private func tracking(_ tracker: (Trackers) -> Tracker?) -> [(router: String, tracker: Tracker)] {
        let ofGroups = Dictionary(
            configuration.routing.groups.compactMap { group in tracker(group.trackers).map { (group.name, $0) } }
        ) { first, _ in first }
        return configuration.routing.routers.compactMap { router in
            let found = tracker(router.trackers) ?? groups[router.name].flatMap { ofGroups[$0] }
            return found.map { (router.name, $0) }
        }
    }

    private func addTracking(_ trackers: [(router: String, tracker: Tracker)], to text: inout DumpText) {
        guard !trackers.isEmpty else { return }
        text.add("   Tracking instances :")
        for (router, tracker) in trackers { text.add("     \(router), weight \(tracker.weightText)") }
    }
}

extension Tracker {
    /// `5 reverse`.
    fileprivate var weightText: String { "\(weight)\(isReversed ? " reverse" : "")" }
}
