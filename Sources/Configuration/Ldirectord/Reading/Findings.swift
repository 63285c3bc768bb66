import Diagnostics

/// Collects what is wrong with a file.
struct Findings: Sendable {
    let file: String
    /// Whether what ldirectord refuses is refused here.
    let isStrict: Bool
    private var found: [Diagnostic] = []

    init(file: String, isStrict: Bool) {
        self.file = file
        self.isStrict = isStrict
    }

    /// Everything found, in the order of the file.
    var inOrder: [Diagnostic] { Self.sorted(found) }

    /// Notes what makes the file unusable.
    mutating func error(_ message: String, at place: Place, expected: String? = nil, note: String? = nil) {
        self.note(.error, message, at: place, expected: expected, note: note)
    }

    /// Notes what may not be meant.
    mutating func warning(_ message: String, at place: Place, expected: String? = nil, note: String? = nil) {
        self.note(.warning, message, at: place, expected: expected, note: note)
    }

    /// Notes what is accepted here and refused by ldirectord with the words given; an error to those who are strict.
    mutating func tolerate(_ message: String, at place: Place, expected: String? = nil, ldirectordSays words: String) {
        let note = "ldirectord says: \(words)"
        self.note(isStrict ? .error : .warning, message, at: place, expected: expected, note: note)
    }

    private mutating func note(
        _ severity: Diagnostic.Severity,
        _ message: String,
        at place: Place,
        expected: String?,
        note: String?
    ) {
        found.append(
            Diagnostic(
                severity,
                file: file,
                line: place.line.number,
                bytes: place.line.bytes,
                place: place.range,
                message: Self.bounded(message),
                expected: expected,
                note: note.map(Self.bounded)
            )
        )
    }

    /// The most characters of a message or a note: both may quote the file.
    private static let longestText = 500

    private static func bounded(_ text: String) -> String {
        guard text.utf8.count > longestText else { return text }
        return String(text.unicodeScalars.prefix(longestText)) + "…"
    }

    /// Diagnostics by line and column; those of one place stay in their order.
    static func sorted(_ diagnostics: [Diagnostic]) -> [Diagnostic] {
        diagnostics.enumerated().sorted { left, right in
            (left.element.line, left.element.column, left.offset) < (
                right.element.line, right.element.column, right.offset
            )
        }.map(\.element)
    }
}
