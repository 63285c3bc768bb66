/// What one check of a real server found out.
package struct CheckResult: Hashable, Sendable {
    /// Whether the server passed.
    package enum Verdict: Hashable, Sendable {
        case up
        case down
    }

    /// Whether the server passed.
    package var verdict: Verdict
    /// Where it passed or failed.
    package var layer: CheckLayer
    /// The details for people, in one line: a status line, the answer that was not expected, an exit status.
    package var text: String
    /// The time from the start of the check to the verdict.
    package var duration: Duration

    /// Makes a result.
    package init(_ verdict: Verdict, _ layer: CheckLayer, text: String = "", duration: Duration = .zero) {
        self.verdict = verdict
        self.layer = layer
        self.text = text
        self.duration = duration
    }
}
