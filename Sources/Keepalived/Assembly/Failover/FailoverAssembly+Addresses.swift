import Addresses
import Failover
import Links

// Addresses of virtual routers and of the machine.
extension FailoverAssembly {
    /// The most addresses that an advertisement has.
    private static let mostAdvertised = 255

    /// The addresses of a virtual router: those that it advertises, and the others.
    mutating func addresses(_ frame: RouterFrame) -> (advertised: [VirtualAddress], others: [VirtualAddress]) {
        let block = frame.block
        var known: Set<LinkAddress> = []
        var lists: [[VirtualAddress]] = []
        for name in ["virtual_ipaddress", "virtual_ipaddress_excluded"] {
            var list: [VirtualAddress] = []
            for (words, word) in block.interfaceAddresses(name) {
                if name == "virtual_ipaddress", words.address.family != frame.family {
                    findings.error(
                        "\(words.address) is of another family than the first address",
                        at: word,
                        expected: "an instance of its own, or virtual_ipaddress_excluded"
                    )
                }
                guard let address = address(words, at: word, on: frame.interface ?? defaults.interface) else {
                    continue
                }
                guard known.insert(LinkAddress(address.address, on: address.interface)).inserted else {
                    findings.warning("\(address.address) is there already", at: word)
                    continue
                }
                var virtual = VirtualAddress(address)
                virtual.isTracked = words.isTracked
                let isElsewhere = address.interface != frame.interface || address.address.family != frame.family
                virtual.hasOwnLink = isElsewhere && (words.hasOwnLink || block.has("use_vmac_addr"))
                if let group = words.trackGroup {
                    findings.warning("track_group is a word of static addresses", at: group)
                }
                list.append(virtual)
            }
            lists.append(list)
        }
        noteCount(lists[0], frame)
        guard lists[0].count > Self.mostAdvertised else { return (lists[0], lists[1]) }
        return (
            Array(lists[0].prefix(Self.mostAdvertised)), lists[1] + Array(lists[0].dropFirst(Self.mostAdvertised))
        )
    }

    private mutating func noteCount(_ addresses: [VirtualAddress], _ frame: RouterFrame) {
        let block = frame.block
        guard let first = addresses.first else {
            // What could not be read has been told.
            guard !block.has("no_virtual_ipaddress"), block.blocks("virtual_ipaddress").allSatisfy({ !$0.hasFailures })
            else { return }
            if frame.version == .three || frame.isStrict {
                findings.error(
                    frame.isStrict
                        ? "strict mode has no instance without an address"
                        : "an instance of version 3 has no address",
                    at: block.keyword,
                    expected: "virtual_ipaddress, or no_virtual_ipaddress"
                )
            } else {
                findings.warning("the instance has no address", at: block.keyword, expected: "virtual_ipaddress")
            }
            return
        }
        let place = block.interfaceAddresses("virtual_ipaddress")
        if addresses.count > Self.mostAdvertised, place.count > Self.mostAdvertised {
            findings.warning(
                "an advertisement has at most 255 addresses, and those from here on are not in it",
                at: place[Self.mostAdvertised].word,
                expected: "virtual_ipaddress_excluded"
            )
        }
        if frame.isStrict, !block.has("unicast_peer"), case .v6(let address) = first.address.address,
            !address.isLinkLocal, let word = place.first?.word
        {
            findings.warning("in strict mode the first IPv6 address is link-local", at: word, expected: "fe80::/10")
        }
    }

    /// An address of an interface; nil where a name in it leads to nothing, which is told.
    mutating func address(_ words: AddressWords, at word: Word, on interface: String) -> LinkAddress? {
        let isOld = words.address.family == .ipv4
        var address = LinkAddress(
            words.address,
            prefixLength: words.peer.map { $0.length ?? (isOld ? 32 : 128) } ?? words.length,
            on: words.interface?.text ?? interface
        )
        if let peer = words.peer {
            address.peer = peer.address
            if let length = words.length, length != (isOld ? 32 : 128) {
                findings.warning("the length is that of the peer, and this one does not count", at: word)
            }
        }
        if let scope = words.scope {
            guard let number = number(scope) else { return nil }
            if isOld {
                address.scope = UInt8(clamping: number)
            } else {
                findings.warning("IPv6 addresses have their scope by themselves", at: word)
            }
        }
        if isOld {
            address.label = words.label
            address.broadcast = broadcast(of: words, address.prefixLength)
        } else if words.label != nil {
            findings.warning("IPv6 addresses have no label", at: word)
        }
        address.options = isOld ? words.options.intersection([.hasNoPrefixRoute, .joinsGroup]) : words.options
        if !isOld, !words.isAskedFor { address.options.insert(.skipsDuplicateDetection) }
        switch words.lifetime {
        case .seconds(let seconds): address.preferredLifetime = seconds
        case .forever: address.preferredLifetime = nil
        // An address by itself is never a source, unless it is said.
        case nil: address.preferredLifetime = !isOld && address.prefixLength == 128 ? 0 : nil
        }
        return address
    }

    private func broadcast(of words: AddressWords, _ length: UInt8) -> IPv4Address? {
        guard case .v4(let address) = words.address else { return nil }
        let host: UInt32 = length >= 32 ? 0 : UInt32.max >> UInt32(length)
        switch words.broadcast {
        case .address(let broadcast): return broadcast
        case .highest: return IPv4Address(value: address.value | host)
        case .lowest: return IPv4Address(value: address.value & ~host)
        case nil: return nil
        }
    }
}
