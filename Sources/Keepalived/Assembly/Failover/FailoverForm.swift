import Addresses
import Failover

/// Looks at what a file says about failover as a whole: whether names lead to something, and instances can be told apart.
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
        (word: "track_process", names: "vrrp_track_process"),
    ]

    mutating func check() {
        noteTwins("vrrp_instance", "an instance")
        noteTwins("vrrp_sync_group", "a group")
        noteTwins("vrrp_script", "a script")
        noteTwins("vrrp_track_process", "a set of processes")
        let instances = words.file.all("vrrp_instance")
        for entry in instances { entry.block.map { checkTrackers($0) } }
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

    /// Tells of instances that cannot be told apart on the wire: of one group of multicast, or with a peer in common.
    private mutating func noteSharedRouterIDs(_ instances: [CheckedBlock]) {
        struct Identity: Hashable {
            let interface: String
            let number: Int64
            let family: AddressFamily
            let counterpart: IPAddress?
        }
        var first: [Identity: Word] = [:]
        for block in instances {
            guard let entry = block.entry("virtual_router_id"), let number = entry.number else { continue }
            let peers = block.peers.map(\.peer.address)
            // Of those with a peer in common one is enough to be told.
            for counterpart in peers.isEmpty ? [block.address("mcast_dst_ip")] : peers.map(Optional.some) {
                let identity = Identity(
                    interface: block.text("interface") ?? "",
                    number: number,
                    family: block.routerFamily,
                    counterpart: counterpart
                )
                let isTold = first[identity].map { $0 != entry.place } ?? false
                note(
                    identity,
                    "the virtual router \(number) is there already on this interface",
                    at: entry.place,
                    after: &first
                )
                if isTold { break }
            }
        }
    }

    /// Tells of addresses that two instances have on one interface.
    private mutating func noteSharedAddresses(_ instances: [CheckedBlock]) {
        struct Place: Hashable {
            let interface: String
            let address: IPAddress
        }
        var first: [Place: (word: Word, instance: Int)] = [:]
        let usual = words.globals.text("default_interface") ?? "eth0"
        for (index, block) in instances.enumerated() {
            for name in ["virtual_ipaddress", "virtual_ipaddress_excluded"] {
                for (address, word) in block.interfaceAddresses(name) {
                    let interface = address.interface?.text ?? block.text("interface") ?? usual
                    let place = Place(interface: interface, address: address.address)
                    guard let other = first[place] else {
                        first[place] = (word, index)
                        continue
                    }
                    // Twice in one instance is once.
                    guard other.instance != index else { continue }
                    findings.error(
                        "\(address.address) is there already on this interface",
                        at: word,
                        note: "The first is in line \(other.word.place.line)."
                    )
                }
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
