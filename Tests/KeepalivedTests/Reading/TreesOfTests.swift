import Diagnostics
import Keepalived

/// The tree of a text.
func tree(of text: String) -> SourceTree {
    SourceReader(Array(text.utf8), name: "k.conf").read()
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
