package import Configuration
package import Diagnostics

/// A `keepalived.conf` that was read: what stands in it, what is wrong with it, and what it needs to be known.
package struct KeepalivedFile: ConfigurationFile {
    /// What it is read from, with the files that were found for it.
    private var source: FileSource
    /// Reads it; nil once all is read.
    private var reader: SourceReader?
    /// What is known once all of it is read.
    private var contents = Contents()

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

        init(_ tree: consuming SourceTree, hostName: String) {
            (words, findings) = Self.words(of: tree)
            questions = words.questions
            if words.sideNeeds.questions.isEmpty { settle(SideFiles(), hostName) }
        }

        /// Reads the words of statements, which nobody needs after that: with their meaning they would be too much.
        private static func words(of tree: consuming SourceTree) -> (FileWords, Findings) {
            var reader = BlockReader(findings: tree.findings)
            var file = CheckedBlock(scope: .file, keyword: .beginning)
            reader.read(tree.statements, into: &file)
            return (FileWords(file), reader.findings)
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
            var assembly = assembly(with: answers, isLenient: isLenient, hostName: hostName)
            let configuration = assembly.configuration()
            let isUsable = !assembly.findings.hasErrors
            return Meaning(
                configuration: isUsable ? configuration : nil,
                failover: isUsable ? assembly.failover : nil,
                diagnostics: assembly.findings.inOrder,
                hasErrors: assembly.findings.hasErrors
            )
        }

        func assembly(
            with answers: ConfigurationAnswers,
            isLenient: Bool,
            hostName: String
        ) -> ConfigurationAssembly {
            ConfigurationAssembly(
                of: words,
                answers: answers,
                isLenient: isLenient,
                hostName: hostName,
                side: side ?? SideFiles(),
                findings: findings
            )
        }
    }

    /// What the words of a file mean.
    private struct Meaning: Sendable {
        /// What is to be done; nil where there is an error.
        var configuration: DirectorConfiguration?
        var failover: FailoverConfiguration?
        var diagnostics: [Diagnostic] = []
        var hasErrors = false

        /// Keeps what is wrong alone.
        mutating func forget() {
            (configuration, failover) = (nil, nil)
        }
    }

    /// Reads the bytes of a file; `name` is its path, as diagnostics call it.
    package init(reading bytes: [UInt8], name: String, context: ReadingContext) {
        self.init(FileSource(bytes: bytes, name: name, context: context))
    }

    /// Reads a file, as far as what it includes was found.
    init(_ source: FileSource) {
        self.source = source
        reader = SourceReader(source.bytes, name: source.name, context: source.context)
        settle()
        while inclusions.contains(where: { source.files[$0] != nil }) { include(source.files) }
    }

    private var hostName: String { source.context.hostName }

    /// The files that it includes and waits for: nothing else is known of it before it has them.
    package var inclusions: [FileQuestion] { reader?.questions ?? contents.sideQuestions }

    /// Reads on with what was found; a question without an answer has found nothing.
    package mutating func include(_ files: [FileQuestion: [FoundFile]]) {
        for question in inclusions { source.files[question] = files[question] ?? [] }
        guard reader != nil else { return contents.take(files, hostName: hostName) }
        reader?.answer(files)
        settle()
    }

    private mutating func settle() {
        if let tree = takeTree() { contents = Contents(tree, hostName: hostName) }
    }

    /// What was read, once that is all, and nothing else that was needed for reading it.
    private mutating func takeTree() -> SourceTree? {
        guard let read = reader, read.questions.isEmpty else { return nil }
        reader = nil
        return read.tree
    }

    package var diagnostics: [Diagnostic] { contents.meaning.diagnostics }

    package var hasErrors: Bool { contents.meaning.hasErrors }

    package var questions: ConfigurationQuestions { contents.questions }

    package func loaded(
        with answers: ConfigurationAnswers,
        unresolved: UnresolvedNames = .refuse
    ) -> LoadedConfiguration {
        let isLenient = unresolved == .leaveOut
        let meaning =
            contents.questions.isEmpty
            ? contents.meaning : contents.meaning(with: answers, isLenient: isLenient, hostName: hostName)
        return LoadedConfiguration(
            configuration: meaning.configuration,
            failover: meaning.failover,
            diagnostics: meaning.diagnostics,
            answers: answers.names,
            unresolved: [],
            writer: meaning.configuration.map {
                KeepalivedWriter($0, failover: meaning.failover, accounts: answers.accounts)
            },
            stateWriter: meaning.configuration.map { _ in
                SourceDump(source: source, answers: answers, isLenient: isLenient)
            }
        )
    }

    /// What writes out how everything is that it says.
    func dump(with answers: ConfigurationAnswers, isLenient: Bool) -> StateDump {
        var assembly = contents.assembly(with: answers, isLenient: isLenient, hostName: hostName)
        let configuration = assembly.configuration()
        return StateDump(
            words: contents.words,
            pools: assembly.pools,
            process: configuration.process,
            accounts: answers.accounts,
            hostName: hostName
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
