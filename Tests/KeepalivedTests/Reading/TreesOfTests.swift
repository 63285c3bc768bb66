import Configuration
import Diagnostics
import Keepalived

/// The tree of a text, with files that it may include, by their paths.
func tree(
    of text: String,
    id: String = "lb1",
    demandsIncludes: Bool = false,
    bounds: ReadingBounds = ReadingBounds(),
    files: [String: FoundFile.Kind] = [:]
) -> SourceTree {
    tree(of: Array(text.utf8), id: id, demandsIncludes: demandsIncludes, bounds: bounds, files: files)
}

/// The tree of some bytes, with files that they may include, by their paths.
func tree(
    of bytes: [UInt8],
    id: String = "lb1",
    demandsIncludes: Bool = false,
    bounds: ReadingBounds = ReadingBounds(),
    files: [String: FoundFile.Kind] = [:]
) -> SourceTree {
    var reader = SourceReader(
        bytes,
        name: "k.conf",
        context: ReadingContext(
            hostName: "\(id).example.net",
            demandsIncludes: demandsIncludes,
            workingFolder: "/etc/keepalived",
            environment: ["LC_ALL": "C"]
        ),
        bounds: bounds
    )
    while !reader.questions.isEmpty {
        reader.answer(Dictionary(uniqueKeysWithValues: reader.questions.map { ($0, found($0, in: files)) }))
    }
    return reader.tree
}

/// The files of a pattern, in which only `*` at the end of a name before an ending has a meaning.
private func found(_ question: FileQuestion, in files: [String: FoundFile.Kind]) -> [FoundFile] {
    let path = question.folder.isEmpty ? question.pattern : "\(question.folder)/\(question.pattern)"
    guard let star = path.firstIndex(of: "*") else {
        return files[path].map { [FoundFile(path: path, kind: $0)] } ?? []
    }
    let (start, end) = (path[..<star], path[path.index(after: star)...])
    return files.keys.filter { $0.hasPrefix(start) && $0.hasSuffix(end) }.sorted()
        .compactMap { path in files[path].map { FoundFile(path: path, kind: $0) } }
}

extension FoundFile.Kind {
    /// An ordinary file with a text.
    static func text(_ text: String) -> Self { .contents(Array(text.utf8)) }
}

extension SourceTree {
    /// The statements in one line, as `keyword value {keyword value; keyword}`; quoted words stand in `'`.
    var outline: String { statements.outline }

    /// What was found: place, whether it is a warning, message.
    var complaints: [String] {
        findings.inOrder.map { finding in
            let kind = finding.severity == .warning ? "warning: " : ""
            return "\(finding.file):\(finding.line):\(finding.column): \(kind)\(finding.message)"
        }
    }
}

extension [Statement] {
    fileprivate var outline: String {
        map { statement in
            let words = statement.words.map { $0.isQuoted ? "'\($0.text)'" : $0.text }.joined(separator: " ")
            return statement.block.map { "\(words) {\($0.statements.outline)}" } ?? words
        }.joined(separator: "; ")
    }
}
