import Addresses
import Configuration
import Failover
import IPVS
import Links

/// Makes what a file says of failover into a configuration.
struct FailoverAssembly {
    let words: FileWords
    let answers: ConfigurationAnswers
    let side: SideFiles
    let defaults: RouterDefaults
    /// The pools of the file, whose addresses virtual routers may have and which they may look at.
    let pools: [ReadPool]
    /// The pools by what makes them, as indices.
    let served: [Value.Identity: [Int]]
    /// The addresses of all of them.
    let servedAddresses: Set<IPAddress>
    /// Who gets mail; nil for nobody.
    let mail: MailAlert?
    var findings: Findings

    /// What is known of the trackers of the file by their names.
    var scripts: [String: ScriptWords] = [:]
    var processes: [String: WeightWords] = [:]
    /// The names that something looks at.
    var trackedNames: [TrackedKind: Set<String>] = [:]
    /// The priorities of rules that say none.
    var rulePriorities: [Place: UInt32] = [:]
    /// What strict mode turns off, in the order in which it was found.
    var turnedOff: [String] = []
    /// Whether it was told that an address of a virtual server stays open in strict mode.
    var isServedToldOnce = false

    /// A script with the weight that its block says.
    struct ScriptWords {
        let script: TrackedScript
        let weight: WeightWords
    }

    /// A weight and its sign.
    struct WeightWords {
        var number = 0
        var isReversed = false
    }

    /// What trackers are about.
    enum TrackedKind: Hashable {
        case script, file, process
    }

    init(
        _ words: FileWords,
        answers: ConfigurationAnswers,
        side: SideFiles,
        pools: [ReadPool],
        mail: MailAlert?,
        findings: Findings
    ) {
        self.words = words
        self.answers = answers
        self.side = side
        self.pools = pools
        served = Dictionary(grouping: pools.indices) { pools[$0].identity }
        servedAddresses = Set(
            pools.lazy.flatMap(\.virtual.services).compactMap { service in
                if case .endpoint(_, let endpoint) = service.key { endpoint.address } else { nil }
            }
        )
        self.mail = mail
        self.findings = findings
        defaults = RouterDefaults(words.globals)
    }

    /// The configuration; nil where the file has nothing to share.
    mutating func configuration(trackFiles: [String: TrackFile]) -> FailoverConfiguration? {
        var form = FailoverForm(words: words, findings: findings)
        form.check()
        findings = form.findings
        noteUnserved()
        assignRulePriorities()
        for entry in words.file.all("vrrp_script") { readScript(entry) }
        var configuration = FailoverConfiguration()
        configuration.routing.processes = words.file.all("vrrp_track_process").compactMap { readProcess($0) }
        let members = readGroups(into: &configuration, trackFiles)
        for entry in words.file.all("vrrp_instance") {
            guard let name = entry.text, let block = entry.block else { continue }
            let isBound = members[name].map { !$0.hasWeights } ?? false
            let frame = RouterFrame(name, block, at: entry.keyword, defaults, isBound: isBound)
            guard let router = router(frame, trackFiles) else { continue }
            configuration.routing.routers.append(router)
            configuration.routerNotices[name] = notices(of: block, inheriting: members[name]?.block)
        }
        readStatics(into: &configuration.routing)
        readPaces(into: &configuration.routing)
        readDelays(into: &configuration.routing)
        configuration.routing.settings = settings(of: configuration.routing.routers)
        configuration.routing.processes.removeAll { trackedNames[.process]?.contains($0.name) != true }
        configuration.scripts = words.file.all("vrrp_script").compactMap { entry in
            guard let name = entry.text, trackedNames[.script]?.contains(name) == true else { return nil }
            return scripts[name]?.script
        }
        configuration.files = trackFiles.sorted { $0.value.order < $1.value.order }.compactMap { name, file in
            trackedNames[.file]?.contains(name) == true ? NumberedFile(name, file: file.tracked) : nil
        }
        readProcess(of: &configuration)
        noteStrictness()
        let routing = configuration.routing
        let isEmpty =
            routing.routers.isEmpty && routing.addresses.isEmpty && routing.routes.isEmpty && routing.rules.isEmpty
        return isEmpty ? nil : configuration
    }

    /// A number that may be a name; nil for a name that nothing has, which is told.
    mutating func number(_ number: NamedNumber) -> UInt32? {
        switch number {
        case .number(let number): return number
        case .name(let word, let list):
            if let number = side.names[list]?.numbers[word.text], number <= list.largest { return number }
            findings.error(
                "there is no \(list.noun) \(word.text)",
                at: word,
                expected: "a number, or a name of \(words.sideNeeds.folders.last ?? "")/\(list.rawValue)"
            )
            return nil
        }
    }

    /// The interfaces, scripts and files that nobody can see from the file whether they are there wait for it; what cannot
    /// be had at all is told.
    private mutating func noteUnserved() {
        let globals = words.globals
        let management = [
            "enable_snmp_vrrp", "enable_snmp_rfc", "enable_snmp_rfcv2", "enable_snmp_rfcv3", "enable_dbus",
        ]
        if let entry = globals.entries.first(where: { management.contains($0.rule.meaning) }) {
            findings.warning(
                "neither SNMP nor DBus is served",
                at: entry.keyword,
                expected: "directrix vrrp status --json"
            )
        }
        for name in ["linkbeat_interfaces", "bfd_instance"] {
            guard let entry = words.file.entry(name) else { continue }
            findings.warning(
                name == "bfd_instance"
                    ? "a bfd_instance does nothing: this director speaks no BFD"
                    : "linkbeat_interfaces does nothing: the kernel tells of links",
                at: entry.keyword
            )
        }
        for name in ["vrrp_mcast_group4", "vrrp_mcast_group6"] {
            guard let entry = globals.entry(name), let group = globals.address(name) else { continue }
            let family: AddressFamily = name.hasSuffix("4") ? .ipv4 : .ipv6
            if !group.isMulticast || group.family != family {
                findings.error(
                    "\(group) is no multicast group of \(family == .ipv4 ? "IPv4" : "IPv6")",
                    at: entry.place
                )
            }
        }
    }

    /// Tells once what strict mode turns off.
    private mutating func noteStrictness() {
        guard !turnedOff.isEmpty else { return }
        let instances = words.file.blocks("vrrp_instance")
        let entry =
            words.globals.boolean("vrrp_strict") == true
            ? words.globals.entry("vrrp_strict")
            : instances.lazy.compactMap { $0.boolean("strict_mode") == true ? $0.entry("strict_mode") : nil }.first
        guard let entry else { return }
        findings.warning("strict mode turns off \(turnedOff.joined(separator: ", "))", at: entry.keyword)
    }

    /// Notes what strict mode turns off.
    mutating func turnOff(_ what: String) {
        if !turnedOff.contains(what) { turnedOff.append(what) }
    }
}
