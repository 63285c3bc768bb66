import System

/// Other configurations whose daemons are started and stopped with one: its `execute` lines.
///
/// The lines are found without reading the file as a whole, which may be full of errors while its daemon runs well.
enum ExecuteLines {
    private static let limit = 64 << 20

    /// The names in the file at a path, each once; none when it cannot be read.
    static func names(inFile path: String) -> [String] {
        names(in: SystemFile.text(path, limit: limit) ?? "")
    }

    /// The names in a text, each once.
    static func names(in text: String) -> [String] {
        var names: [String] = []
        for line in text.split(whereSeparator: \.isNewline) where line.hasPrefix("execute") {
            let rest = line.dropFirst("execute".count).drop { $0 == " " || $0 == "\t" }
            guard rest.first == "=" else { continue }
            var name = rest.dropFirst().drop { $0.isWhitespace }
            while name.last?.isWhitespace == true { name.removeLast() }
            if !name.isEmpty, !names.contains(String(name)) { names.append(String(name)) }
        }
        return names
    }
}
