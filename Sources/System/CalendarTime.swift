import Glibc

/// The time of day in the forms that logs and mails have; never used to measure anything.
package struct CalendarTime {
    /// The seconds since the beginning of 1970 in UTC.
    package let seconds: Int64
    private var parts = tm()

    /// The time of day now, where the machine is.
    package init() {
        var now = time(nil)
        seconds = Int64(now)
        localtime_r(&now, &parts)
    }

    /// The nanoseconds since the beginning of 1970 in UTC, now.
    package static var nanoseconds: Int64 {
        var now = timespec()
        clock_gettime(CLOCK_REALTIME, &now)
        return Int64(now.tv_sec) * 1_000_000_000 + Int64(now.tv_nsec)
    }

    /// As `ctime` gives it: `Wed Nov  5 09:03:07 2026`.
    package var text: String { formatted("%a %b %e %H:%M:%S %Y") }

    /// As syslog has it: `Nov  5 09:03:07`.
    var syslogText: String { formatted("%b %e %H:%M:%S") }

    /// The seconds that local time is ahead of UTC.
    package var offset: Int { parts.tm_gmtoff }

    private func formatted(_ format: String) -> String {
        var parts = parts
        return withUnsafeTemporaryAllocation(of: CChar.self, capacity: 64) { buffer in
            guard let start = buffer.baseAddress, strftime(start, buffer.count, format, &parts) > 0 else { return "" }
            return String(cString: start)
        }
    }
}
