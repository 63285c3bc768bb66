import ArgumentParser
import Console
import Diagnostics
import Texts

/// `directrix check`: what is wrong with configurations.
struct CheckCommand: DirectrixSubcommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Tell what is wrong with configurations.",
        discussion: """
            Every error and warning of every file is told, with its place. The exit status is 0 when the files can be \
            used, 1 when there are warnings and --strict is given, and 2 when there are errors.

            EXAMPLES
              directrix check /etc/ha.d/ldirectord.cf
              directrix check --strict --json *.cf
              directrix check --lenient new.cf     where its hosts are not known
            """
    )

    @Flag(help: "Answer in JSON.")
    var json = false

    @Flag(help: "Let warnings count in the exit status.")
    var strict = false

    @OptionGroup var reading: ReadingOptions

    @Argument(help: "The files to check.", completion: .file())
    var files: [String]

    func run(_ context: SubcommandContext) -> Int32 {
        let checked = files.map { context.check($0, reading) }
        if json {
            var writer = JSONWriter()
            append(checked, to: &writer)
            context.console.write(&writer.text)
        } else {
            for complaint in checked.flatMap(\.complaints) { context.console.complain(complaint) }
        }
        if checked.contains(where: { $0.errorCount > 0 }) { return SubcommandContext.Status.failure }
        let hasWarnings = checked.contains { $0.warningCount > 0 }
        return strict && hasWarnings ? SubcommandContext.Status.difference : SubcommandContext.Status.success
    }

    private func append(_ files: [CheckedFile], to json: inout JSONWriter) {
        json.object { json in
            json.key("files")
            json.array { json in
                for file in files {
                    json.object { append(file, to: &$0) }
                }
            }
        }
    }

    private func append(_ file: CheckedFile, to json: inout JSONWriter) {
        json.member("file", file.path)
        json.member("usable", file.configuration != nil)
        json.member("errors", UInt64(file.errorCount))
        json.member("warnings", UInt64(file.warningCount))
        json.key("diagnostics")
        json.array { json in
            if let failure = file.failure {
                json.object { json in
                    json.member("severity", "error")
                    json.nullMember("line")
                    json.nullMember("column")
                    json.member("message", failure)
                    for name in ["expected", "note", "text", "mark"] { json.nullMember(name) }
                }
            }
            for diagnostic in file.diagnostics {
                json.object { append(diagnostic, to: &$0) }
            }
        }
    }

    private func append(_ diagnostic: Diagnostic, to json: inout JSONWriter) {
        json.member("severity", diagnostic.severity == .error ? "error" : "warning")
        json.member("line", UInt64(diagnostic.line))
        json.member("column", UInt64(diagnostic.column))
        json.member("message", diagnostic.message)
        json.optionalMember("expected", diagnostic.expected)
        json.optionalMember("note", diagnostic.note)
        json.member("text", diagnostic.excerpt.text)
        json.member("mark", diagnostic.excerpt.mark)
    }
}

extension JSONWriter {
    /// Writes a member whose value is a text or null.
    mutating func optionalMember(_ name: String, _ value: String?) {
        key(name)
        if let value { string(value) } else { null() }
    }
}
