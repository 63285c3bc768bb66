import CLinux
import Glibc

/// Questions whose answers may block, asked by threads of their own, all at once.
///
/// Nobody has to wait for them: `descriptor` tells an event loop when they are all there, and what has not come by the
/// time that somebody asks for the answers is left out. Once nobody has this object any more, no further question is
/// asked: a thread that hangs then ends as soon as it has the answer to its own.
package final class Lookups<Question: Hashable & Sendable, Answer: Sendable>: Sendable {
    private let board: LookupBoard<Question, Answer>

    /// Asks at once.
    ///
    /// - Parameters:
    ///   - questions: what is asked, each once.
    ///   - threads: how many threads ask, at least 1; what is more than that waits for its turn.
    ///   - answer: gives the answer to one question; it is called on these threads.
    package init(
        of questions: Set<Question>,
        threads: Int = 64,
        answer: @escaping @Sendable (Question) -> Answer
    ) {
        board = LookupBoard(of: questions)
        var started = 0
        while started < min(max(threads, 1), questions.count) {
            let board = board
            guard DetachedThread.start({ board.work(answer) }) else { break }
            started += 1
        }
        if started == 0 { board.giveUp() }
    }

    deinit {
        board.abandon()
    }

    /// Becomes readable when all answers are there, and is closed with this object; -1 when there are no more descriptors.
    package var descriptor: Int32 { board.descriptor }

    /// The answers that are there.
    package var answers: [Question: Answer] { board.answers }

    /// Waits until all answers are there, but no longer than that, and gives those that are.
    package func answers(within limit: Duration) -> [Question: Answer] {
        let end = ContinuousClock.now + limit
        while !board.isComplete {
            let left = end - .now
            guard left > .zero else { break }
            var watched = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            // A poll(2) that a signal has ended begins again.
            let milliseconds = min(left / .milliseconds(1), 1e9).rounded(.up)
            if poll(&watched, 1, descriptor < 0 ? 1 : Int32(milliseconds)) > 0, watched.revents & Int16(POLLIN) == 0 {
                break
            }
        }
        return answers
    }
}
