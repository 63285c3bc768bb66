package import Diagnostics

/// A file that a language has taken apart, with questions open.
package protocol ConfigurationFile: Sendable {
    /// The files that it includes and waits for: nothing else is known of it before it has them.
    ///
    /// Each answer may lead to further ones, since files that are included may include others. There are a bounded number
    /// of rounds.
    var inclusions: [FileQuestion] { get }
    /// Reads on with what was found; a question of `inclusions` without an answer has found nothing.
    mutating func include(_ files: [FileQuestion: [FoundFile]])

    /// What is wrong and what is doubtful, in the order of the file, before any question is answered.
    var diagnostics: [Diagnostic] { get }
    /// Whether it has an error that no answer can mend.
    var hasErrors: Bool { get }
    /// The facts that must be found out on the machine before the file can be used.
    var questions: ConfigurationQuestions { get }

    /// Applies defaults, inheritance and the answers to `questions`.
    ///
    /// - Parameter unresolved: what becomes of names without an answer.
    func loaded(with answers: ConfigurationAnswers, unresolved: UnresolvedNames) -> LoadedConfiguration
}

extension ConfigurationFile {
    /// None, in languages without such files.
    package var inclusions: [FileQuestion] { [] }

    /// Does nothing, in languages without such files.
    package mutating func include(_ files: [FileQuestion: [FoundFile]]) {}

    /// Whether names without an answer are all that keeps the file from being used at a first start.
    ///
    /// - Parameters:
    ///   - meaning: what became of the file.
    ///   - answers: those with which that came of it.
    package func lacksOnlyNames(_ meaning: LoadedConfiguration, _ answers: ConfigurationAnswers) -> Bool {
        meaning.configuration == nil && !meaning.unresolved.isEmpty && !hasErrors
            && loaded(with: answers, unresolved: .leaveOut).configuration != nil
    }
}

/// The way in which a host or service without an answer is treated.
package enum UnresolvedNames: Hashable, Sendable {
    /// It is an error: at a first start.
    case refuse
    /// What needs the name is left out, with a warning: at a first start, where that is wanted.
    case leaveOut
    /// At a reload the name keeps the answer that it had until now; without one, what needs it is left out.
    case keep([NameQuestion: NameAnswer])
}
