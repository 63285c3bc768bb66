import CLinux
import Glibc
import Synchronization

/// What happened on a segment, as several threads saw it.
public final class Timeline: Sendable {
    private let entries = Mutex<[TimelineEntry]>([])
    private let zero: Double

    init() {
        zero = Self.monotonic
    }

    /// Nanoseconds of a clock as seconds.
    private static func seconds(_ clock: clockid_t) -> Double {
        var time = timespec()
        clock_gettime(clock, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }

    private static var monotonic: Double { seconds(CLOCK_MONOTONIC) }

    /// The seconds since the beginning.
    public var now: Double { Self.monotonic - zero }

    /// The seconds between the beginning and a moment of the wall clock.
    func moment(ofWall seconds: Double) -> Double { now - (Self.seconds(CLOCK_REALTIME) - seconds) }

    func add(_ matter: TimelineEntry.Matter, of host: String, at moment: Double) {
        entries.withLock { $0.append(TimelineEntry(moment: moment, host: host, matter: matter)) }
    }

    /// All of it in the order of time.
    public var all: [TimelineEntry] { entries.withLock { $0 }.sorted { $0.moment < $1.moment } }
}
