public import Addresses
import Glibc
import IPVS
import Synchronization

/// A client that asks a web server again and again, each time on a new connection, until it is stopped.
public final class WebTraffic {
    /// What became of the requests.
    public struct Report: Sendable {
        /// How many answers had which body.
        public var answers: [String: Int] = [:]
        /// What the others failed with, in order.
        public var failures: [String] = []
    }

    private final class Shared: Sendable {
        let isOver = Atomic<Bool>(false)
        let report = Mutex(Report())
        /// How many requests have begun.
        let begun = Atomic<Int>(0)
    }

    private let shared = Shared()
    private let work: BackgroundWork<Void>

    /// Begins, in the namespace of the calling thread, with so many microseconds from an answer to the next request.
    public init(to endpoint: Endpoint, pause: UInt32) throws {
        let shared = shared
        work = try BackgroundWork {
            while !shared.isOver.load(ordering: .relaxed) {
                shared.begun.add(1, ordering: .sequentiallyConsistent)
                do {
                    let body = try Self.ask(endpoint)
                    shared.report.withLock { $0.answers[body, default: 0] += 1 }
                } catch {
                    shared.report.withLock { $0.failures.append("\(error)") }
                }
                usleep(pause)
            }
        }
    }

    deinit {
        shared.isOver.store(true, ordering: .relaxed)
        try? work.finish()
    }

    /// What became of the requests so far.
    public var report: Report { shared.report.withLock { $0 } }

    /// Forgets what became of the requests so far, once the one that is under way has ended.
    public func startAnew() {
        let last = shared.begun.load(ordering: .sequentiallyConsistent)
        _ = Deadline.wait(seconds: 20) { shared.begun.load(ordering: .sequentiallyConsistent) > last }
        shared.report.withLock { $0 = Report() }
    }

    /// Waits for so many more answers; false when they do not come within 30 seconds.
    public func goesOn(_ count: Int = 20) -> Bool {
        let wanted = answerCount + count
        return Deadline.wait(seconds: 30) { answerCount >= wanted }
    }

    private var answerCount: Int { shared.report.withLock { $0.answers.values.reduce(0, +) } }

    /// Asks once, from a port of its own when one is given, and returns the first line of the body.
    public static func ask(_ endpoint: Endpoint, from port: UInt16? = nil) throws -> String {
        let socket = try Socket(.tcp, endpoint.address.family)
        if let port { try socket.bind(to: Endpoint(address: .any(endpoint.address.family), port: port)) }
        try socket.connect(to: endpoint)
        try socket.send(Array("GET / HTTP/1.1\r\nHost: lab\r\nConnection: close\r\n\r\n".utf8))
        var answer: [UInt8] = []
        while true {
            let bytes = try socket.receive()
            if bytes.isEmpty { break }
            answer += bytes
        }
        let text = String(decoding: answer, as: UTF8.self)
        let lines = text.split(omittingEmptySubsequences: false) { $0.isNewline }
        guard lines.first?.hasPrefix("HTTP/1.1 200 ") == true, let end = lines.firstIndex(of: ""),
            lines.count > end + 1
        else { throw Conversation.Confusion(answer: text) }
        return String(lines[end + 1])
    }
}
