import Addresses
import Links

// Routing rules in the words of `ip rule`.

extension ValueReader {
    /// Reads a rule.
    mutating func readRule() -> [ReadValue]? {
        let first = words.first ?? keyword
        var draft = RuleDraft()
        while let word = next() {
            guard takeRuleWord(word, into: &draft) else { return nil }
        }
        return draft.rule(at: first, &findings).map { [ReadValue(value: .rule($0), word: first)] }
    }

    private mutating func takeRuleWord(_ word: Word, into draft: inout RuleDraft) -> Bool {
        switch word.text {
        case "inet", "inet6": draft.family = word.text == "inet" ? .ipv4 : .ipv6
        case "not": draft.words.rule.isInverted = true
        case "nop": draft.words.rule.action = .nothing
        case "l3mdev": draft.words.rule.usesInterfaceTable = true
        case "no_track": draft.words.isTracked = false
        case "blackhole", "unreachable", "prohibit", "unicast": return take(action: word, into: &draft)
        case "type":
            guard let value = operand(of: word) else { return false }
            return take(action: value, into: &draft)
        case "from", "to":
            guard let value = operand(of: word) else { return false }
            guard let target = target(value) else { return false }
            if word.text == "from" { draft.from = target } else { draft.to = target }
        case "table", "lookup", "preference", "order", "priority", "tos", "dsfield", "fwmark", "realms",
            "suppress_prefixlength", "sup_pl", "suppress_ifgroup", "sup_group", "dev", "iif", "oif", "uidrange",
            "protocol", "ipproto", "ip_proto", "sport", "dport", "goto", "track_group":
            guard let value = operand(of: word) else { return false }
            return take(value, of: word, into: &draft)
        case "tunnel-id", "tun_id":
            findings.error("\(word.text) is not supported in a rule", at: word)
            return false
        default:
            findings.error(
                "\(word.text) is no word of a rule",
                at: word,
                expected: word.text.hasPrefix("pref") || word.text == "prio" ? "priority" : nil
            )
            return false
        }
        return true
    }

    private mutating func take(action word: Word, into draft: inout RuleDraft) -> Bool {
        switch word.text {
        case "blackhole": draft.words.rule.action = .blackhole
        case "unreachable": draft.words.rule.action = .unreachable
        case "prohibit": draft.words.rule.action = .prohibit
        case "unicast": break
        default:
            findings.error(
                "\(word.text) is no type of a rule",
                at: word,
                expected: "unicast, blackhole, unreachable or prohibit"
            )
            return false
        }
        return true
    }

    private mutating func take(_ value: Word, of word: Word, into draft: inout RuleDraft) -> Bool {
        switch word.text {
        case "table", "lookup": return add(.table, value, .tables, to: &draft)
        case "protocol": return add(.maker, value, .protocols, to: &draft)
        case "tos", "dsfield": return add(.service, value, .services, to: &draft)
        case "suppress_ifgroup", "sup_group": return add(.group, value, .groups, to: &draft)
        case "preference", "order", "priority":
            guard let number = number(value, in: 0...Int64(UInt32.max)) else { return false }
            draft.words.rule.priority = UInt32(clamping: number)
            draft.words.hasPriority = true
        case "suppress_prefixlength", "sup_pl":
            guard let number = number(value, in: 0...128) else { return false }
            draft.words.rule.suppressedPrefixLength = UInt32(clamping: number)
        case "goto":
            guard let number = number(value, in: 1...Int64(UInt32.max)) else { return false }
            draft.words.rule.action = .jump(UInt32(clamping: number))
        case "realms":
            guard let (source, realm) = realms(value) else { return false }
            if let source { draft.words.parts.append(NumberedPart(kind: .sourceRealm, number: source)) }
            draft.words.parts.append(NumberedPart(kind: .realm, number: realm))
        case "dev", "iif", "oif":
            guard isInterface(value) else { return false }
            if word.text == "oif" {
                draft.words.rule.outgoing = value.text
            } else {
                draft.words.rule.incoming = value.text
            }
        case "fwmark":
            guard let mark = mark(value) else { return false }
            draft.words.rule.mark = mark
        case "uidrange":
            guard let users = range(value, to: .max, needsBoth: true) else { return false }
            draft.words.rule.users = users
        case "sport", "dport":
            guard let ports = range(value, to: 65535, needsBoth: false) else { return false }
            if word.text == "sport" {
                draft.words.rule.sourcePorts = ports
            } else {
                draft.words.rule.destinationPorts = ports
            }
        case "ipproto", "ip_proto": return takeTransport(value, into: &draft)
        default: draft.words.trackGroup = value
        }
        return true
    }

    private mutating func add(
        _ kind: NumberedPart.Kind,
        _ value: Word,
        _ list: NumberList,
        to draft: inout RuleDraft
    ) -> Bool {
        guard let number = named(value, in: list) else { return false }
        draft.words.parts.append(NumberedPart(kind: kind, number: number))
        return true
    }

    private static let transports: [String: UInt8] = [
        "icmp": 1, "igmp": 2, "tcp": 6, "udp": 17, "dccp": 33, "gre": 47, "esp": 50, "ah": 51, "icmpv6": 58,
        "ipv6-icmp": 58, "ospf": 89, "vrrp": 112, "sctp": 132, "udplite": 136,
    ]

    private mutating func takeTransport(_ value: Word, into draft: inout RuleDraft) -> Bool {
        if let number = Self.transports[value.text.lowercased()] {
            draft.words.rule.transport = number
        } else if case .number(let number) = NumberText.whole(value.text), number <= 255 {
            draft.words.rule.transport = UInt8(clamping: number)
        } else {
            findings.error("\(value.text) is no protocol above IP", at: value, expected: "a number to 255, or tcp")
            return false
        }
        return true
    }

    /// `M` or `M/MASK`, in decimal or hexadecimal digits.
    private mutating func mark(_ word: Word) -> RoutingRule.Mark? {
        let parts = word.text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        let numbers = parts.compactMap(NumberNames.number)
        guard numbers.count == parts.count, let value = numbers.first else {
            findings.error("\(word.text) is no mark", at: word, expected: "a number, or two with / between")
            return nil
        }
        return RoutingRule.Mark(value, mask: numbers.count == 2 ? numbers[1] : .max)
    }

    /// `N-M`, or one number where that is enough.
    private mutating func range(_ word: Word, to most: UInt32, needsBoth: Bool) -> RoutingRule.Range? {
        let parts = word.text.split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
        let numbers = parts.compactMap { part -> UInt32? in
            guard case .number(let number) = NumberText.whole(String(part)), number <= Int64(most) else { return nil }
            return UInt32(clamping: number)
        }
        guard numbers.count == parts.count, let first = numbers.first, let last = numbers.last, first <= last,
            !needsBoth || numbers.count == 2
        else {
            findings.error("\(word.text) is no range", at: word, expected: "two numbers to \(most) with - between")
            return nil
        }
        return RoutingRule.Range(first, last)
    }
}
