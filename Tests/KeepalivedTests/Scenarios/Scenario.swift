import Foundation
import TestKit

/// A recording of keepalived over time, and what is right of it.
struct Scenario: Decodable {
    let config: String
    let options: [String]
    let files: [String: String]
    /// What listens before the start.
    let servers: [Deed]
    let events: [Event]
    let intervals: [Interval]
    let right: Right

    /// A word, a number, or something else that a deed is made of.
    enum Item: Decodable, Hashable {
        case text(String)
        case number(Double)
        case flag(Bool)
        case mode(ScenarioServer.Mode)
        case other

        init(from decoder: any Decoder) throws {
            let value = try decoder.singleValueContainer()
            if let text = try? value.decode(String.self) {
                self = .text(text)
            } else if let flag = try? value.decode(Bool.self) {
                self = .flag(flag)
            } else if let number = try? value.decode(Double.self) {
                self = .number(number)
            } else if let mode = try? value.decode(ScenarioServer.Mode.self) {
                self = .mode(mode)
            } else {
                self = .other
            }
        }
    }

    /// Something that happens: a kind, and what it is about.
    struct Deed: Hashable {
        let items: [Item]

        /// The text in a place; empty where there is none.
        subscript(place: Int) -> String {
            guard items.indices.contains(place), case .text(let text) = items[place] else { return "" }
            return text
        }

        /// The number in a place; 0 where there is none.
        func number(_ place: Int) -> UInt16 {
            guard items.indices.contains(place), case .number(let number) = items[place] else { return 0 }
            return UInt16(number)
        }

        /// The manner of a server in a place; nil where there is none.
        func mode(_ place: Int) -> ScenarioServer.Mode? {
            guard items.indices.contains(place), case .mode(let mode) = items[place] else { return nil }
            return mode
        }
    }

    /// A deed with its moment, in seconds from the start.
    struct Event {
        let moment: Double
        let deed: Deed
    }

    /// What was seen between events that belong together.
    struct Interval: Decodable {
        var table: [String]?
        var fifo: [String]?
    }

    /// In what the right thing differs from the recording, by intervals.
    struct Right: Decodable {
        var table: [String: [String]]?
        var fifo: [String: [String]]?
        var commands: [String: [String]]?
        /// Lines of servers that must not stand at any moment.
        var never: [String: [String]]?
        /// Lines that may stand although the recording has not got them.
        var may: [String: [String]]?
        /// The intervals in which somebody has weight from the first one on.
        var never_without_weight: [Int]?
    }

    /// Reads the scenario of that name.
    init(named name: String) throws {
        let bytes = try SourceTree.bytes(of: "Fixtures/keepalived/scenarios/\(name).json")
        self = try JSONDecoder().decode(Scenario.self, from: Data(bytes))
    }

    /// The names of all scenarios.
    static let names: [String] = {
        let files = (try? SourceTree.names(in: "Fixtures/keepalived/scenarios")) ?? []
        return files.filter { $0.hasSuffix(".json") }.map { String($0.dropLast(5)) }.sorted()
    }()

    /// The events that share an interval's beginning; the end has its own.
    var turns: [[Event]] {
        events.reduce(into: []) { turns, event in
            if let first = turns.last?.first, event.moment - first.moment <= 0.15, event.deed[0] != "end" {
                turns[turns.count - 1].append(event)
            } else {
                turns.append([event])
            }
        }
    }
}

extension Scenario.Deed: Decodable {
    init(from decoder: any Decoder) throws { items = try [Scenario.Item](from: decoder) }
}

extension Scenario.Event: Decodable {
    init(from decoder: any Decoder) throws {
        let items = try [Scenario.Item](from: decoder)
        if case .number(let number)? = items.first { moment = number } else { moment = 0 }
        deed = Scenario.Deed(items: Array(items.dropFirst()))
    }
}
