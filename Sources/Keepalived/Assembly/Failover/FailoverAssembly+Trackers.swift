import Addresses
import Configuration
import Failover
import IPVS

// What virtual routers look at besides advertisements.
extension FailoverAssembly {
    mutating func readScript(_ entry: CheckedBlock.Entry) {
        guard let name = entry.text, let block = entry.block, let script = block.script("script") else { return }
        let usual = Duration.seconds(1)
        var tracked = TrackedScript(
            name,
            program: words.notice(
                Value.Script(arguments: script.arguments, account: block.account("user") ?? script.account),
                answers.accounts
            ),
            interval: block.time("interval") ?? usual
        )
        tracked.timeout = block.time("timeout") ?? tracked.interval
        tracked.rise = Int(clamping: block.number("rise") ?? 1)
        tracked.fall = Int(clamping: block.number("fall") ?? 1)
        tracked.beginsFailed = block.has("init_fail")
        scripts[name] = ScriptWords(script: tracked, weight: weight(block.entry("weight"), limit: 253))
    }

    mutating func readProcess(_ entry: CheckedBlock.Entry) -> TrackedProcesses? {
        guard let name = entry.text, let block = entry.block else { return nil }
        let texts = (block.entry("process")?.values ?? []).compactMap { value in
            if case .text(let text) = value.value { text } else { nil }
        }
        guard let command = texts.first else {
            if !block.mentions("process") {
                findings.error("the process is missing", at: block.keyword, expected: "process NAME")
            }
            return nil
        }
        var tracked = TrackedProcesses(name, command: command)
        tracked.parameters = Array(texts.dropFirst())
        if let entry = block.entry("param_match") {
            // Without parameters the word says that there must be none.
            tracked.match = tracked.parameters.isEmpty ? .exact : entry.text == "partial" ? .partial : .initial
            if entry.text == nil { tracked.match = .exact }
        } else if !tracked.parameters.isEmpty {
            tracked.match = .exact
        }
        // Parameters are looked for in the whole command.
        tracked.comparesWholeCommand = block.has("full_command") || tracked.match != nil
        tracked.most = block.number("quorum_max").map { Int(clamping: $0) }
        let most = tracked.most ?? .max
        tracked.quorum = block.number("quorum").map { Int(clamping: $0) } ?? min(1, most)
        if tracked.quorum > most, let entry = block.entry("quorum_max") {
            findings.error("the most is below the quorum", at: entry.place, expected: "at least \(tracked.quorum)")
        }
        let delay = block.time("delay") ?? .zero
        tracked.startDelay = block.time("fork_delay") ?? delay
        tracked.endDelay = block.time("terminate_delay") ?? delay
        // What a file says of a set has weight 1 unless it says another.
        processes[name] = block.entry("weight").map { weight($0, limit: 253) } ?? WeightWords(number: 1)
        return tracked
    }

    /// The weight and the sign of an entry, at most the limit.
    private mutating func weight(_ entry: CheckedBlock.Entry?, limit: Int) -> WeightWords {
        guard let entry else { return WeightWords() }
        return weight(entry.values[...], limit: limit) ?? WeightWords()
    }

    /// The weight that the values say; nil for none.
    private mutating func weight(_ values: ArraySlice<ReadValue>, limit: Int) -> WeightWords? {
        var weight: WeightWords?
        for value in values {
            if case .number(let number) = value.value {
                let bounded = max(-limit, min(limit, Int(clamping: number)))
                if bounded != number { findings.warning("\(number) is out of range, \(bounded) taken", at: value.word) }
                weight = WeightWords(number: bounded)
            } else if value.value == .text("reverse") {
                weight?.isReversed = true
            } else if value.value == .text("noreverse") {
                weight?.isReversed = false
            }
        }
        return weight
    }

