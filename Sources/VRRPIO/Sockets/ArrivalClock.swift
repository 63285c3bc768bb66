import CLinux
import Glibc
import System
import Time

/// When packets came: the kernel tells it by the wall clock, which may be set while they wait to be read.
struct ArrivalClock {
    /// The moment at which no packet waited: none that is read later came before it.
    private var earliest = MonotonicTime(nanoseconds: .min)

    /// Takes note that nothing can have come before a moment.
    mutating func begin(at now: MonotonicTime) {
        earliest = now
    }

    /// Takes note that no packet waits.
    mutating func wasEmpty(at now: MonotonicTime) {
        earliest = max(earliest, now)
    }

    /// The moment of a packet's arrival, which is neither before the last time that none waited nor to come, and the time since
    /// 1970 at which it came.
    ///
    /// - Parameter stamp: nanoseconds since 1970 as the kernel has them; 0 where it has none.
    func arrival(stamp: Int64, at now: MonotonicTime) -> (MonotonicTime, wall: Duration) {
        arrival(stamp: stamp, at: now, wall: Self.wall)
    }

    /// The same with the wall clock as it is now.
    func arrival(stamp: Int64, at now: MonotonicTime, wall: Duration) -> (MonotonicTime, wall: Duration) {
        guard stamp > 0 else { return (now, wall) }
        let age = max(wall - .nanoseconds(stamp), .zero)
        let moment = max(now + (.zero - age), min(earliest, now))
        return (moment, wall - (now - moment))
    }

    private static var wall: Duration {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return .seconds(time.tv_sec) + .nanoseconds(Int64(time.tv_nsec))
    }
}
