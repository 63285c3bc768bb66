import Diagnostics

/// Collects what is wrong with a file, a bounded number of it; texts are made only for what is kept.
struct Findings: Sendable {
    let file: String
    /// Whether what ldirectord refuses is refused here.
    let isStrict: Bool
    private var found = DiagnosticList()
    private var columns = ColumnCounter()
    /// How many unknown names may still be compared with the known ones, which takes time.
    var suggestionsLeft = 100

    init(file: String, isStrict: Bool) {
        self.file = file
        self.isStrict = isStrict
    }

    /// The errors and warnings in the order of the file.
    var inOrder: [Diagnostic] { found.inOrder }

    /// Whether the file is unusable.
    var hasErrors: Bool { found.hasErrors }

    /// Notes what makes the file unusable.
    mutating func error(
        _ message: @autoclosure () -> String,
        at place: Place,
        expected: @autoclosure () -> String? = nil,
        note: @autoclosure () -> String? = nil
    ) {
        self.note(.error, message, at: place, expected, note)
    }

    /// Notes what makes a text unusable, in which every character may stand.
    mutating func error(
        inText message: @autoclosure () -> String,
        at place: Place,
        expected: @autoclosure () -> String? = nil,
        note: @autoclosure () -> String? = nil
    ) {
        self.note(.error, message, at: place, isInText: true, expected, note)
    }

    /// Notes what may not be meant.
    mutating func warning(
        _ message: @autoclosure () -> String,
        at place: Place,
        expected: @autoclosure () -> String? = nil,
        note: @autoclosure () -> String? = nil
    ) {
        self.note(.warning, message, at: place, expected, note)
    }

    /// Notes what is accepted here and refused by ldirectord with the words given; an error to those who are strict.
    mutating func tolerate(
        _ message: @autoclosure () -> String,
        at place: Place,
        expected: @autoclosure () -> String? = nil,
        ldirectordSays words: @autoclosure () -> String
    ) {
        self.note(isStrict ? .error : .warning, message, at: place, expected) { "ldirectord says: \(words())" }
    }

    private mutating func note(
        _ severity: Diagnostic.Severity,
        _ message: () -> String,
        at place: Place,
        isInText: Bool = false,
        _ expected: () -> String?,
        _ note: () -> String?
    ) {
        let file = file
        var columns = columns
        found.note(severity) {
            let line = place.line
            let shown = place.shown
            // A character that only looks right is named in the message, because nobody sees it.
            let stranger = severity == .error && !isInText ? StrangeCharacter.first(in: place) : nil
            return Diagnostic(
                severity,
                file: file,
                line: line.number,
                bytes: shown.bytes,
                place: shown.range,
                column: columns.column(of: place.range.lowerBound, in: line.bytes, line: line.number),
                message: stranger.map { "\(message()): \($0.complaint)" } ?? message(),
                expected: stranger?.kind == .quotationMark ? expected() ?? "\"" : stranger?.meant ?? expected(),
                note: note()
            )
        }
        self.columns = columns
    }
}
