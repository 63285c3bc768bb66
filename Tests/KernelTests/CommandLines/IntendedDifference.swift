import TestKit

/// What makes two answers differ on purpose: rules that bear the names of the points of the manual page.
///
/// A rule takes away from both answers what it stands for, so that nothing else can hide behind it.
struct IntendedDifference: Sendable {
    /// A command line with both answers, and with what came before it.
    struct Comparison {
        let step: CommandLineStep
        var theirs: Program
        var ours: Program
        /// The status of our restore, if the step before was one.
        var restoreStatus: Int32?

        /// Whether a command of that letter or name is asked for.
        fileprivate func has(_ letter: Character, _ name: String) -> Bool {
            step.words.contains { word in
                word.hasPrefix("--") ? word == "--\(name)" : word.hasPrefix("-") && word.contains(letter)
            }
        }
    }

    /// As in the manual page, section DIFFERENCES.
    let key: String
    private let level: @Sendable (inout Comparison) -> Void

    /// The points that make the answers differ, none if they do not; nil if something differs that should not.
    static func explanation(of comparison: Comparison) -> [String]? {
        var rest = comparison
        var keys: [String] = []
        for rule in all {
            if rest.theirs == rest.ours { return keys }
            let before = rest
            rule.level(&rest)
            if rest.theirs != before.theirs || rest.ours != before.ours { keys.append(rule.key) }
        }
        return rest.theirs == rest.ours ? keys : nil
    }

    /// All rules; the coarser a rule, the later.
    static let all = [
        IntendedDifference(key: "help-text") { pair in
            // Where the help goes and its first line are the same.
            guard pair.has("h", "help") else { return }
            for stream in [\Program.output, \.errors] {
                guard pair.ours[keyPath: stream].contains("Usage:"), pair.theirs[keyPath: stream].contains("Usage:")
                else { continue }
                pair.ours = pair.ours.changed(stream) { $0.prefix { $0 != "\n" }.description }
                pair.theirs = pair.theirs.changed(stream) { $0.prefix { $0 != "\n" }.description }
            }
        },
        IntendedDifference(key: "no-crash") { pair in
            if pair.theirs.status == 128 + 11 { pair.theirs = pair.ours }
        },
        IntendedDifference(key: "save-thresholds") { pair in
            pair.ours = pair.ours.changed {
                $0.lines { line in line.hasPrefix("-a ") ? line.without("x").without("y") : line }
            }
        },
        IntendedDifference(key: "save-flags") { pair in
            pair.ours = pair.ours.changed {
                $0.lines { line in
                    guard line.hasPrefix("-A "), line.contains(" -s sh ") || line.contains(" -s mh ") else {
                        return line
                    }
                    if line.hasSuffix(",flag-3") { return String(line.dropLast(",flag-3".count)) }
                    return line.hasSuffix(" flag-3") ? String(line.dropLast("flag-3".count)) : line
                }
            }
        },
        IntendedDifference(key: "unsigned-marks") { pair in
            // Columns move with the width of the mark.
            guard pair.theirs.output.contains("FWM  -") || pair.theirs.output.contains("-f -") else { return }
            pair.theirs = pair.theirs.changed { $0.lines { $0.withUnsignedMark.withSingleBlanks } }
            pair.ours = pair.ours.changed { $0.lines { $0.withSingleBlanks } }
        },
        IntendedDifference(key: "sort-order") { pair in
            guard pair.has("L", "list") || pair.has("l", "list") || pair.has("S", "save") else { return }
            pair.theirs = pair.theirs.changed { $0.sortedByService }
            pair.ours = pair.ours.changed { $0.sortedByService }
        },
        IntendedDifference(key: "restore-errors") { pair in
            // What we carry out without a complaint they must carry out too, and something is to be said by both.
            guard pair.step.input != nil, pair.ours.status != 0, !pair.ours.errors.isEmpty,
                !pair.theirs.errors.isEmpty || !pair.theirs.output.isEmpty
            else { return }
            pair.theirs = pair.ours
        },
        IntendedDifference(key: "restore-checks-first") { pair in
            if let status = pair.restoreStatus, status != 0 { pair.theirs = pair.ours }
        },
    ]

    private init(key: String, level: @escaping @Sendable (inout Comparison) -> Void) {
        self.key = key
        self.level = level
    }
}

extension Program {
    /// The same with another text in one stream.
    fileprivate func changed(_ stream: KeyPath<Program, String> = \.output, _ change: (String) -> String) -> Program {
        Program(
            status: status,
            output: stream == \.output ? change(output) : output,
            errors: stream == \.errors ? change(errors) : errors
        )
    }
}

extension String {
    /// Changes every line.
    fileprivate func lines(_ change: (String) -> String) -> String {
        split(separator: "\n", omittingEmptySubsequences: false).map { change(String($0)) }.joined(separator: "\n")
    }

    /// Takes an option and its number away.
    fileprivate func without(_ letter: Character) -> String {
        var words = split(separator: " ", omittingEmptySubsequences: false)
        if let place = words.firstIndex(of: "-\(letter)"), place + 1 < words.count {
            words.removeSubrange(place...place + 1)
        }
        return words.joined(separator: " ")
    }

    fileprivate var withSingleBlanks: String { split(separator: " ").joined(separator: " ") }

    fileprivate var withUnsignedMark: String {
        var words = split(separator: " ").map(String.init)
        guard let place = words.firstIndex(where: { $0 == "FWM" || $0 == "-f" }), place + 1 < words.count,
            let number = Int32(words[place + 1])
        else { return self }
        words[place + 1] = String(UInt32(bitPattern: number))
        return words.joined(separator: " ")
    }

    /// With the services in the order of their text, and the servers of each.
    fileprivate var sortedByService: String {
        var blocks: [[String]] = [[]]
        for line in split(separator: "\n").map(String.init) {
            let begins = ["TCP ", "UDP ", "SCTP ", "FWM ", "-A "].contains { line.hasPrefix($0) }
            if begins { blocks.append([line]) } else { blocks[blocks.count - 1].append(line) }
        }
        let sorted = blocks.dropFirst().map { [$0[0]] + $0.dropFirst().sorted() }.sorted { $0[0] < $1[0] }
        return (blocks[0] + sorted.flatMap(\.self)).joined(separator: "\n")
    }
}
