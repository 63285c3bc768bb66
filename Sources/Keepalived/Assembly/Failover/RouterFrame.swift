import Addresses
import Failover

/// What all words of a virtual router are read by.
struct RouterFrame {
    let name: String
    let block: CheckedBlock
    /// The word that names it.
    let place: Word
    let family: AddressFamily
    let version: VirtualRouter.ProtocolVersion
    let isStrict: Bool
    let isMaster: Bool
    let priority: UInt8
    let interface: String?
    /// Whether trackers may not change its priority, because it is in a group.
    let isBound: Bool

    var isOwner: Bool { priority == 255 }

    init(_ name: String, _ block: CheckedBlock, at place: Word, _ defaults: RouterDefaults, isBound: Bool) {
        (self.name, self.block, self.place, self.isBound) = (name, block, place, isBound)
        isStrict = block.boolean("strict_mode") ?? defaults.isStrict
        family = block.routerFamily
        let said = block.number("version")
        let number = said ?? (family == .ipv6 ? 3 : defaults.version ?? 2)
        version = number == 3 || family == .ipv6 && isStrict ? .three : .two
        interface = block.text("interface")
        let state = block.text("state")
        let priority = block.number("priority").map { UInt8(clamping: $0) }
        // An owner that says no state begins as master, and so does one that says the state alone.
        self.priority = priority ?? (state == "MASTER" ? 255 : 100)
        let wantsMaster = state.map { $0 == "MASTER" } ?? (self.priority == 255)
        isMaster = isStrict ? self.priority == 255 : wantsMaster
    }

    /// The entry of a word that strict mode has no room for, where it is strict.
    func strictEntry(_ name: String) -> CheckedBlock.Entry? { isStrict ? block.entry(name) : nil }
}

extension CheckedBlock {
    /// The addresses in the blocks of a word, each with the word that it stands in.
    func interfaceAddresses(_ name: String) -> [(address: AddressWords, word: Word)] {
        blocks(name).flatMap(\.entries).flatMap(\.values).compactMap { value in
            if case .interfaceAddress(let address) = value.value { (address, value.word) } else { nil }
        }
    }

    /// The peers of a virtual router, each with the word that it stands in.
    var peers: [(peer: UnicastSettings.Peer, word: Word)] {
        blocks("unicast_peer").flatMap(\.entries).flatMap(\.values).compactMap { value in
            if case .peer(let peer) = value.value { (peer, value.word) } else { nil }
        }
    }

    /// The family of a virtual router: that of its first address, or of what else it says.
    var routerFamily: AddressFamily {
        if let first = interfaceAddresses("virtual_ipaddress").first { return first.address.address.family }
        if let first = peers.first { return first.peer.address.family }
        for name in ["unicast_src_ip", "mcast_src_ip", "mcast_dst_ip"] {
            if let address = address(name) { return address.family }
        }
        return has("native_ipv6") ? .ipv6 : .ipv4
    }
}
