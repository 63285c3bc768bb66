/// A story told to both programs, each in a fresh namespace: a block of a file in `Fixtures/differential`.
public struct Scenario: Sendable, CustomStringConvertible {
    /// A command line with what it reads.
    public struct Step: Sendable {
        /// `ipvsadm`, `ipvsadm-save`, `ipvsadm-restore`, or `sh` for what takes a shell, where `ipvsadm` is the program.
        public var program: String
        public var arguments: [String]
        public var input = ""
        /// The key of the difference that is expected here.
        public var difference: String?
        /// Where the step stands, for messages.
        public var place: String
    }

    /// The folder of the files.
    public static let folder = "Fixtures/differential"

    public let description: String
    public private(set) var steps: [Step] = []

    /// All scenarios of all files.
    public static func all() throws -> [Scenario] {
        try SourceTree.names(in: folder).filter { $0.hasSuffix(".txt") }.flatMap(read)
    }

    private static func read(_ name: String) throws -> [Scenario] {
        var scenarios: [Scenario] = []
        let text = try SourceTree.text(of: "\(folder)/\(name)")
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            let place = "\(name):\(index + 1)"
            if line.hasPrefix("## ") {
                scenarios.append(Scenario(description: "\(name): \(line.dropFirst(3))"))
            } else if !scenarios.isEmpty {
                try scenarios[scenarios.count - 1].take(line, place: place)
            }
        }
        return scenarios
    }

    /// Takes a line of the block.
    private mutating func take(_ line: Substring, place: String) throws {
        if line.isEmpty || line.hasPrefix("#") { return }
        if line.hasPrefix("$ ") {
            var words = Self.words(String(line.dropFirst(2)))
            let program = words.isEmpty ? "" : words.removeFirst()
            steps.append(Step(program: program, arguments: words, place: place))
            return
        }
        let last = steps.count - 1
        guard last >= 0 else { throw Unreadable(path: place) }
        if line == "<" {
            steps[last].input += "\n"
        } else if line.hasPrefix("< ") {
            steps[last].input += line.dropFirst(2) + "\n"
        } else if line.hasPrefix("<|") {
            steps[last].input += line.dropFirst(2)
        } else if line.hasPrefix("! ") {
            steps[last].difference = String(line.dropFirst(2))
        } else {
            throw Unreadable(path: place)
        }
    }

    /// Splits a command line at blanks, except between single quotes.
    private static func words(_ line: String) -> [String] {
        var words: [String] = []
        var word: String?
        var isQuoted = false
        for character in line {
            switch character {
            case "'":
                isQuoted.toggle()
                word = word ?? ""
            case " " where !isQuoted:
                if let finished = word { words.append(finished) }
                word = nil
            default:
                word = (word ?? "") + String(character)
            }
        }
        if let finished = word { words.append(finished) }
        return words
    }
}
