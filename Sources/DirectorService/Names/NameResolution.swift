package import Configuration
import IPVS
import System

/// The answers of this machine's databases and name servers to the questions of a configuration.
///
/// All are asked at once, and what is written as a number is asked of nobody.
package struct NameResolution: Sendable {
    /// How long to wait unless there is a reason for another time.
    package static let usualLimit = Duration.seconds(10)

    private let questions: Set<NameQuestion>
    private let lookups: Lookups<NameQuestion, NameAnswer>

    /// Asks.
    package init(of questions: Set<NameQuestion>) {
        self.questions = questions
        lookups = Lookups(of: questions, answer: Self.answer)
    }

    /// Waits until all answers are there, but no longer than that; a question that has no answer then is unresolved.
    package func answers(within limit: Duration) -> [NameQuestion: NameAnswer] {
        complete(lookups.answers(within: limit), reason: "no answer within \(limit)")
    }

    private func complete(_ answers: [NameQuestion: NameAnswer], reason: String) -> [NameQuestion: NameAnswer] {
        guard answers.count < questions.count else { return answers }
        var answers = answers
        for question in questions where answers[question] == nil { answers[question] = .unresolved(reason) }
        return answers
    }

    /// The answer to one question, which may take as long as name servers do.
    package static func answer(to question: NameQuestion) -> NameAnswer {
        switch question {
        case .host(let name, let family):
            do {
                return .address(try SystemLookup.address(of: name, family))
            } catch {
                return .unresolved(error.text)
            }
        case .service(let name, let transport):
            return SystemLookup.port(of: name, transport?.name).map { .port($0) }
                ?? .unresolved("no such service")
        }
    }
}
