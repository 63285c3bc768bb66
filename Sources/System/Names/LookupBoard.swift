import Glibc
import Synchronization

/// What the threads of a lookup share: the questions still to be asked, the answers, and a bell for the last one.
final class LookupBoard<Question: Hashable & Sendable, Answer: Sendable>: Sendable {
    private struct State: Sendable {
        var waiting: [Question]
        var unanswered: Int
        var answers: [Question: Answer] = [:]
    }

    private let state: Mutex<State>
    let readingEnd: Int32
    private let writingEnd: Int32

    init(of questions: Set<Question>) {
        state = Mutex(State(waiting: Array(questions), unanswered: questions.count))
        var ends: [Int32] = [-1, -1]
        let kind = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue)
        if socketpair(AF_UNIX, kind, 0, &ends) != 0 { ends = [-1, -1] }
        readingEnd = ends[0]
        writingEnd = ends[1]
        if questions.isEmpty { ring() }
    }

    deinit {
        if readingEnd >= 0 { close(readingEnd) }
        if writingEnd >= 0 { close(writingEnd) }
    }

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
            if isLast { ring() }
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
        ring()
    }

    private func ring() {
        _ = send(writingEnd, [1], 1, Int32(MSG_NOSIGNAL))
    }
}
