import Addresses
import Links

// Routes in the words of `ip route`.

extension ValueReader {
    /// Reads a route.
    mutating func readRoute() -> [ReadValue]? {
        let first = words.first ?? keyword
        var draft = RouteDraft()
        while let word = next() {
            guard takeRouteWord(word, into: &draft) else { return nil }
        }
        return draft.route(at: first, &findings).map { [ReadValue(value: .route($0), word: first)] }
    }

    private static let kinds: [String: Route.Kind] = [
        "unicast": .unicast, "local": .local, "broadcast": .broadcast, "multicast": .multicast, "throw": .throw,
        "unreachable": .unreachable, "prohibit": .prohibit, "blackhole": .blackhole,
    ]

    /// Words of routes that are rare, and not carried out.
    private static let unserved: Set<String> = [
        "nat", "encap", "congctl", "ttl-propagate", "vrf", "as", "append",
    ]

    private mutating func takeRouteWord(_ word: Word, into draft: inout RouteDraft) -> Bool {
        if let kind = Self.kinds[word.text] {
            draft.words.route.kind = kind
            return true
        }
        if Self.unserved.contains(word.text) {
            findings.error("\(word.text) is not supported in a route", at: word)
            return false
        }
        switch word.text {
        case "inet", "inet6": draft.family = word.text == "inet" ? .ipv4 : .ipv6
        case "onlink": draft.hop.isOnLink = true
        case "no_track": draft.words.isTracked = false
        // How the kernel puts it among others to the same place, which is all that keepalived's default does too.
        case "add", "prepend": break
        case "nexthop": return draft.beginHop(word, &findings)
        case "from", "to":
            guard let value = operand(of: word) else { return false }
            guard let target = target(value) else { return false }
            if word.text == "from" { draft.from = target } else { draft.setDestination(target) }
        case "via", "gw", "or": return takeGateway(word, into: &draft)
        case "src":
            guard let value = operand(of: word) else { return false }
            guard let source = address(value) else { return false }
            draft.words.route.source = source
        case let text where RouteMetric(rawValue: text) != nil: return takeMetric(word, into: &draft)
        case "dev", "oif", "tos", "dsfield", "table", "protocol", "scope", "metric", "priority", "preference",
            "realms", "pref", "expires", "weight", "track_group":
            guard let value = operand(of: word) else { return false }
            return take(value, of: word, into: &draft)
        default:
            // What nothing introduces is where the route leads.
            guard !draft.hasDestination else {
                findings.error("\(word.text) is no word of a route", at: word)
                return false
            }
            guard let target = target(word) else { return false }
            draft.setDestination(target)
        }
        return true
    }

    private mutating func takeGateway(_ word: Word, into draft: inout RouteDraft) -> Bool {
        guard var value = operand(of: word) else { return false }
        if value.text == "inet" || value.text == "inet6" {
            guard let second = operand(of: value) else { return false }
            value = second
        }
        guard let gateway = address(value) else { return false }
        switch word.text {
        case "or":
            findings.warning("or is an old word of a route", at: word, expected: "nexthop via \(gateway)")
            draft.addAlternative(gateway)
        case "gw":
            findings.warning("gw is an old word of a route", at: word, expected: "via")
            draft.hop.gateway = gateway
        default: draft.hop.gateway = gateway
        }
        return true
    }

    private mutating func take(_ value: Word, of word: Word, into draft: inout RouteDraft) -> Bool {
        switch word.text {
        case "dev", "oif":
            guard isInterface(value) else { return false }
            draft.hop.interface = value.text
        case "tos", "dsfield": return add(.service, value, .services, to: &draft)
        case "table": return add(.table, value, .tables, to: &draft)
        case "protocol": return add(.maker, value, .protocols, to: &draft)
        case "scope": return add(.scope, value, .scopes, to: &draft)
        case "metric", "priority", "preference":
            guard let number = number(value, in: 0...Int64(UInt32.max)) else { return false }
            draft.words.route.priority = UInt32(clamping: number)
        case "realms":
            guard let (source, realm) = realms(value) else { return false }
            if let source { draft.words.parts.append(NumberedPart(kind: .sourceRealm, number: source)) }
            draft.words.parts.append(NumberedPart(kind: .realm, number: realm))
        case "pref":
            let preferences: [String: Route.Preference] = ["low": .low, "medium": .medium, "high": .high]
            guard let preference = preferences[value.text] else {
                findings.error("\(value.text) is no preference", at: value, expected: "low, medium or high")
                return false
            }
            draft.words.route.preference = preference
        case "expires":
            guard let seconds = number(value, in: 0...Int64(UInt32.max)) else { return false }
            draft.lifetime = (UInt32(clamping: seconds), value)
        case "weight":
            guard draft.isInHop else {
                findings.error("weight is a word of nexthop", at: word)
                return false
            }
            guard let weight = number(value, in: 1...256) else { return false }
            draft.hop.weight = UInt16(clamping: weight)
        default: draft.words.trackGroup = value
        }
        return true
    }

    private mutating func add(
        _ kind: NumberedPart.Kind,
        _ value: Word,
        _ list: NumberList,
        to draft: inout RouteDraft
    ) -> Bool {
        guard let number = named(value, in: list) else { return false }
        draft.words.parts.append(NumberedPart(kind: kind, number: number))
        return true
    }

    private mutating func takeMetric(_ word: Word, into draft: inout RouteDraft) -> Bool {
        guard let metric = RouteMetric(rawValue: word.text), var value = operand(of: word) else { return false }
        let isLocked = value.text == "lock"
        if isLocked {
            guard let second = operand(of: value) else { return false }
            value = second
        }
        guard let number = metric.value(value.text) else {
            findings.error("\(value.text) is no \(word.text)", at: value, expected: metric.expected)
            return false
        }
        draft.set(metric, number, isLocked: isLocked)
        return true
    }

    /// Where a route leads or a rule looks: a network, or everywhere.
    mutating func target(_ word: Word) -> RouteTarget? {
        switch word.text {
        case "default", "any", "all": return RouteTarget(family: nil, network: nil)
        case "default6":
            findings.warning("default6 is an old word", at: word, expected: "inet6 default")
            return RouteTarget(family: .ipv6, network: nil)
        default: break
        }
        guard let prefix = prefix(word) else { return nil }
        let length = prefix.length ?? (prefix.address.family == .ipv4 ? 32 : 128)
        guard length > 0 else { return RouteTarget(family: prefix.address.family, network: nil) }
        let network = prefix.address.network(length)
        if network != prefix.address {
            findings.warning(
                "\(word.text) has bits beyond its length, which do not count",
                at: word,
                expected: "\(network)/\(length)"
            )
        }
        return RouteTarget(family: network.family, network: NetworkPrefix(network, length: length))
    }

    /// `REALM` or `SOURCE/REALM`.
    mutating func realms(_ word: Word) -> (source: NamedNumber?, realm: NamedNumber)? {
        let parts = word.text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        var offset = 0
        var numbers: [NamedNumber] = []
        for part in parts {
            let word = Word(
                text: String(part),
                isQuoted: word.isQuoted,
                place: word.place.advanced(by: offset),
                length: part.utf8.count
            )
            guard let number = named(word, in: .realms) else { return nil }
            numbers.append(number)
            offset += part.utf8.count + 1
        }
        guard let last = numbers.last else { return nil }
        return (numbers.count == 2 ? numbers[0] : nil, last)
    }
}
