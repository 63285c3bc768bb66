import Configuration
import Diagnostics
import Keepalived
import TestKit
import Testing

/// Files that are wrong: each fault is told at its place, all of them in one run.
struct BadFileTests {
    /// A file with what is to be told of it.
    struct File: Sendable, CustomStringConvertible {
        let name: String
        var rows: [Row] = []

        var description: String { name }
    }

    struct Row: Sendable {
        let verdict: String
        let line: Int?
        let column: Int?
        let word: String
        let why: String
    }

    static let files: [File] = {
        let lines = ((try? SourceTree.text(of: "Fixtures/keepalived/bad/EXPECTED.tsv")) ?? "").split(separator: "\n")
        var files: [File] = []
        for line in lines where !line.hasPrefix("#") {
            let columns = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
            if files.last?.name != columns[0] { files.append(File(name: columns[0])) }
            files[files.count - 1].rows.append(
                Row(
                    verdict: columns[1],
                    line: Int(columns[2]),
                    column: Int(columns[3]),
                    word: columns[4],
                    why: columns[5]
                )
            )
        }
        return files
    }()

    /// Rows whose column is that of the line, with that of the byte that is wrong.
    private static let columns = ["extra/97_nul_bytes": 13]

    @Test func thereAreBadFiles() {
        #expect(Self.files.count == 64)
    }

    @Test(arguments: files)
    func everyFaultIsToldAtItsPlace(file: File) throws {
        let loaded = StandInMachine.load(
            try SourceTree.bytes(of: "Fixtures/keepalived/bad/\(file.name).conf")
        )
        let told = loaded.diagnostics
        let texts = told.map { "\($0.line):\($0.column) \($0.severity) \($0.message)" }
        for row in file.rows where row.verdict == "refuse" || row.verdict == "warn" {
            let column = Self.columns[file.name] ?? row.column
            let severity: Diagnostic.Severity = row.verdict == "refuse" ? .error : .warning
            #expect(
                told.contains { $0.line == row.line && $0.column == column && $0.severity == severity },
                "\(row) of \(texts)"
            )
        }
        if file.rows.contains(where: { $0.verdict == "refuse" }) {
            #expect(loaded.configuration == nil)
        } else {
            #expect(loaded.configuration != nil, "\(texts)")
        }
        if file.rows.allSatisfy({ $0.verdict == "accept" }) { #expect(told.isEmpty, "\(texts)") }
    }
}
