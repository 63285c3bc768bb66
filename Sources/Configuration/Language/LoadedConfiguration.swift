package import Diagnostics

/// The meaning of a file whose questions are answered.
package struct LoadedConfiguration: Sendable {
    /// The configuration of a director; nil where the file has an error.
    package let configuration: DirectorConfiguration?
    /// What the machine shares with others; nil where the file has an error or says nothing of it.
    package let failover: FailoverConfiguration?
    /// Everything that is wrong or doubtful, that of names included, in the order of the file.
    package let diagnostics: [Diagnostic]
    /// The answers in effect, which the next reload keeps: `UnresolvedNames.keep`.
    package let answers: [NameQuestion: NameAnswer]
    /// The questions that have no answer of now: their hosts keep their last address, or what needs them is left out.
    package let unresolved: Set<NameQuestion>
    /// Writes out what is in effect, in the language of the file; nil where the file has an error.
    package let writer: (any ConfigurationWriter)?
    /// Writes out how it all is while a director runs by it; nil where the language has no form for that.
    package let stateWriter: (any StateWriter)?

    /// Makes what became of a file.
    package init(
        configuration: DirectorConfiguration?,
        failover: FailoverConfiguration? = nil,
        diagnostics: [Diagnostic],
        answers: [NameQuestion: NameAnswer],
        unresolved: Set<NameQuestion>,
        writer: (any ConfigurationWriter)?,
        stateWriter: (any StateWriter)? = nil
    ) {
        self.configuration = configuration
        self.failover = failover
        self.diagnostics = diagnostics
        self.answers = answers
        self.unresolved = unresolved
        self.writer = writer
        self.stateWriter = stateWriter
    }
}
