import Addresses
import Testing

/// What keepalived did over time, and what is right of it, played through the director without a network.
struct ScenarioTests {
    @Test func thereAreScenarios() {
        #expect(Scenario.names.count == 61)
        #expect(Set(ScenarioDifference.all.map(\.name)).isSubset(of: Scenario.names))
    }

    @Test(arguments: Scenario.names)
    func whatStandsIsRight(name: String) throws {
        let limits = try play(name) { look(at: $0, $1, $2, of: name) }
        #expect(limits == [])
    }

    /// Plays a scenario, and has each interval looked at when it is over.
    ///
    /// - Returns: what the lab lacks for it.
    private func play(_ name: String, _ look: (ScenarioStage, Int, Scenario) -> Void) throws -> Set<String> {
        let scenario = try Scenario(named: name)
        var stage = ScenarioStage(scenario)
        let turns = scenario.turns
        try #require(turns.count == scenario.intervals.count)
        for (index, turn) in turns.enumerated() {
            stage.pass(to: turn[0].moment)
            look(stage, index, scenario)
            stage.forget()
            for event in turn {
                stage.pass(to: event.moment)
                stage.take(event.deed)
            }
        }
        return stage.limits
    }

    /// Looks at an interval that is over.
    private func look(at stage: ScenarioStage, _ index: Int, _ scenario: Scenario, of name: String) {
        let (right, key) = (scenario.right, String(index))
        let difference = ScenarioDifference.all.first { $0.name == name && $0.interval == index }
        let why = Comment(rawValue: "interval \(index)\(difference.map { ": \($0.why)" } ?? "")")
        let may = Set((right.may?[key] ?? []).map { "  \($0)" })
        let recorded = right.table?[key] ?? scenario.intervals[index].table ?? []
        let wanted = sorted((difference?.table ?? recorded).map(shortened))
        #expect(stage.table.filter { !may.contains($0) } == wanted.filter { !may.contains($0) }, why)
        if stage.hasFIFO {
            let told = difference?.lines ?? right.fifo?[key] ?? scenario.intervals[index].fifo ?? []
            #expect(states(stage.lines) == states(told), why)
        }
        if let commands = right.commands?[key] { #expect(stage.commands == commands, "interval \(index)") }
        for line in right.never?[key] ?? [] {
            #expect(!stage.tables.contains { $0.contains("  \(line)") }, "\(line) in interval \(index)")
        }
        if right.never_without_weight?.contains(index) ?? false {
            let empty = stage.tables.first { !isServed($0, "tcp 10.2.0.100:80") }
            #expect(empty == nil, "interval \(index)")
        }
    }

    /// Lines by what they are about, those of one object in order.
    private func states(_ lines: [String]) -> [String: [Substring]] {
        Dictionary(grouping: lines) { String($0.prefix(upTo: $0.lastIndex(of: " ") ?? $0.endIndex)) }
            .mapValues { $0.compactMap { $0.split(separator: " ").last } }
    }

    /// Whether a destination of a service has weight.
    private func isServed(_ table: [String], _ service: String) -> Bool {
        guard let start = table.firstIndex(where: { $0.hasPrefix("\(service) ") }) else { return false }
        return table[(start + 1)...].prefix { $0.hasPrefix("  ") }.contains { !$0.hasSuffix(" 0") }
    }

    /// A line with its IPv6 address as it is written here.
    private func shortened(_ line: String) -> String {
        guard let open = line.firstIndex(of: "["), let close = line.firstIndex(of: "]"),
            let address = IPAddress(String(line[line.index(after: open)..<close]))
        else { return line }
        return "\(line[..<open])[\(address)\(line[close...])"
    }

    /// A table with its services and their destinations in order.
    private func sorted(_ table: [String]) -> [String] {
        var services: [[String]] = []
        for line in table {
            if line.hasPrefix("  "), !services.isEmpty {
                services[services.count - 1].append(line)
            } else {
                services.append([line])
            }
        }
        return services.map { [$0[0]] + $0.dropFirst().sorted() }.sorted { $0[0] < $1[0] }.flatMap { $0 }
    }
}
