import Addresses

// Addresses of interfaces, routes and rules, in the words of iproute2: their form.

extension ValueReader {
    /// Reads `A[/len] [dev IF] [scope S] [brd A|+|-] [label L] [peer A]` and further options.
    mutating func readInterfaceAddress() -> [ReadValue]? {
        guard let word = next() else { return nil }
        guard let address = prefix(word) else { return nil }
        var values = [ReadValue(value: .address(address), word: word)]
        while let option = next() {
            switch option.text {
            case "dev":
                guard let value = operand(of: option) else { return nil }
                values.append(ReadValue(value: .text(value.text), word: value))
            case "scope", "label", "preferred_lft", "track_group":
                guard operand(of: option) != nil else { return nil }
            case "brd", "broadcast":
                guard let value = operand(of: option) else { return nil }
                guard value.text == "+" || value.text == "-" || self.address(value) != nil else { return nil }
            case "peer":
                guard let value = operand(of: option) else { return nil }
                guard prefix(value) != nil else { return nil }
            case "home", "-nodad", "nodad", "mngtmpaddr", "noprefixroute", "autojoin", "no_track", "use_vmac": break
            default:
                findings.warning("\(option.text) is no option of an address, and does nothing", at: option)
            }
        }
        return values
    }

    /// An address with or without the length of its network.
    private mutating func prefix(_ word: Word) -> IPAddress? {
        let parts = word.text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        guard let address = parts.first.flatMap(IPAddress.init) else {
            findings.error("\(word.text) is no address", at: word, expected: "an IPv4 or IPv6 address")
            return nil
        }
        guard parts.count == 2 else { return address }
        let width: Int64 = address.family == .ipv4 ? 32 : 128
        if case .number(let length) = NumberText.whole(parts[1]), length <= width { return address }
        findings.warning(
            "\(parts[1]) is no length of a network, the whole address taken",
            at: word,
            expected: "a number to \(width)"
        )
        return address
    }

    /// A peer with limits of the TTL of what comes from it.
    mutating func readPeer() -> [ReadValue]? {
        guard let word = next(), let address = address(word) else { return nil }
        while let option = next() {
            guard option.text == "min_ttl" || option.text == "max_ttl" else {
                findings.warning("\(option.text) is no option of a peer, and does nothing", at: option)
                continue
            }
            guard let value = operand(of: option) else { return nil }
            guard number(value, in: 0...255) != nil else { return nil }
        }
        return [ReadValue(value: .address(address), word: word)]
    }

    /// Options of `ip route` that have a value, for which the form of the value is looked at or not.
    private static let routeOptions: Set<String> = [
        "dev", "oif", "table", "protocol", "scope", "metric", "priority", "preference", "tos", "dsfield", "mtu",
        "advmss",
        "rtt", "rttvar", "reordering", "window", "cwnd", "ssthresh", "rto_min", "initcwnd", "initrwnd", "hoplimit",
        "realms", "features", "quickack", "congctl", "pref", "ttl-propagate", "expires", "weight", "vrf", "track_group",
    ]
    private static let routeTypes: Set<String> = [
        "unicast", "local", "broadcast", "multicast", "throw", "unreachable", "prohibit", "blackhole", "nat",
    ]

    /// A route or a rule: that the addresses in it are addresses, and options have their values.
    mutating func readRoute(_ rule: ValueRule) -> [ReadValue]? {
        let first = words.first ?? keyword
        var hasTarget = false
        while let word = next() {
            switch word.text {
            case "via", "gw", "src", "from", "to", "or":
                guard var value = operand(of: word) else { return nil }
                if value.text == "inet" || value.text == "inet6" {
                    guard let second = operand(of: value) else { return nil }
                    value = second
                }
                guard isNetwork(value) else { return nil }
                hasTarget = true
            case let text where Self.routeOptions.contains(text):
                guard let value = operand(of: word) else { return nil }
                if value.text == "lock" { _ = next() }
            case let text where Self.routeTypes.contains(text) || text == "inet" || text == "inet6": break
            default:
                if case .rule = rule { continue }
                // What nothing introduces is where the route leads.
                guard !hasTarget || IPAddress(word.text) != nil else { continue }
                guard isNetwork(word) else { return nil }
                hasTarget = true
            }
        }
        return [ReadValue(value: .texts([]), word: first)]
    }

    private mutating func isNetwork(_ word: Word) -> Bool {
        if ["default", "default6", "any", "all"].contains(word.text) { return true }
        return prefix(word) != nil
    }
}
