package import Configuration
import Diagnostics

/// A configuration as it was read on this machine: a file with all that it includes, what the machine answered, and what it
/// means by that.
///
/// Reading it again gives the same as long as the files have the same contents and the answers are the same. Whoever needs
/// it next can therefore go on from here: the daemon from the command that starts it, and a reload from the one before.
package struct ReadConfiguration: Sendable {
    /// What the machine answered.
    package let answers: ConfigurationAnswers
    /// What the file means by these answers.
    package private(set) var meaning: LoadedConfiguration
    /// Whether host names that cannot be found now are all that keeps it from being used.
    package let lacksOnlyNames: Bool

    /// What makes it the same when it is read again.
    private(set) var identity: ReadingIdentity
    /// What it asks of the machine.
    let questions: ConfigurationQuestions
    private let unresolved: UnresolvedNames

    init(
        _ meaning: LoadedConfiguration,
        _ identity: ReadingIdentity,
        _ questions: ConfigurationQuestions,
        _ answers: ConfigurationAnswers,
        unresolved: UnresolvedNames,
        lacksOnlyNames: Bool
    ) {
        self.meaning = meaning
        self.identity = identity
        self.questions = questions
        self.answers = answers
        self.unresolved = unresolved
        self.lacksOnlyNames = lacksOnlyNames
    }

    /// Whether it means the same with these answers.
    ///
    /// - Parameter unresolved: what becomes of what has no answer, which makes a difference only where something has none.
    func means(with answers: ConfigurationAnswers, unresolved: UnresolvedNames) -> Bool {
        answers == self.answers && (unresolved == self.unresolved || answers.isComplete(for: questions))
    }

    /// The same, whose files were found as they are now.
    func found(as identity: ReadingIdentity) -> ReadConfiguration {
        var found = self
        found.identity = identity
        return found
    }

    /// The same without what writes it out in its own language, which a daemon has no use for.
    package var unwritten: ReadConfiguration {
        var unwritten = self
        unwritten.meaning = LoadedConfiguration(
            configuration: meaning.configuration,
            failover: meaning.failover,
            diagnostics: meaning.diagnostics,
            answers: meaning.answers,
            unresolved: meaning.unresolved,
            writer: nil,
            stateWriter: meaning.stateWriter
        )
        return unwritten
    }
}

extension ConfigurationAnswers {
    /// Whether all that a file asks for is there.
    fileprivate func isComplete(for questions: ConfigurationQuestions) -> Bool {
        missingFolders.isEmpty && programFaults.isEmpty
            && questions.names.allSatisfy { name in
                switch names[name] {
                case .address, .port: true
                case .unresolved, nil: false
                }
            }
            && questions.accounts.allSatisfy { account in
                if case .found = accounts[account] { true } else { false }
            }
    }
}
