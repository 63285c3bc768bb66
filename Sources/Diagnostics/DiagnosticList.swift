/// What is wrong with one input: the first few hundred findings in full, of the others how many there are.
///
/// An input of any size costs no more memory than these. A finding is made only where it is kept, so that whoever notes
/// a million of them pays for some hundred.
package struct DiagnosticList: Hashable, Sendable {
    /// The most findings of a severity that are kept.
    package static let mostOfSeverity = 200

    private var kept: [Diagnostic] = []
    private var errors = Tally()
    private var warnings = Tally()

    /// How many findings of a severity there were.
    private struct Tally: Hashable, Sendable {
        var count = 0
        /// The first that was not kept.
        var firstLeftOut: Diagnostic?
    }

    /// Begins with nothing found.
    package init() {}

    /// Whether there was an error.
    package var hasErrors: Bool { errors.count > 0 }

    /// Whether nothing was found.
    package var isEmpty: Bool { kept.isEmpty }

    /// How many findings of a severity there were, kept or not.
    package func count(of severity: Diagnostic.Severity) -> Int {
        severity == .error ? errors.count : warnings.count
    }

    /// Notes a finding, which is made only if it is kept or is the first that is not.
    package mutating func note(_ severity: Diagnostic.Severity, _ finding: () -> Diagnostic) {
        switch severity {
        case .error: note(in: \.errors, finding)
        case .warning: note(in: \.warnings, finding)
        }
    }

    private mutating func note(in tally: WritableKeyPath<Self, Tally>, _ finding: () -> Diagnostic) {
        self[keyPath: tally].count += 1
        if self[keyPath: tally].count <= Self.mostOfSeverity {
            kept.append(finding())
        } else if self[keyPath: tally].firstLeftOut == nil {
            self[keyPath: tally].firstLeftOut = finding()
        }
    }

    /// The findings that were kept by file, line and column, those of one place in the order in which they were noted; then,
    /// for each severity of which more were found, one that says how many.
    package var inOrder: [Diagnostic] {
        let sorted = kept.enumerated().sorted { left, right in
            (left.element.fileNumber, left.element.line, left.element.column, left.offset)
                < (right.element.fileNumber, right.element.line, right.element.column, right.offset)
        }.map(\.element)
        return sorted
            + [(errors, "error"), (warnings, "warning")].compactMap { tally, word in
                let count = tally.count - Self.mostOfSeverity
                return tally.firstLeftOut?.standing(
                    for: count,
                    message: "and \(count) more \(word)\(count == 1 ? "" : "s"), the first of them here"
                )
            }
    }
}
