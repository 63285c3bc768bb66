import Addresses
import IPVS
import Synchronization
import TestKit

/// A client that keeps asking on open connections and opens new ones, without a pause, until it is stopped or fails.
final class Load {
    /// What was asked and answered.
    struct Report {
        /// How many new connections each server got.
        var newcomers: [String: Int] = [:]
        /// The answers on the connections that stayed open.
        var answers = 0
    }

    private let rounds: Rounds
    private let work: BackgroundWork<Report>

    /// Opens so many connections and begins.
    init(connections: Int, to virtual: Endpoint) throws {
        let rounds = Rounds()
        let client = TrafficTests.client
        let conversations = try (0..<connections).map { _ in try client.converse(over: .tcp, with: virtual) }
        let names = try conversations.map { try $0.ask() }
        self.rounds = rounds
        work = try BackgroundWork {
            var report = Report()
            while !rounds.isOver.load(ordering: .relaxed) {
                for (conversation, name) in zip(conversations, names) {
                    let answer = try conversation.ask()
                    guard answer == name else { throw Conversation.Confusion(answer: answer) }
                    report.answers += 1
                }
                report.newcomers.merge(try client.tally(2, over: .tcp, with: virtual), uniquingKeysWith: +)
                rounds.count.add(1, ordering: .relaxed)
            }
            return report
        }
    }

    /// Waits until everything has been asked again; false when that takes seconds, as after a failure.
    func goesOn() -> Bool {
        let wanted = rounds.count.load(ordering: .relaxed) + 2
        return Deadline.wait(seconds: 5) { rounds.count.load(ordering: .relaxed) >= wanted }
    }

    /// Ends it.
    ///
    /// - Throws: what broke a connection or failed a request.
    func stop() throws -> Report {
        rounds.isOver.store(true, ordering: .relaxed)
        return try work.finish()
    }

    /// What the client and the one who watches it share.
    private final class Rounds: Sendable {
        let count = Atomic<Int>(0)
        let isOver = Atomic<Bool>(false)
    }
}
