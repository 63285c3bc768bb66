import CLinux
import Configuration
import Director
import Glibc
import System
import Time

/// Follows the file that says when the configuration is loaded again, and tells when its time has come.
///
/// The clock of the machine may be set at any time: how long it is until then is reckoned anew with each look at the file.
final class ReloadAlarm {
    /// The least time between two looks, whatever happens in the folder.
    private static let spacing = Duration.milliseconds(200)
    /// The time between two looks when nothing tells of a change.
    private static let period = Duration.seconds(10)

    let schedule: ReloadSchedule
    private let loop: EventLoop
    private let log: DaemonLog
    private let clock: () -> Duration
    private let onTime: () -> Void
    private var looks: PacedLooks?
    /// The first line of the file; nil where there is none.
    private var line: String?
    /// The time that it says, in seconds since the beginning of 1970; nil where it says none that is to come.
    private var moment: Int?
    private var timer: LoopTimer?
    /// Whether the file is being removed, whatever a look finds meanwhile.
    private var isRemoving = false

    /// Follows a file.
    ///
    /// - Parameters:
    ///   - clock: tells the time since the beginning of 1970.
    ///   - onTime: called in a turn of the loop when the time has come.
    init(
        on loop: EventLoop,
        _ schedule: ReloadSchedule,
        _ log: DaemonLog,
        clock: @escaping () -> Duration = { ReloadAlarm.now },
        onTime: @escaping () -> Void
    ) {
        self.loop = loop
        self.schedule = schedule
        self.log = log
        self.clock = clock
        self.onTime = onTime
        looks = PacedLooks(on: loop, spacing: Self.spacing) { [weak self] in self?.look() }
    }

    deinit {
        if let timer { loop.cancel(timer) }
    }

    private static var now: Duration {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
    }

    private func look() {
        let (path, notices) = (schedule.path, looks?.notices)
        Background.begin(on: loop) { () -> String? in
            notices?.watch(LinkTrail.folders(to: path))
            guard let contents = try? FileContents(reading: path) else { return nil }
            return String(decoding: contents.bytes.prefix { $0 != UInt8(ascii: "\n") }.prefix(80), as: UTF8.self)
        } then: { [weak self] in
            self?.looked($0)
        }
    }

    /// Takes what a look has found; nil where there was no look.
    private func looked(_ outcome: String??) {
        looks?.ended()
        looks?.atTheLatest(after: Self.period)
        guard !isRemoving, let found = outcome else { return }
        let isNew = found != line
        // What the clock was set forward over has come, too.
        if !isNew, let moment, clock() >= .seconds(moment) { return comes() }
        line = found
        plan(isNew: isNew)
    }

    /// Plans for the time that the file says, and tells what is new of that.
    private func plan(isNew: Bool) {
        let former = moment
        let time = line.flatMap { ReloadTime($0) }
        moment = time?.next(after: Int(clock().components.seconds))
        if let timer { loop.cancel(timer) }
        timer = moment.map { moment in
            // A time may be thousands of years away.
            let pause = min(max(.seconds(moment) - clock(), .zero), .seconds(86_400))
            return loop.at(loop.now + pause) { [weak self] in self?.comes() }
        }
        if let line, moment == nil {
            if isNew { log.tell(.reloadTimeUnusable(line, isPast: time != nil)) }
        } else if moment != former {
            log.tell(.reloadPlanned(line))
        }
    }

    private func comes() {
        if let timer { loop.cancel(timer) }
        timer = nil
        guard let moment, clock() >= .seconds(moment) else { return plan(isNew: false) }
        let isOver = !schedule.isDaily || line.flatMap { ReloadTime($0) }?.hasDate != false
        if isOver {
            // A time without a date would be taken for that of tomorrow until the file is gone.
            (self.moment, line, isRemoving) = (nil, nil, true)
            let path = schedule.path
            Background.begin(on: loop, { unlink(path) }, then: { [weak self] _ in self?.isRemoving = false })
        } else {
            plan(isNew: false)
        }
        onTime()
    }
}
