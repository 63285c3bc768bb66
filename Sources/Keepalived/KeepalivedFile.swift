package import Configuration
package import Diagnostics

/// A `keepalived.conf` that was read: what stands in it, what is wrong with it, and what it needs to be known.
package struct KeepalivedFile: ConfigurationFile {
    private var source: SourceReader
    /// What is known once all of it is read.
    private var contents = Contents()
    /// The name of this host, which mails have where the file names no router.
    private let hostName: String

    /// What stands in a file and in those that it includes.
    private struct Contents: Sendable {
        var words: FileWords
        var findings = Findings()
        var diagnostics: [Diagnostic] = []
        var hasErrors = false

        /// Nothing.
        init() {
            words = FileWords(CheckedBlock(scope: .file, keyword: .beginning))
        }

        init(_ tree: SourceTree) {
            var reader = BlockReader(findings: tree.findings)
            var file = CheckedBlock(scope: .file, keyword: .beginning)
            reader.read(tree.statements, into: &file)
            words = FileWords(file)
            findings = reader.findings
            // What is wrong with the meaning is told in the same run.
            var assembly = ConfigurationAssembly(of: words, answers: ConfigurationAnswers(), findings: findings)
            _ = assembly.configuration()
            diagnostics = assembly.findings.inOrder
            hasErrors = assembly.findings.hasErrors
        }
    }

    /// Reads the bytes of a file; `name` is its path, as diagnostics call it.
    package init(reading bytes: [UInt8], name: String, context: ReadingContext) {
        hostName = context.hostName
        source = SourceReader(bytes, name: name, context: context)
        settle()
    }

    /// The files that it includes and waits for: nothing else is known of it before it has them.
    package var inclusions: [FileQuestion] { source.questions }

    /// Reads on with what was found; a question without an answer has found nothing.
    package mutating func include(_ files: [FileQuestion: [FoundFile]]) {
        source.answer(files)
        settle()
    }

    private mutating func settle() {
        if inclusions.isEmpty { contents = Contents(source.tree) }
    }

    package var diagnostics: [Diagnostic] { contents.diagnostics }

    package var hasErrors: Bool { contents.hasErrors }

    package var questions: ConfigurationQuestions {
        let words = contents.words
        var names: Set<NameQuestion> = []
        if let (host, _) = words.globals.mailServer("smtp_server") {
            names.formUnion(ConfigurationAssembly.mailQuestions(host))
        }
        return ConfigurationQuestions(
            names: names,
            folders: [],
            programs: words.programQuestions,
            accounts: words.accountQuestions
        )
    }

    package func loaded(
        with answers: ConfigurationAnswers,
        unresolved: UnresolvedNames = .refuse
    ) -> LoadedConfiguration {
        var assembly = ConfigurationAssembly(
            of: contents.words,
            answers: answers,
            isLenient: unresolved == .leaveOut,
            hostName: hostName,
            findings: contents.findings
        )
        let assembled = assembly.configuration()
        let configuration = assembly.findings.hasErrors ? nil : assembled
        let pools = assembly.pools
        return LoadedConfiguration(
            configuration: configuration,
            diagnostics: assembly.findings.inOrder,
            answers: answers.names,
            unresolved: [],
            writer: configuration.map { KeepalivedWriter($0, accounts: answers.accounts) },
            stateWriter: configuration.map {
                StateDump(
                    words: contents.words,
                    pools: pools,
                    process: $0.process,
                    accounts: answers.accounts,
                    hostName: hostName
                )
            }
        )
    }
}

extension Word {
    /// The beginning of a file, which no word is at.
    fileprivate static let beginning = Word(text: "", isQuoted: false, place: Place(file: 0, line: 1), length: 0)
}
