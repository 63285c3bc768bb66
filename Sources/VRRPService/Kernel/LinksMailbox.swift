import Links
import Synchronization
import System

/// The requests of the loop and the answers of the thread that speaks rtnetlink.
final class LinksMailbox: Sendable {
    enum Request: Sendable {
        /// Read all there is, for the start.
        case look
        /// Begin to keep what is wanted, with that number for our routes and rules and that beginning of names of interfaces.
        case keep(maker: UInt8, linkPrefix: String)
        /// Addresses are ours wherever they are found.
        case claim([LinkAddress])
        /// Owners want this from now on; the number is given back when all is done.
        case want([LinkOwner: LinkWish], order: [LinkOwner], number: Int)
        /// Run by turns of that real-time priority, 0 for none.
        case runInRealTime(Int)
        case end
    }

    enum Answer: Sendable {
        case looked(LinksSnapshot)
        /// All there is could not be read.
        case unreadable(LinksError)
        case news(LinksKeeper.News)
        /// Nothing is left to do of all wishes up to that number.
        case done(number: Int)
    }

    private struct Messages: Sendable {
        var requests: [Request] = []
        var answers: [Answer] = []
    }

    private let messages = Mutex(Messages())
    /// Rings on the thread.
    let requested: Bell
    /// Rings on the loop.
    let answered: Bell

    /// - Throws: `SystemFailure` of `eventfd`.
    init() throws(SystemFailure) {
        requested = try Bell(isBlocking: false)
        answered = try Bell(isBlocking: false)
    }

    func ask(_ request: Request) {
        messages.withLock { $0.requests.append(request) }
        requested.ring()
    }

    func answer(_ answer: Answer) {
        messages.withLock { $0.answers.append(answer) }
        answered.ring()
    }

    /// The answers since the last time, in the order in which they came about.
    func takeAnswers() -> [Answer] {
        answered.wait()
        return messages.withLock { messages in
            defer { messages.answers = [] }
            return messages.answers
        }
    }

    /// The requests since the last time, in their order.
    func takeRequests() -> [Request] {
        requested.wait()
        return messages.withLock { messages in
            defer { messages.requests = [] }
            return messages.requests
        }
    }
}
