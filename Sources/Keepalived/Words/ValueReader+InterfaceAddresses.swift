import Addresses
import Failover
import Links

// Addresses of interfaces and of peers.

extension ValueReader {
    /// Reads `A[/len] [dev IF] [scope S] [brd A|+|-] [label L] [peer A]` and further options.
    mutating func readInterfaceAddress() -> [ReadValue]? {
        guard let word = next() else { return nil }
        guard let prefix = prefix(word) else { return nil }
        var address = AddressWords(prefix)
        while let option = next() {
            guard takeOption(option, into: &address) else { return nil }
        }
        return [ReadValue(value: .interfaceAddress(address), word: word)]
    }

    /// Takes an option with its value; whether that is right.
    private mutating func takeOption(_ option: Word, into address: inout AddressWords) -> Bool {
        switch option.text {
        case "home": address.options.insert(.home)
        case "mngtmpaddr": address.options.insert(.managesTemporaries)
        case "noprefixroute": address.options.insert(.hasNoPrefixRoute)
        case "autojoin": address.options.insert(.joinsGroup)
        case "-nodad": address.isAskedFor = true
        case "nodad": address.isAskedFor = false
        case "no_track": address.isTracked = false
        case "use_vmac": address.hasOwnLink = true
        case "dev", "scope", "label", "preferred_lft", "track_group", "brd", "broadcast", "peer":
            guard let value = operand(of: option) else { return false }
            return take(value, of: option, into: &address)
        default: findings.warning("\(option.text) is no option of an address, and does nothing", at: option)
        }
        return true
    }

    private mutating func take(_ value: Word, of option: Word, into address: inout AddressWords) -> Bool {
        switch option.text {
        case "dev":
            guard isInterface(value) else { return false }
            address.interface = value
        case "scope":
            guard let scope = named(value, in: .scopes) else { return false }
            address.scope = scope
        case "label":
            guard value.text.utf8.count <= 15 else {
                findings.error("\(value.text) is no label", at: value, expected: "at most 15 letters")
                return false
            }
            address.label = value.text
        case "preferred_lft":
            guard value.text != "forever" else {
                address.lifetime = .forever
                return true
            }
            guard let seconds = number(value, in: 0...Int64(UInt32.max) - 1) else { return false }
            address.lifetime = .seconds(UInt32(clamping: seconds))
        case "track_group": address.trackGroup = value
        case "peer":
            guard let peer = prefix(value) else { return false }
            guard peer.address.family == address.address.family else {
                findings.error("\(peer.address) is of another family than \(address.address)", at: value)
                return false
            }
            address.peer = peer
        default: return takeBroadcast(value, into: &address)
        }
        return true
    }

    private mutating func takeBroadcast(_ value: Word, into address: inout AddressWords) -> Bool {
        guard address.address.family == .ipv4 else {
            findings.error("an IPv6 address has no broadcast address", at: value)
            return false
        }
        switch value.text {
        case "+": address.broadcast = .highest
        case "-": address.broadcast = .lowest
        default:
            guard case .v4(let broadcast)? = self.address(value) else { return false }
            address.broadcast = .address(broadcast)
        }
        return true
    }

    /// An address with or without the length of its network.
    mutating func prefix(_ word: Word) -> AddressWords.Prefix? {
        let parts = word.text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        guard let address = parts.first.flatMap(IPAddress.init) else {
            findings.error("\(word.text) is no address", at: word, expected: "an IPv4 or IPv6 address")
            return nil
        }
        guard parts.count == 2 else { return AddressWords.Prefix(address: address) }
        let width: Int64 = address.family == .ipv4 ? 32 : 128
        if case .number(let length) = NumberText.whole(parts[1]), length <= width {
            return AddressWords.Prefix(address: address, length: UInt8(clamping: length))
        }
        findings.warning(
            "\(parts[1]) is no length of a network, the whole address taken",
            at: word,
            expected: "a number to \(width)"
        )
        return AddressWords.Prefix(address: address)
    }

    /// Whether a word can be the name of an interface, which is told where it cannot.
    mutating func isInterface(_ word: Word) -> Bool {
        if (1...15).contains(word.text.utf8.count), !word.text.utf8.contains(UInt8(ascii: "/")) { return true }
        findings.error("\(word.text) is no name of an interface", at: word, expected: "1 to 15 letters")
        return false
    }

    /// A number, or a name that a file of iproute2 may have for one.
    mutating func named(_ word: Word, in list: NumberList) -> NamedNumber? {
        if let number = NumberNames.number(word.text) {
            guard number <= list.largest else {
                findings.error("\(word.text) is out of range", at: word, expected: "a number from 0 to \(list.largest)")
                return nil
            }
            return .number(number)
        }
        if let number = list.known[word.text] { return .number(number) }
        guard let first = word.text.utf8.first, !(0x30...0x39).contains(first) else {
            findings.error("\(word.text) is no \(list.noun)", at: word, expected: "a number or a name")
            return nil
        }
        return .name(word, list)
    }

    /// A peer with limits of the TTL of what comes from it.
    mutating func readPeer() -> [ReadValue]? {
        guard let word = next(), let address = address(word) else { return nil }
        var limits: (least: UInt8?, most: UInt8?)
        while let option = next() {
            guard option.text == "min_ttl" || option.text == "max_ttl" else {
                findings.warning("\(option.text) is no option of a peer, and does nothing", at: option)
                continue
            }
            guard let value = operand(of: option) else { return nil }
            guard let hops = number(value, in: 0...255).map({ UInt8(clamping: $0) }) else { return nil }
            if option.text == "min_ttl" { limits.least = hops } else { limits.most = hops }
            guard (limits.least ?? 0) <= limits.most ?? 255 else {
                findings.error("the least TTL is above the most", at: value)
                return nil
            }
        }
        var peer = UnicastSettings.Peer(address)
        if limits.least != nil || limits.most != nil { peer.hops = (limits.least ?? 0)...(limits.most ?? 255) }
        return [ReadValue(value: .peer(peer), word: word)]
    }
}
