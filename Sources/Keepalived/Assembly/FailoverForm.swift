import Addresses

/// Looks at what a file says about failover: whether names lead to something, and words go with each other.
struct FailoverForm {
    let words: FileWords
    var findings: Findings
    /// The names that trackers may lead to, by the word that gives them.
    private let names: [String: Set<String>]

    init(words: FileWords, findings: Findings) {
        self.words = words
        self.findings = findings
        let kinds = Set(Self.trackers.map(\.names))
        var names: [String: Set<String>] = [:]
        for entry in words.file.entries where kinds.contains(entry.rule.meaning) {
            if let name = entry.text { names[entry.rule.meaning, default: []].insert(name) }
        }
        self.names = names
    }

    /// The words for trackers, each with the word that gives the names in it.
    private static let trackers = [
        (word: "track_script", names: "vrrp_script"), (word: "track_file", names: "track_file"),
        (word: "track_process", names: "vrrp_track_process"), (word: "track_bfd", names: "bfd_instance"),
    ]

    /// The version of VRRP that holds where an instance says none.
    private var version: Int64 { words.globals.number("vrrp_version") ?? 2 }
    private var isStrict: Bool { words.globals.boolean("vrrp_strict") ?? false }

    mutating func check() {
        noteTwins("vrrp_instance", "an instance")
        noteTwins("vrrp_sync_group", "a group")
        noteTwins("vrrp_script", "a script")
        let instances = words.file.all("vrrp_instance")
        for entry in instances {
            guard let block = entry.block else { continue }
            checkInstance(block)
            checkTrackers(block)
        }
        noteSharedRouterIDs(instances.compactMap(\.block))
        noteSharedAddresses(instances.compactMap(\.block))
        let names = Set(instances.compactMap(\.text))
        for entry in words.file.all("vrrp_sync_group") {
            guard let block = entry.block else { continue }
            checkMembers(block, names)
            checkTrackers(block)
        }
        for block in words.file.blocks("vrrp_script") where !block.mentions("script") {
            findings.error("the program of the script is missing", at: block.keyword, expected: "script \"PROGRAM\"")
        }
        for entry in words.file.all("bfd_instance") where entry.block?.mentions("neighbor_ip") == false {
            findings.error(
                "the neighbour of the session is missing",
                at: entry.keyword,
                expected: "neighbor_ip ADDRESS"
            )
        }
    }

    /// Tells of names that are given twice.
    private mutating func noteTwins(_ word: String, _ kind: String) {
        var first: [String: Word] = [:]
        for entry in words.file.all(word) {
            guard let name = entry.text else { continue }
            note(name, "\(kind) \(name) is there already", at: entry.place, after: &first)
        }
    }

    /// Tells of what is there a second time, with the line of the first.
    private mutating func note<Identity: Hashable>(
        _ identity: Identity,
        _ message: @autoclosure () -> String,
        at word: Word,
        after first: inout [Identity: Word]
    ) {
        guard let other = first[identity] else { return first[identity] = word }
        findings.error(message(), at: word, note: "The first is in line \(other.place.line).")
    }

    /// Tells of instances that cannot be told apart on the wire.
    private mutating func noteSharedRouterIDs(_ instances: [CheckedBlock]) {
        struct Identity: Hashable {
            let interface: String
            let number: Int64
            let family: AddressFamily
        }
        var first: [Identity: Word] = [:]
        for block in instances where !block.has("unicast_peer") {
            guard let entry = block.entry("virtual_router_id"), let number = entry.number else { continue }
            let identity = Identity(
                interface: block.text("interface") ?? "",
                number: number,
                family: block.virtualAddresses.first?.address.family ?? .ipv4
            )
            note(
                identity,
                "the virtual router \(number) is there already on this interface",
                at: entry.place,
                after: &first
            )
        }
    }

    /// Tells of addresses that two instances have on one interface.
    private mutating func noteSharedAddresses(_ instances: [CheckedBlock]) {
        struct Place: Hashable {
            let interface: String
            let address: IPAddress
        }
        var first: [Place: Word] = [:]
        for block in instances {
            for entry in block.blocks("virtual_ipaddress").flatMap(\.entries) {
                guard case .address(let address)? = entry.values.first?.value else { continue }
                var interface = block.text("interface") ?? ""
                if case .text(let own)? = entry.values.dropFirst().first?.value { interface = own }
                note(
                    Place(interface: interface, address: address),
                    "\(address) is there already on this interface",
                    at: entry.place,
                    after: &first
                )
            }
        }
    }

    private mutating func checkMembers(_ block: CheckedBlock, _ names: Set<String>) {
        for member in block.blocks("group").flatMap(\.entries).flatMap(\.values) {
            guard case .text(let name) = member.value, !names.contains(name) else { continue }
            findings.error("there is no vrrp_instance \(name)", at: member.word)
        }
        if !block.mentions("group") {
            findings.error("the instances of the group are missing", at: block.keyword, expected: "group { NAME }")
        }
    }

