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
        var questions = ConfigurationQuestions(names: [], folders: [], programs: [])
        /// What stands in files beside it; nil while that is not known.
        private(set) var side: SideFiles?
        /// The meaning without any answer.
        var meaning = Meaning()

        /// Nothing.
        init() {
            words = FileWords(CheckedBlock(scope: .file, keyword: .beginning))
        }

        init(_ tree: SourceTree, hostName: String) {
            var reader = BlockReader(findings: tree.findings)
            var file = CheckedBlock(scope: .file, keyword: .beginning)
            reader.read(tree.statements, into: &file)
            words = FileWords(file)
            findings = reader.findings
            questions = words.questions
            if words.sideNeeds.questions.isEmpty { settle(SideFiles(), hostName) }
        }

        /// The files beside it that are waited for.
        var sideQuestions: [FileQuestion] { side == nil ? words.sideNeeds.questions : [] }

        /// Takes what was found for these.
        mutating func take(_ files: [FileQuestion: [FoundFile]], hostName: String) {
            settle(SideFiles(words.sideNeeds, files), hostName)
        }

        private mutating func settle(_ side: SideFiles, _ hostName: String) {
            self.side = side
            // What is wrong with the meaning is told in the same run as what is wrong with the words.
            meaning = meaning(with: ConfigurationAnswers(), isLenient: false, hostName: hostName)
            // With answers it will be made again.
            if !questions.isEmpty { meaning.forget() }
        }

        func meaning(with answers: ConfigurationAnswers, isLenient: Bool, hostName: String) -> Meaning {
            var assembly = ConfigurationAssembly(
                of: words,
                answers: answers,
                isLenient: isLenient,
                hostName: hostName,
                side: side ?? SideFiles(),
                findings: findings
            )
            let configuration = assembly.configuration()
            let isUsable = !assembly.findings.hasErrors
            return Meaning(
                configuration: isUsable ? configuration : nil,
                failover: isUsable ? assembly.failover : nil,
                pools: assembly.pools,
                diagnostics: assembly.findings.inOrder,
                hasErrors: assembly.findings.hasErrors
            )
        }
    }

    /// What the words of a file mean.
    private struct Meaning: Sendable {
        /// What is to be done; nil where there is an error.
        var configuration: DirectorConfiguration?
        var failover: FailoverConfiguration?
        var pools: [ReadPool] = []
        var diagnostics: [Diagnostic] = []
        var hasErrors = false

        /// Keeps what is wrong alone.
        mutating func forget() {
            (configuration, failover, pools) = (nil, nil, [])
        }
    }

    /// Reads the bytes of a file; `name` is its path, as diagnostics call it.
    package init(reading bytes: [UInt8], name: String, context: ReadingContext) {
        hostName = context.hostName
        source = SourceReader(bytes, name: name, context: context)
        settle()
    }

    /// The files that it includes and waits for: nothing else is known of it before it has them.
    package var inclusions: [FileQuestion] {
        let questions = source.questions
        return questions.isEmpty ? contents.sideQuestions : questions
    }

    /// Reads on with what was found; a question without an answer has found nothing.
    package mutating func include(_ files: [FileQuestion: [FoundFile]]) {
        guard !source.questions.isEmpty else { return contents.take(files, hostName: hostName) }
        source.answer(files)
        settle()
    }

    private mutating func settle() {
        if source.questions.isEmpty { contents = Contents(source.tree, hostName: hostName) }
    }

    package var diagnostics: [Diagnostic] { contents.meaning.diagnostics }

    package var hasErrors: Bool { contents.meaning.hasErrors }

    package var questions: ConfigurationQuestions { contents.questions }

    package func loaded(
        with answers: ConfigurationAnswers,
        unresolved: UnresolvedNames = .refuse
    ) -> LoadedConfiguration {
        let meaning =
            contents.questions.isEmpty
            ? contents.meaning : contents.meaning(with: answers, isLenient: unresolved == .leaveOut, hostName: hostName)
        return LoadedConfiguration(
            configuration: meaning.configuration,
            failover: meaning.failover,
            diagnostics: meaning.diagnostics,
            answers: answers.names,
            unresolved: [],
            writer: meaning.configuration.map {
                KeepalivedWriter($0, failover: meaning.failover, accounts: answers.accounts)
            },
            stateWriter: meaning.configuration.map {
                StateDump(
                    words: contents.words,
                    pools: meaning.pools,
                    process: $0.process,
                    accounts: answers.accounts,
                    hostName: hostName
                )
            }
        )
    }
}

extension FileWords {
    /// What only the machine can tell about.
    fileprivate var questions: ConfigurationQuestions {
        var names: Set<NameQuestion> = []
        if let (host, _) = globals.mailServer("smtp_server") {
            names.formUnion(ConfigurationAssembly.mailQuestions(host))
        }
        return ConfigurationQuestions(names: names, folders: [], programs: programQuestions, accounts: accountQuestions)
    }
}

extension Word {
    /// The beginning of a file, which no word is at.
    fileprivate static let beginning = Word(text: "", isQuoted: false, place: Place(file: 0, line: 1), length: 0)
}
