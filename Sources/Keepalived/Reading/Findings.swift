package import Diagnostics

/// Collects what is wrong with a configuration, a bounded number of it; texts are made only for what is kept.
package struct Findings: Sendable {
    /// The files that the places are in.
    package internal(set) var sources: SourceFiles
    private var found = DiagnosticList()

    init(sources: SourceFiles = SourceFiles()) {
        self.sources = sources
    }

    /// The errors and warnings in the order of the files.
    package var inOrder: [Diagnostic] { found.inOrder }

    /// Whether the configuration cannot be used.
    package var hasErrors: Bool { found.hasErrors }

    /// Notes what makes the configuration unusable.
    package mutating func error(
        _ message: @autoclosure () -> String,
        at place: Place,
        length: Int = 1,
        expected: @autoclosure () -> String? = nil,
        note: @autoclosure () -> String? = nil
    ) {
        self.note(.error, message, at: place, length, expected, note)
    }

    /// Notes what is wrong with a word, so that the configuration cannot be used.
    package mutating func error(
        _ message: @autoclosure () -> String,
        at word: Word,
        expected: @autoclosure () -> String? = nil,
        note: @autoclosure () -> String? = nil
    ) {
        self.note(.error, message, at: word.place, word.length, expected, note)
    }

    /// Notes what may not be meant.
    package mutating func warning(
        _ message: @autoclosure () -> String,
        at place: Place,
        length: Int = 1,
        expected: @autoclosure () -> String? = nil,
        note: @autoclosure () -> String? = nil
    ) {
        self.note(.warning, message, at: place, length, expected, note)
    }

    /// Notes that a word may not be meant.
    package mutating func warning(
        _ message: @autoclosure () -> String,
        at word: Word,
        expected: @autoclosure () -> String? = nil,
        note: @autoclosure () -> String? = nil
    ) {
        self.note(.warning, message, at: word.place, word.length, expected, note)
    }

    private mutating func note(
        _ severity: Diagnostic.Severity,
        _ message: () -> String,
        at place: Place,
        _ length: Int,
        _ expected: () -> String?,
        _ note: () -> String?
    ) {
        found.note(severity) {
            sources.diagnostic(
                severity,
                at: place,
                length: length,
                message: message(),
                expected: expected(),
                note: note()
            )
        }
    }
}