    /// Tells of names of trackers that lead to nothing.
    private mutating func checkTrackers(_ block: CheckedBlock) {
        for tracker in Self.trackers {
            for entry in block.blocks(tracker.word).flatMap(\.entries) {
                guard let name = entry.text, names[tracker.names]?.contains(name) != true else { continue }
                findings.error("there is no \(tracker.names) \(name)", at: entry.place)
            }
        }
    }
}

// One instance.
extension FailoverForm {
    private mutating func checkInstance(_ block: CheckedBlock) {
        if !block.mentions("virtual_router_id") {
            findings.error("the instance has no virtual_router_id", at: block.keyword, expected: "virtual_router_id N")
        }
        if !block.mentions("interface"), !block.mentions("unicast_src_ip"), !block.mentions("vrf") {
            findings.error("the instance has no interface", at: block.keyword, expected: "interface NAME")
        }
        let isMaster = block.text("state") == "MASTER"
        let priority = block.number("priority")
        if priority == nil, isMaster, !block.mentions("priority") {
            findings.warning(
                "an instance in state MASTER that says no priority has 255",
                at: block.keyword,
                note: "No tracker can lower it then."
            )
        }
        checkPreemption(block, isMaster, priority)
        checkAddresses(block)
        checkAuthentication(block)
        let version = block.number("version") ?? self.version
        if version == 2, let entry = block.entry("advert_int"), let time = block.time("advert_int"),
            time.components.attoseconds != 0
        {
            findings.warning("version 2 counts whole seconds", at: entry.place)
        }
        if version == 3, let entry = block.entry("advert_int"), let time = block.time("advert_int"),
            time > .milliseconds(40_950)
        {
            findings.error("version 3 has at most 40.95 seconds", at: entry.place)
        }
        if block.boolean("strict_mode") ?? isStrict, let entry = block.entry("unicast_peer") {
            findings.warning("vrrp_strict has no peers by their addresses", at: entry.keyword)
        }
    }

    private mutating func checkPreemption(_ block: CheckedBlock, _ isMaster: Bool, _ priority: Int64?) {
        if let entry = block.entry("nopreempt"), priority == 255 {
            findings.warning("nopreempt does nothing with priority 255", at: entry.keyword)
        } else if let entry = block.entry("nopreempt"), isMaster {
            findings.warning("nopreempt does nothing in state MASTER", at: entry.keyword, expected: "state BACKUP")
        }
        guard let entry = block.entry("preempt_delay") else { return }
        if block.has("nopreempt") {
            findings.warning("preempt_delay does nothing with nopreempt", at: entry.keyword)
        } else if isMaster {
            findings.warning("preempt_delay does nothing in state MASTER", at: entry.keyword, expected: "state BACKUP")
        }
    }

    private mutating func checkAddresses(_ block: CheckedBlock) {
        let addresses = block.virtualAddresses
        guard let first = addresses.first else {
            // What could not be read has been told.
            guard !block.has("no_virtual_ipaddress"), block.blocks("virtual_ipaddress").allSatisfy(\.failed.isEmpty)
            else { return }
            if (block.number("version") ?? version) == 3 {
                findings.error(
                    "an instance of version 3 has no address",
                    at: block.keyword,
                    expected: "virtual_ipaddress"
                )
            } else {
                findings.warning("the instance has no address", at: block.keyword, expected: "virtual_ipaddress")
            }
            return
        }
        for (address, word) in addresses where address.family != first.address.family {
            findings.error(
                "\(address) is of another family than \(first.address)",
                at: word,
                expected: "an instance of its own, or virtual_ipaddress_excluded"
            )
        }
    }

    private mutating func checkAuthentication(_ block: CheckedBlock) {
        guard let authentication = block.blocks("authentication").last else { return }
        if let entry = authentication.entry("auth_pass"), let password = entry.text, password.utf8.count > 8 {
            findings.warning("a password has 8 letters, and the others do not count", at: entry.place)
        }
        let isStrict = block.boolean("strict_mode") ?? isStrict
        guard (block.number("version") ?? version) == 3 || isStrict, let entry = authentication.entry("auth_type")
        else { return }
        let ruler = isStrict ? "vrrp_strict" : "version 3"
        findings.warning("\(ruler) has no authentication", at: entry.keyword)
    }
}

extension CheckedBlock {
    /// The virtual addresses of an instance, with the words that they stand in.
    fileprivate var virtualAddresses: [(address: IPAddress, word: Word)] {
        blocks("virtual_ipaddress").flatMap(\.entries).flatMap(\.values).compactMap { value in
            if case .address(let address) = value.value { (address, value.word) } else { nil }
        }
    }
}
