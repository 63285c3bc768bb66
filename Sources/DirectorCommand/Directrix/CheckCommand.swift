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
        let readings = files.map { context.read($0, reading) }
        if json {
            var writer = JSONWriter()
            append(readings, to: &writer)
            context.console.write(&writer.text)
        } else {
            for complaint in readings.flatMap(\.complaints) { context.console.complain(complaint) }
        }
        if readings.contains(where: { $0.errorCount > 0 }) { return SubcommandContext.Status.failure }
        let hasWarnings = readings.contains { $0.warningCount > 0 }
        return strict && hasWarnings ? SubcommandContext.Status.difference : SubcommandContext.Status.success
    }

    private func append(_ readings: [ConfigurationReading], to json: inout JSONWriter) {
        json.object { json in
            json.key("files")
            json.array { json in
                for reading in readings {
                    json.object { append(reading, to: &$0) }
                }
            }
        }
    }

    private func append(_ reading: ConfigurationReading, to json: inout JSONWriter) {
        json.member("file", reading.path)
        json.member("usable", reading.configuration != nil)
        json.member("errors", UInt64(reading.errorCount))
        json.member("warnings", UInt64(reading.warningCount))
        json.key("diagnostics")
        json.array { json in
            if let failure = reading.failure {
                json.object { json in
                    json.member("severity", "error")
                    json.nullMember("line")
                    json.nullMember("column")
                    json.member("message", failure)
                    for name in ["expected", "note", "text", "mark"] { json.nullMember(name) }
                }
            }
            for diagnostic in reading.diagnostics {
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
    fileprivate mutating func optionalMember(_ name: String, _ value: String?) {
        key(name)
        if let value { string(value) } else { null() }
    }
}
