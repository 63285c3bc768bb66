import Addresses
import Links

extension LinkStep {
    /// The command that does the same.
    var command: String {
        switch self {
        case .makeLink(let link, let name): "ip link add \(name) link \(link.parent) type \(link.kind.words)"
        case .switchLink(let name, let isOn): "ip link set \(name) \(isOn ? "up" : "down")"
        case .removeLink(let state): "ip link delete \(state.name)"
        case .set(let setting): setting.command
        case .addAddress(let address): "ip address add \(address.words)"
        case .changeAddress(let address): "ip address replace \(address.words)"
        case .returnAddress(let state): "ip address add \(state.address.words)"
        case .removeAddress(let address): "ip address delete \(address.words)"
        case .addRoute(let route): "ip \(route.family.option)route add \(route.words)"
        case .removeRoute(let route): "ip \(route.family.option)route delete \(route.words)"
        case .addRule(let rule): "ip \(rule.family.option)rule add \(rule.words)"
        case .removeRule(let rule): "ip \(rule.family.option)rule delete \(rule.words)"
        }
    }
}

extension AddressFamily {
    fileprivate var option: String { self == .ipv6 ? "-6 " : "" }
}

extension MadeLink.Kind {
    fileprivate var words: String {
        switch self {
        case .macvlan(let address):
            let digits = address.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined(separator: ":")
            return "macvlan mode private address \(digits)"
        case .ipvlan(.bridge): return "ipvlan mode l2 bridge"
        case .ipvlan(.isolated): return "ipvlan mode l2 private"
        case .ipvlan(.vepa): return "ipvlan mode l2 vepa"
        }
    }
}

extension InterfaceSetting {
    fileprivate var command: String {
        let file = kind.file
        // A full stop in the name of an interface would be one of the path.
        return "sysctl -w net/\(file.family)/conf/\(interface ?? "all")/\(file.name)=\(value)"
    }
}

extension LinkAddress {
    fileprivate var words: String {
        var words = [peer.map { "\(address) peer \($0)/\(prefixLength)" } ?? "\(address)/\(prefixLength)"]
        if let broadcast { words.append("broadcast \(broadcast)") }
        words.append("dev \(interface)")
        if scope != 0 { words.append("scope \(scope)") }
        if let label { words.append("label \(label)") }
        if options.contains(.skipsDuplicateDetection) { words.append("nodad") }
        if let preferredLifetime { words.append("preferred_lft \(preferredLifetime)") }
        return words.joined(separator: " ")
    }
}

extension Route {
    fileprivate var words: String {
        var words = kind == .unicast ? [] : ["\(kind)"]
        words.append(destination.map { "\($0.address)/\($0.length)" } ?? "default")
        for hop in hops {
            if hops.count > 1 { words.append("nexthop") }
            if let gateway = hop.gateway {
                words.append(gateway.family == family ? "via \(gateway)" : "via inet6 \(gateway)")
            }
            if let interface = hop.interface { words.append("dev \(interface)") }
            if hop.isOnLink { words.append("onlink") }
            if hops.count > 1 { words.append("weight \(hop.weight)") }
        }
        if let source { words.append("src \(source)") }
        if table != 254 { words.append("table \(table)") }
        if let priority { words.append("metric \(priority)") }
        if let scope { words.append("scope \(scope)") }
        words.append("proto \(maker)")
        return words.joined(separator: " ")
    }
}

extension RoutingRule {
    fileprivate var words: String {
        var words = ["priority \(priority)"]
        if isInverted { words.append("not") }
        if let from { words.append("from \(from.address)/\(from.length)") }
        if let to { words.append("to \(to.address)/\(to.length)") }
        if let incoming { words.append("iif \(incoming)") }
        if let outgoing { words.append("oif \(outgoing)") }
        if let mark { words.append(mark.mask == .max ? "fwmark \(mark.value)" : "fwmark \(mark.value)/\(mark.mask)") }
        switch action {
        case .lookup(let table): words.append("lookup \(table)")
        case .jump(let priority): words.append("goto \(priority)")
        case .nothing: words.append("nop")
        case .blackhole: words.append("blackhole")
        case .unreachable: words.append("unreachable")
        case .prohibit: words.append("prohibit")
        }
        words.append("protocol \(maker)")
        return words.joined(separator: " ")
    }
}
