package import Configuration
package import Diagnostics
package import System

/// The file of a configuration with all that it includes, before the machine is asked about it.
package struct FileReading {
    /// How a file that is included is read.
    package typealias Inclusion = (_ path: String) throws(SystemFailure) -> FileContents

    /// Whether it has an error that no answer can mend.
    package let hasErrors: Bool
    /// What is wrong with it before any question is answered.
    package let diagnostics: [Diagnostic]
    /// What it asks of the machine.
    package let questions: ConfigurationQuestions

    private let bytes: [UInt8]
    private let identity: ReadingIdentity
    private let contents: Contents
    private let inclusion: Inclusion

    private enum Contents {
        /// They were taken apart.
        case file(any ConfigurationFile)
        /// They are those of one that was read before.
        case known(ReadConfiguration)
    }

    /// The language that it is written in.
    package var language: Language { identity.language }
    /// The files that it includes, as they were read.
    var inclusions: Inclusions { identity.inclusions }

    /// Reads bytes, and the files that they include.
    ///
    /// - Parameters:
    ///   - digest: that of the bytes; nil where they say something else each time.
    ///   - path: how diagnostics call the file; those that it includes are looked for in its folder.
    ///   - language: the language that it is written in; nil where the file is to tell.
    ///   - earlier: one that was read before, which is gone on from where all contents are the same.
    package init(
        _ bytes: [UInt8],
        digest: Int?,
        path: String,
        language: Language?,
        context: ReadingContext,
        earlier: ReadConfiguration? = nil,
        inclusion: @escaping Inclusion = { path throws(SystemFailure) in try FileContents(reading: path) }
    ) {
        var context = context
        // Where the path is absolute the folder of the process says nothing, and a daemon has another one.
        context.workingFolder = path.hasPrefix("/") ? "/" : Machine.absolutePath(".")
        context.environment = Machine.environment
        let identity = ReadingIdentity(
            path: path,
            digest: digest,
            language: language ?? Language(of: bytes, name: path),
            context: context
        )
        let found = earlier.flatMap { $0.meaning.configuration == nil ? nil : $0.identity.again(identity, inclusion) }
        self.init(bytes, found ?? identity, found == nil ? nil : earlier, inclusion)
    }

    /// Goes on from one that is known to have the same contents, or takes them apart.
    private init(
        _ bytes: [UInt8],
        _ identity: ReadingIdentity,
        _ known: ReadConfiguration?,
        _ inclusion: @escaping Inclusion
    ) {
        (self.bytes, self.inclusion) = (bytes, inclusion)
        if let known {
            (self.identity, contents) = (identity, .known(known))
            (hasErrors, diagnostics, questions) = (false, known.meaning.diagnostics, known.questions)
            return
        }
        var identity = identity
        let file = identity.language.read(bytes, name: identity.path, context: identity.context) { questions in
            identity.inclusions.answers(to: questions, reading: inclusion)
        }
        (self.identity, contents) = (identity, .file(file))
        (hasErrors, diagnostics, questions) = (file.hasErrors, file.diagnostics, file.questions)
    }

    /// What it means by the answers to its questions.
    ///
    /// - Parameter unresolved: what becomes of names without an answer.
    package func configuration(
        with answers: ConfigurationAnswers,
        unresolved: UnresolvedNames
    ) -> ReadConfiguration {
        switch contents {
        case .known(let known):
            if known.means(with: answers, unresolved: unresolved) { return known.found(as: identity) }
            let anew = FileReading(bytes, identity.anew, nil, inclusion)
            return anew.configuration(with: answers, unresolved: unresolved)
        case .file(let file):
            let meaning = file.loaded(with: answers, unresolved: unresolved)
            return ReadConfiguration(
                meaning,
                identity,
                questions,
                answers,
                unresolved: unresolved,
                lacksOnlyNames: file.lacksOnlyNames(meaning, answers)
            )
        }
    }
}
