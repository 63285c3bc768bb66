import Configuration
import Patterns

/// What must be found in an answer that is there as a whole; without a pattern, any answer will do.
struct AnswerPattern {
    private let pattern: Pattern?
    private let source: String

    /// - Throws: `AnswerFault` where the source is no expression.
    init(_ pattern: ContentPattern?) throws(AnswerFault) {
        source = pattern?.source ?? ""
        do throws(PatternError) {
            self.pattern = try pattern?.compiled()
        } catch {
            throw AnswerFault(.director(.malformed), "the pattern is invalid at byte \(error.offset): \(error.message)")
        }
    }

    /// Takes the first of the texts that matches.
    ///
    /// - Parameters:
    ///   - texts: One or more.
    ///   - name: What they are, for people.
    /// - Throws: `AnswerFault` where none does.
    func match(_ texts: [[UInt8]], name: String) throws(AnswerFault) -> [UInt8] {
        guard let pattern else { return texts.first ?? [] }
        var allowance = PatternAllowance()
        for text in texts {
            switch pattern.search(text, within: &allowance) {
            case .found: return text
            case .notFound: continue
            case .limit:
                throw AnswerFault(.dialogue(.limit), "the search for \(source) takes too many steps")
            }
        }
        let shown = String(printable: texts.first ?? [], atMost: 120)
        let more = texts.count > 1 ? " and \(texts.count - 1) more" : ""
        throw AnswerFault(.dialogue(.mismatch), "the \(name) \(shown)\(more) does not match \(source)")
    }
}
