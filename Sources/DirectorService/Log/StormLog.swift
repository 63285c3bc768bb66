import Director
import System
import Time

/// The lines of a director on their way to the log: when thousands of servers change again and again, most are left out
/// and summed up.
final class StormLog {
    /// The time that is summed up in one line.
    private static let period = Duration.seconds(10)
    /// The lines that go out whatever happens, and those for each server: what a start and an outage take.
    private static let usual = (atOnce: 1000.0, forEachServer: 4.0, eachSecond: 100.0)

    private let loop: EventLoop
    private let log: DaemonLog
    private var allowance = Allowance(burst: StormLog.usual.atOnce, rate: StormLog.usual.eachSecond)
    private var leftOut = 0
    private var start: MonotonicTime?
    private var timer: LoopTimer?
    /// Gives the servers as they are, and how many have changed since a moment.
    private let tally: (_ since: MonotonicTime) -> ServerTally?

    init(on loop: EventLoop, _ log: DaemonLog, tally: @escaping (_ since: MonotonicTime) -> ServerTally?) {
        self.loop = loop
        self.log = log
        self.tally = tally
    }

    deinit {
        if let timer { loop.cancel(timer) }
    }

    /// Takes note of how many servers there are.
    func expect(servers count: Int) {
        allowance.burst = Self.usual.atOnce + Self.usual.forEachServer * Double(count)
    }

    /// Writes a line, or leaves it out.
    func write(_ line: String) {
        guard !allowance.admit(at: loop.now) else { return log.write(line) }
        leftOut += 1
        guard timer == nil else { return }
        start = loop.now
        timer = loop.at(loop.now + Self.period) { [weak self] in self?.sumUp() }
    }

    /// Says what was left out.
    func sumUp() {
        if let timer { loop.cancel(timer) }
        timer = nil
        guard leftOut > 0, let start else { return }
        log.tell(.linesLeftOut(leftOut, seconds: (loop.now - start).components.seconds, tally(start)))
        leftOut = 0
        self.start = nil
    }
}
