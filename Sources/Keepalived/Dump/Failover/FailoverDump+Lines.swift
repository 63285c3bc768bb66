import Addresses
import Failover
import Links

// Addresses, routes and rules as keepalived has them in its dumps.

extension LinkAddress {
    /// `10.0.0.100/24 dev eth0 scope global set`.
    func dumpText(isSet: Bool, isTracked: Bool) -> String {
        let width: UInt8 = address.family == .ipv4 ? 32 : 128
        var words: [String] = []
        if let peer {
            words += ["\(address)", "peer", prefixLength == width ? "\(peer)" : "\(peer)/\(prefixLength)"]
        } else {
            words.append(prefixLength == width ? "\(address)" : "\(address)/\(prefixLength)")
        }
        if let broadcast { words += ["brd", "\(broadcast)"] }
        let scopes: [UInt8: String] = [0: "global", 200: "site", 253: "link", 254: "host", 255: "nowhere"]
        words += ["dev", interface, "scope", scopes[scope] ?? "\(scope)"]
        if let label { words += ["label", label] }
        if address.family == .ipv6 {
            switch preferredLifetime {
            case 0: words.append("deprecated")
            case let seconds?: words += ["preferred_lft", "\(seconds)"]
            case nil: words += ["preferred_lft", "forever"]
            }
        } else if let preferredLifetime {
            words += ["preferred_lft", "\(preferredLifetime)"]
        }
        for (option, word) in [
            (Options.home, "home"), (.managesTemporaries, "mngtmpaddr"), (.hasNoPrefixRoute, "noprefixroute"),
            (.joinsGroup, "autojoin"),
        ] where options.contains(option) { words.append(word) }
        if address.family == .ipv6, !options.contains(.skipsDuplicateDetection) { words.append("-nodad") }
        if !isTracked { words.append("no_track") }
        if isSet { words.append("set") }
        return words.joined(separator: " ")
    }
}

extension Route {
    /// `prepend 10.3.0.0/16 via inet 10.9.0.3 dev eth0 proto 18`.
    func dumpText(isTracked: Bool) -> String {
        var words = kind == .unicast ? ["prepend"] : ["add", "\(kind)"]
        words.append(destination.map { "\($0.address)/\($0.length)" } ?? "default")
        if let source { words += ["src", "\(source)"] }
        let isOne = hops.count == 1
        if isOne { words += Self.words(of: hops[0]) }
        if table != 254 { words += ["table", "\(table)"] }
        words += ["proto", "\(maker)"]
        if let scope { words += ["scope", "\(scope)"] }
        if let priority { words += ["metric", "\(priority)"] }
        if !isOne {
            for hop in hops {
                words += ["nexthop"] + Self.words(of: hop) + (hop.weight > 1 ? ["weight", "\(hop.weight)"] : [])
            }
        }
        if !isTracked { words.append("no_track") }
        return words.joined(separator: " ")
    }

    private static func words(of hop: Hop) -> [String] {
        var words: [String] = []
        if let gateway = hop.gateway { words += ["via", gateway.family == .ipv4 ? "inet" : "inet6", "\(gateway)"] }
        if let interface = hop.interface { words += ["dev", interface] }
        if hop.isOnLink { words.append("onlink") }
        return words
    }
}

extension RoutingRule {
    /// `from 10.9.0.0/24 priority 100 tos 0x0 protocol 18 lookup 77`.
    func dumpText(isTracked: Bool) -> String {
        var words = isInverted ? ["not"] : []
        words += ["from", from.map { "\($0.address)/\($0.length)" } ?? "all"]
        if let to { words += ["to", "\(to.address)/\(to.length)"] }
        words += ["priority", "\(priority)", "tos", "0x\(String(typeOfService, radix: 16))"]
        if let mark {
            words += ["fwmark", "0x\(String(mark.value, radix: 16))"]
            if mark.mask != .max { words[words.count - 1] += "/0x\(String(mark.mask, radix: 16))" }
        }
        if let incoming { words += ["iif", incoming] }
        if let outgoing { words += ["oif", outgoing] }
        if let users { words += ["uidrange", "\(users.first)-\(users.last)"] }
        if let transport { words += ["ipproto", "\(transport)"] }
        if let ports = sourcePorts { words += ["sport", "\(ports.first)-\(ports.last)"] }
        if let ports = destinationPorts { words += ["dport", "\(ports.first)-\(ports.last)"] }
        if usesInterfaceTable { words.append("l3mdev") }
        words += ["protocol", "\(maker)"]
        switch action {
        case .lookup(let table): words += ["lookup", "\(table)"]
        case .jump(let priority): words += ["goto", "\(priority)"]
        case .nothing: words += ["type", "nop"]
        case .blackhole: words += ["type", "blackhole"]
        case .unreachable: words += ["type", "unreachable"]
        case .prohibit: words += ["type", "prohibit"]
        }
        if !isTracked { words.append("no_track") }
        return words.joined(separator: " ")
    }
}