    /// The trackers of an instance or a group.
    ///
    /// - Parameter frame: the instance; nil for a group, whose weights hold for all its members.
    mutating func trackers(
        of block: CheckedBlock,
        _ trackFiles: [String: TrackFile],
        _ frame: RouterFrame?
    ) -> Trackers {
        var trackers = Trackers()
        var known: Set<KnownTracker> = []
        for entry in lines("track_interface", of: block) {
            guard let name = entry.text else { continue }
            if let frame, name == frame.interface {
                findings.warning("its own interface is looked at in any case", at: entry.place)
                continue
            }
            let said = weight(entry.values.dropFirst(), limit: 253) ?? WeightWords()
            add(
                Tracker(name, weight: said.number, isReversed: said.isReversed),
                at: entry,
                .interface,
                to: &trackers,
                &known,
                frame
            )
        }
        for entry in lines("track_script", of: block) {
            guard let name = entry.text, let script = scripts[name] else { continue }
            let said = weight(entry.values.dropFirst(), limit: 253, over: script.weight)
            let tracker = Tracker(name, weight: said.number, isReversed: said.isReversed)
            if add(tracker, at: entry, .script, to: &trackers, &known, frame) {
                trackedNames[.script, default: []].insert(name)
            }
        }
        for entry in lines("track_file", of: block) {
            guard let name = entry.text, let file = trackFiles[name] else { continue }
            let usual = WeightWords(number: Int(file.weight.number), isReversed: file.weight.isReversed)
            let said = weight(entry.values.dropFirst(), limit: 254, over: usual)
            let tracker = Tracker(name, weight: said.number, isReversed: said.isReversed)
            if add(tracker, at: entry, .file, to: &trackers, &known, frame) {
                trackedNames[.file, default: []].insert(name)
            }
        }
        for entry in lines("track_process", of: block) {
            guard let name = entry.text, let usual = processes[name] else { continue }
            let said = weight(entry.values.dropFirst(), limit: 253, over: usual)
            let tracker = Tracker(name, weight: said.number, isReversed: said.isReversed)
            if add(tracker, at: entry, .process, to: &trackers, &known, frame) {
                trackedNames[.process, default: []].insert(name)
            }
        }
        for entry in lines("track_bfd", of: block) {
            findings.error(
                "this director speaks no BFD, and \(entry.text ?? "a session") would never be up",
                at: entry.place,
                expected: "track_script, or track_interface"
            )
        }
        for entry in lines("track_virtual_server", of: block) {
            guard let name = servedName(entry) else { continue }
            let said = weight(entry.values.dropFirst(), limit: 253) ?? WeightWords()
            add(
                Tracker(name, weight: said.number, isReversed: said.isReversed),
                at: entry,
                .server,
                to: &trackers,
                &known,
                frame
            )
        }
        return trackers
    }

    private func lines(_ name: String, of block: CheckedBlock) -> [CheckedBlock.Entry] {
        block.blocks(name).flatMap(\.entries)
    }

    private mutating func weight(
        _ values: ArraySlice<ReadValue>,
        limit: Int,
        over usual: WeightWords
    ) -> WeightWords {
        guard var said = weight(values, limit: limit) else { return usual }
        // A weight without a sign keeps that of what it is about.
        let hasSign = values.contains { $0.value == .text("reverse") || $0.value == .text("noreverse") }
        if !hasSign { said.isReversed = usual.isReversed }
        return said
    }

    /// What a tracker looks at.
    private enum Kind {
        case interface, script, file, process, server
    }

    /// Something that is looked at already.
    private struct KnownTracker: Hashable {
        let kind: Kind
        let name: String
    }

    /// Adds a tracker unless it is there already or may have no weight; whether it was added.
    @discardableResult
    private mutating func add(
        _ tracker: Tracker,
        at entry: CheckedBlock.Entry,
        _ kind: Kind,
        to trackers: inout Trackers,
        _ known: inout Set<KnownTracker>,
        _ frame: RouterFrame?
    ) -> Bool {
        var tracker = tracker
        let path: WritableKeyPath<Trackers, [Tracker]> =
            switch kind {
            case .interface: \.interfaces
            case .script: \.scripts
            case .file: \.files
            case .process: \.processes
            case .server: \.servers
            }
        guard known.insert(KnownTracker(kind: kind, name: tracker.name)).inserted else {
            findings.warning("\(tracker.name) is looked at already", at: entry.place)
            return false
        }
        if let frame, tracker.weight != 0, frame.isOwner || frame.isBound {
            let reason = frame.isOwner ? "an instance of priority 255" : "a member of a sync group"
            // What has no weight of its own means what it says; an interface of a member is a fault without it.
            let isUsual = (kind == .file || kind == .process) && tracker.weight == 1
            guard isUsual || kind == .interface && !frame.isOwner else {
                findings.warning(
                    "\(reason) has no weights, and \(tracker.name) is not looked at",
                    at: entry.place,
                    expected: frame.isOwner ? "weight 0" : "weight 0, or the tracker in the group"
                )
                return false
            }
            findings.warning(
                "\(reason) has no weights: when \(tracker.name) fails it is a fault",
                at: entry.place,
                expected: "weight 0"
            )
            tracker.weight = 0
        }
        trackers[keyPath: path].append(tracker)
        return true
    }

    /// The name of the pool that a line of `track_virtual_server` leads to; nil where it leads to none or to several.
    private mutating func servedName(_ entry: CheckedBlock.Entry) -> String? {
        guard case .identity(let identity)? = entry.values.first?.value else { return nil }
        var transport: TransportProtocol?
        if entry.values.count > 1, case .transport(let said) = entry.values[1].value { transport = said }
        let found = (served[identity] ?? []).map { pools[$0] }.filter { pool in
            transport == nil || pool.virtual.service.key.transport == transport
        }
        guard let pool = found.first else {
            findings.error("there is no such virtual_server", at: entry.place)
            return nil
        }
        guard found.count == 1 else {
            findings.error("several virtual servers are meant", at: entry.place, expected: "tcp, udp or sctp behind it")
            return nil
        }
        return pool.virtual.label ?? pool.virtual.voiceName
    }
}
