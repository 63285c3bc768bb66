import Configuration
import Failover
import Links

// Routes and rules, of virtual routers and of the machine.
extension FailoverAssembly {
    /// The priority of the first rule that says none.
    private static let firstRulePriority: UInt32 = 16_384

    /// The routes in the blocks of a word, with names as numbers.
    mutating func routes(of block: CheckedBlock, _ name: String) -> [(words: RouteWords, place: Word)] {
        var routes: [(RouteWords, Word)] = []
        for value in block.blocks(name).flatMap(\.entries).flatMap(\.values) {
            guard case .route(var words) = value.value else { continue }
            guard resolve(&words) else { continue }
            routes.append((words, value.word))
        }
        return routes
    }

    private mutating func resolve(_ words: inout RouteWords) -> Bool {
        guard let numbers = numbers(of: words.parts) else { return false }
        words.route.maker = numbers[.maker].map { UInt8(clamping: $0) } ?? routeMaker
        if let table = numbers[.table] { words.route.table = table == 0 ? 254 : table }
        if let scope = numbers[.scope] { words.route.scope = UInt8(clamping: scope) }
        if let service = numbers[.service] { words.route.typeOfService = UInt8(clamping: service) }
        words.route.realms = Self.realms(numbers)
        return true
    }

    /// The numbers of parts, the last of each kind; nil where a name has none, which is told.
    private mutating func numbers(of parts: [NumberedPart]) -> [NumberedPart.Kind: UInt32]? {
        var numbers: [NumberedPart.Kind: UInt32] = [:]
        for part in parts {
            guard let number = number(part.number) else { return nil }
            numbers[part.kind] = number
        }
        return numbers
    }

    /// Both realms as the kernel has them in one number; nil where none is said.
    private static func realms(_ numbers: [NumberedPart.Kind: UInt32]) -> UInt32? {
        numbers[.realm].map { (numbers[.sourceRealm] ?? 0) << 16 | $0 & 0xffff }
    }

    /// The rules in the blocks of a word, with names as numbers and a priority each.
    mutating func rules(of block: CheckedBlock, _ name: String) -> [(words: RuleWords, place: Word)] {
        var rules: [(RuleWords, Word)] = []
        for value in block.blocks(name).flatMap(\.entries).flatMap(\.values) {
            guard case .rule(var words) = value.value else { continue }
            guard resolve(&words) else { continue }
            if let priority = rulePriorities[value.word.place] { words.rule.priority = priority }
            rules.append((words, value.word))
        }
        return rules
    }

    private mutating func resolve(_ words: inout RuleWords) -> Bool {
        guard let numbers = numbers(of: words.parts) else { return false }
        words.rule.maker = numbers[.maker].map { UInt8(clamping: $0) } ?? routeMaker
        if let table = numbers[.table] { words.rule.action = .lookup(table == 0 ? 254 : table) }
        if let service = numbers[.service] { words.rule.typeOfService = UInt8(clamping: service) }
        if let group = numbers[.group] { words.rule.suppressedGroup = group }
        words.rule.realms = Self.realms(numbers)
        return true
    }

    /// Gives rules without a priority one each, downwards in the order of the file, as keepalived does.
    mutating func assignRulePriorities() {
        var next = Self.firstRulePriority
        for entry in words.file.entries {
            guard let block = entry.block else { continue }
            let lines =
                entry.rule.meaning == "static_rules"
                ? block.entries : block.blocks("virtual_rules").flatMap(\.entries)
            for value in lines.flatMap(\.values) {
                guard case .rule(let words) = value.value, !words.hasPriority else { continue }
                findings.warning(
                    "a rule without a priority gets \(next), which may not be what is wanted",
                    at: value.word,
                    expected: "priority N"
                )
                rulePriorities[value.word.place] = next
                next = max(1, next - 1)
            }
        }
    }

    /// The number by which routes and rules are known as ours.
    var routeMaker: UInt8 {
        words.globals.text("vrrp_route_protocol").flatMap { text in
            NumberNames.number(text) ?? NumberList.protocols.known[text] ?? side.names[.protocols]?.numbers[text]
        }.flatMap { UInt8(exactly: $0) } ?? 18
    }
}

// What is there as long as the process runs.
extension FailoverAssembly {
    mutating func readStatics(into routing: inout RouterSet) {
        readTrackGroups(into: &routing)
        let groups = Set(routing.trackGroups.keys)
        for (words, word) in words.file.interfaceAddresses("static_ipaddress") {
            guard let address = address(words, at: word, on: defaults.interface) else { continue }
            var entry = StaticEntry(address)
            entry.trackGroup = trackGroup(words.trackGroup, among: groups)
            entry.isTracked = words.isTracked
            if words.hasOwnLink { findings.warning("use_vmac is a word of virtual addresses", at: word) }
            routing.addresses.append(entry)
        }
        for (words, _) in routes(of: words.file, "static_routes") {
            var entry = StaticEntry(words.route)
            entry.trackGroup = trackGroup(words.trackGroup, among: groups)
            entry.isTracked = words.isTracked
            routing.routes.append(entry)
        }
        for (words, _) in rules(of: words.file, "static_rules") {
            var entry = StaticEntry(words.rule)
            entry.trackGroup = trackGroup(words.trackGroup, among: groups)
            entry.isTracked = words.isTracked
            routing.rules.append(entry)
        }
    }

    private mutating func trackGroup(_ word: Word?, among groups: Set<String>) -> String? {
        guard let word else { return nil }
        if groups.contains(word.text) { return word.text }
        findings.error("there is no track_group \(word.text)", at: word)
        return nil
    }

    private mutating func readTrackGroups(into routing: inout RouterSet) {
        let names = Set(words.file.all("vrrp_instance").compactMap(\.text))
        for entry in words.file.all("track_group") {
            guard let name = entry.text, let block = entry.block else { continue }
            var members: [String] = []
            var known: Set<String> = []
            for member in block.blocks("group").flatMap(\.entries).flatMap(\.values) {
                guard case .text(let name) = member.value else { continue }
                if !names.contains(name) {
                    findings.error("there is no vrrp_instance \(name)", at: member.word)
                } else if known.insert(name).inserted {
                    members.append(name)
                }
            }
            if routing.trackGroups[name] != nil {
                findings.error("the track_group \(name) is there already", at: entry.place)
            }
            if members.isEmpty, !block.mentions("group") {
                findings.warning(
                    "the track_group \(name) has no instances",
                    at: entry.place,
                    expected: "group { NAME }"
                )
            }
            routing.trackGroups[name] = members
        }
    }
}
