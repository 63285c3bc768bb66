import Addresses
import CLinux
import CheckIO
import Configuration
import Dialogues
import Glibc
import HealthChecks
import System
import Time

/// Checks many servers of one machine as a director does, to measure what that costs.
///
///     check-bench tcp|http SERVERS PORT INTERVAL-MS [HOSTILE=PORT]...
///
/// The servers are 127.0.0.1 and on. Beside them two hostile ones of each kind can be checked, whose ports
/// `hostile-server` tells. At SIGTERM it prints what it did and used, as a line of JSON.
final class CheckBench {
    private let loop: EventLoop
    private var schedule = CheckSchedule(capacity: 16_384)
    private var runner: ProbeRunner?
    private var timer: LoopTimer?
    private var timerMoment: MonotonicTime?
    private let start: MonotonicTime
    private let serverCount: Int
    private var passed = 0
    private var failed = 0
    /// The checks that are to fail, and how many did.
    private let hostile: Set<ScheduledCheck>
    private var hostileCount = 0
    private var known: Duration?
    private var lag = Duration.zero
    private var isOver = false
    /// The most processor time that a turn of the loop took, in nanoseconds: whatever else the machine does, so long
    /// others have waited.
    private var longestTurn = 0

    /// Runs until SIGTERM.
    ///
    /// - Returns: the exit status.
    static func run(_ words: [String]) -> Int32 {
        guard words.count >= 5, let servers = UInt32(words[2]), let port = UInt16(words[3]),
            let interval = Int(words[4])
        else { return 2 }
        do throws(SystemFailure) {
            DescriptorLimit.raise()
            let hostile = words.dropFirst(5).compactMap { HostileWay($0) }.flatMap { way in
                (1...2 as ClosedRange<UInt32>).map { number in
                    let check = way.check(IPv4Address(value: 0x7f01_0000 + number))
                    return ScheduledCheck(check, pace: Pace(interval: .milliseconds(interval)))
                }
            }
            let bench = try CheckBench(servers: Int(servers), hostile: Set(hostile))
            let checks = (0..<servers).map { number in
                let address = IPv4Address(value: 0x7f00_0001 + number)
                let target = Endpoint(address: .v4(address), port: port)
                let check = HealthCheck(method: method(words[1], address), target: target, timeout: .seconds(5))
                return ScheduledCheck(check, pace: Pace(interval: .milliseconds(interval)))
            }
            try bench.check(checks + hostile)
            bench.report()
            return 0
        } catch {
            print("check-bench: \(error)")
            return 1
        }
    }

    private static func method(_ kind: String, _ address: IPv4Address) -> HealthCheck.Method {
        guard kind == "http" else { return .connect }
        var request = HTTPRequest(target: "/check", host: address.description)
        request.pattern = ContentPattern("Server is OK")
        return .negotiate(Negotiation(.http(request)))
    }

    private init(servers: Int, hostile: Set<ScheduledCheck>) throws(SystemFailure) {
        self.hostile = hostile
        loop = try EventLoop()
        start = loop.now
        loop.turnSpacing = .milliseconds(2)
        serverCount = servers
    }

    private func check(_ checks: [ScheduledCheck]) throws(SystemFailure) {
        var signals = sigset_t()
        sigemptyset(&signals)
        sigaddset(&signals, SIGTERM)
        sigprocmask(SIG_BLOCK, &signals, nil)
        let descriptor = signalfd(-1, &signals, Int32(SFD_CLOEXEC))
        guard descriptor >= 0 else { throw SystemFailure(call: "signalfd", number: errno) }
        _ = try loop.watch(descriptor, for: .readable) { [unowned self] _ in isOver = true }
        runner = ProbeRunner(loop: loop) { [unowned self] token, result in finished(token, result) }
        // The time that making the checks took does not count.
        try loop.runTurn(atMost: .zero)
        schedule.replace(with: checks, at: loop.now)
        startDue()
        while !isOver {
            let begin = Self.processorTime
            try loop.runTurn()
            longestTurn = max(longestTurn, Self.processorTime - begin)
        }
    }

    private static var processorTime: Int {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return time.tv_sec * 1_000_000_000 + time.tv_nsec
    }

    private func startDue() {
        for probe in schedule.due(at: loop.now) { runner?.start(probe.check, token: probe.token) }
        lag = max(lag, schedule.lag)
        setTimer()
    }

    /// Keeps the timer at the moment of the next start.
    private func setTimer() {
        guard schedule.nextMoment != timerMoment else { return }
        if let timer { loop.cancel(timer) }
        timerMoment = schedule.nextMoment
        timer = timerMoment.map { moment in
            loop.at(moment) { [unowned self] in
                timerMoment = nil
                startDue()
            }
        }
    }

    private func finished(_ token: Int, _ result: CheckResult) {
        let check = schedule.finished(token: token, result, at: loop.now)
        defer { setTimer() }
        if let check, hostile.contains(check) {
            hostileCount += 1
            if hostileCount <= hostile.count { print("# \(check.check.target.port): \(result.layer): \(result.text)") }
            return
        }
        if result.verdict == .up { passed += 1 } else { failed += 1 }
        if failed == 1, result.verdict == .down { print("# \(result.layer): \(result.text)") }
        if known == nil, passed + failed >= serverCount { known = loop.now - start }
    }

    private func report() {
        var used = rusage()
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &used)
        let user = Double(used.ru_utime.tv_sec) + Double(used.ru_utime.tv_usec) / 1e6
        let system = Double(used.ru_stime.tv_sec) + Double(used.ru_stime.tv_usec) / 1e6
        let seconds = { (duration: Duration) in Double(duration.nanoseconds) / 1e9 }
        print(
            """
            {"passed": \(passed), "failed": \(failed), "hostile": \(hostileCount), "user": \(user), "system": \(system), \
            "memory": \(used.ru_maxrss), "known": \(seconds(known ?? .zero)), "late": \(seconds(lag) * 1000), \
            "turn": \(Double(longestTurn) / 1e6)}
            """
        )
    }
}
