import Director
import Glibc
import Synchronization
import System
import Time

/// The files that get a line for each result of a check: gathered, and written a few times a second by a thread that may
/// be held up.
final class MonitorFiles {
    /// What became of the writing, for the loop.
    private final class Outcome: Sendable {
        let failures = Mutex<[String: String?]>([:])
    }

    private var waiting: [String: [UInt8]] = [:]
    private var waitingCount = 0
    private var lost = 0
    private var broken: Set<String> = []
    private var time = CalendarTime()
    private var timeOfTurn: Int64 = .min
    private let loop: EventLoop
    private let log: DaemonLog
    private var timer: LoopTimer?
    private let scribe: Scribe
    private let outcome = Outcome()

    /// The time between two writings.
    private static let period = Duration.milliseconds(200)

    /// The most bytes that wait for one file.
    private static let capacity = 1 << 20
    /// The most bytes that wait for all files.
    private static let capacityOfAll = 8 << 20

    /// - Throws: `SystemFailure` of `eventfd`.
    init(on loop: EventLoop, _ log: DaemonLog) throws(SystemFailure) {
        self.loop = loop
        self.log = log
        scribe = try Scribe(capacity: Self.capacityOfAll)
    }

    /// Notes a line; `turn` tells one moment from another, so that the time of day is asked for once in each.
    func note(_ line: MonitorLine, turn: Int64) {
        if turn != timeOfTurn {
            time = CalendarTime()
            timeOfTurn = turn
        }
        let text = "[\(time.text)] [\(getpid())] \(line.text)\n"
        var bytes = waiting[line.file] ?? []
        waiting[line.file] = nil
        if bytes.count < Self.capacity, waitingCount < Self.capacityOfAll {
            bytes += text.utf8
            waitingCount += text.utf8.count
        } else {
            lost += 1
        }
        waiting[line.file] = bytes
        flushSoon()
    }

    private func flushSoon() {
        guard timer == nil else { return }
        timer = loop.at(loop.now + Self.period) { [unowned self] in
            timer = nil
            flush()
            // Lines are left only where those before them are still being written.
            if !waiting.isEmpty { flushSoon() }
        }
    }

    /// Has written what was noted, unless the writing before has not come to its end.
    ///
    /// Tells which files cannot be written any more, or can again, as far as is known, and how many lines were lost.
    private func flush() {
        tellOutcome()
        guard scribe.isIdle else { return }
        if lost > 0 { log.tell(.recordsLost(lost)) }
        let batch = waiting
        let isTaken = scribe.lay(load: waitingCount) { [outcome] in
            for (file, bytes) in batch {
                var failure: String?
                do throws(SystemFailure) { try LineSink.file(file).write(bytes) } catch { failure = error.message }
                outcome.failures.withLock { [failure] in $0[file] = .some(failure) }
            }
        }
        guard isTaken else { return }
        (lost, waitingCount) = (0, 0)
        waiting.removeAll(keepingCapacity: true)
    }

    /// Has written what was noted, and waits for it, but no longer than that.
    func settle(within limit: Duration) {
        scribe.settle(within: limit)
        flush()
        scribe.settle(within: limit)
        tellOutcome()
    }

    /// Tells what is new of the writing that has come to its end, in the order of the lines.
    private func tellOutcome() {
        let failures = outcome.failures.withLock { failures in
            defer { failures = [:] }
            return failures
        }
        var written: [String] = []
        for (file, failure) in failures.sorted(by: { $0.key < $1.key }) {
            if let failure {
                if broken.insert(file).inserted { log.tell(.recordsFailed(path: file, reason: failure)) }
            } else if broken.remove(file) != nil {
                written.append(file)
            }
        }
        for file in written { log.tell(.recordsWritten(path: file)) }
    }

    /// Forgets which files could not be written, so that they are reported again.
    func forgetFailures() {
        broken = []
    }
}
