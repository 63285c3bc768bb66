import Configuration

/// A line that includes files.
struct IncludeRequest: Sendable {
    /// Which lack of files is an error.
    struct Demands: OptionSet, Sendable {
        let rawValue: UInt8
        /// A file must be readable.
        static let read = Demands(rawValue: 1)
        /// A plain name must have its file.
        static let match = Demands(rawValue: 2)
        /// A pattern must find a file.
        static let wildcard = Demands(rawValue: 4)
        /// Each alternative of a pattern in braces must find a file.
        static let brace = Demands(rawValue: 8)
        static let all: Demands = [.read, .match, .wildcard, .brace]

        /// The demand with that name in `include_check`.
        init?(named name: Substring) {
            switch name {
            case "read": self = .read
            case "match": self = .match
            case "wildcard_match": self = .wildcard
            case "brace_match": self = .brace
            default: return nil
            }
        }

        init(rawValue: UInt8) { self.rawValue = rawValue }
    }

    /// The pattern as it is written.
    let pattern: String
    let place: Place
    let length: Int
    let demands: Demands
    /// The files of each alternative of the pattern.
    let questions: [FileQuestion]

    /// The words that include files, with what they demand beside what `include` does.
    static let keywords: [String: Demands] = [
        "include": [], "includer": .read, "includem": .match, "includew": .wildcard, "includeb": .brace,
        "includea": .all,
    ]

    /// The most alternatives of a pattern.
    static let mostAlternatives = 1024

    /// Whether the pattern has alternatives in braces.
    var hasBraces: Bool { questions.count > 1 }

    /// The demand that is not met where an alternative finds no file.
    static func demand(of alternative: String) -> Demands {
        alternative.utf8.contains { "*?[".utf8.contains($0) } ? .wildcard : .match
    }

    /// The alternatives of a pattern in braces, in their order; nil where there are too many.
    static func alternatives(of pattern: String) -> [String]? {
        var done: [[UInt8]] = []
        // What is still to be looked at, the next one last.
        var open = [Array(pattern.utf8)]
        while let next = open.popLast() {
            guard done.count + open.count < mostAlternatives else { return nil }
            guard let group = BraceGroup(in: next) else {
                done.append(next)
                continue
            }
            for choice in group.choices.reversed() {
                open.append(Array(next[..<group.range.lowerBound]) + choice + next[group.range.upperBound...])
            }
        }
        return done.map { String(decoding: $0, as: UTF8.self) }
    }
}

/// The first `{a,b}` of a pattern.
private struct BraceGroup {
    let range: Range<Int>
    let choices: [ArraySlice<UInt8>]

    init?(in pattern: [UInt8]) {
        guard let start = pattern.firstIndex(of: UInt8(ascii: "{")) else { return nil }
        var depth = 0
        var from = start + 1
        var choices: [ArraySlice<UInt8>] = []
        for index in start..<pattern.endIndex {
            switch pattern[index] {
            case UInt8(ascii: "{"): depth += 1
            case UInt8(ascii: ",") where depth == 1:
                choices.append(pattern[from..<index])
                from = index + 1
            case UInt8(ascii: "}"):
                depth -= 1
                guard depth == 0 else { continue }
                choices.append(pattern[from..<index])
                self.choices = choices
                range = start..<index + 1
                return
            default: break
            }
        }
        return nil
    }
}
