import Synchronization

/// What the threads of a lookup share: the questions still to be asked, the answers, and a bell for the last one.
final class LookupBoard<Question: Hashable & Sendable, Answer: Sendable>: Sendable {
    private struct State: Sendable {
        var waiting: [Question]
        var unanswered: Int
        var answers: [Question: Answer] = [:]
    }

    private let state: Mutex<State>
    /// Nil when there are no more descriptors.
    private let bell = try? Bell(isBlocking: false)

    init(of questions: Set<Question>) {
        state = Mutex(State(waiting: Array(questions), unanswered: questions.count))
        if questions.isEmpty { bell?.ring() }
    }

    /// Becomes readable when all questions are answered; -1 when there are no more descriptors.
    var descriptor: Int32 { bell?.descriptor ?? -1 }

    var isComplete: Bool { state.withLock { $0.unanswered == 0 } }

    var answers: [Question: Answer] { state.withLock { $0.answers } }

    /// Answers questions until none is left.
    func work(_ answer: (Question) -> Answer) {
        while let question = state.withLock({ $0.waiting.popLast() }) {
            let given = answer(question)
            let isLast = state.withLock { state in
                state.answers[question] = given
                state.unanswered -= 1
                return state.unanswered == 0
            }
            if isLast { bell?.ring() }
        }
    }

    /// Leaves what has not been asked without an answer; who is being asked may still give one.
    func abandon() {
        state.withLock { $0.waiting = [] }
    }

    /// Leaves everything without an answer.
    func giveUp() {
        state.withLock { state in
            state.waiting = []
            state.unanswered = 0
        }
        bell?.ring()
    }
}
