package import Time

/// Says when by the calendar something happened by the clock that no one sets.
package struct WallClock: Hashable, Sendable {
    /// The nanoseconds since 1970 at the zero of the monotonic clock.
    private let origin: Int64
    /// The seconds by which local time is ahead of UTC.
    private let ahead: Int64

    /// Makes a clock.
    ///
    /// - Parameters:
    ///   - now: the moment now.
    ///   - nanoseconds: the nanoseconds since 1970 at that moment.
    ///   - ahead: the seconds by which local time is ahead of UTC.
    package init(now: MonotonicTime, nanoseconds: Int64, ahead: Int64 = 0) {
        origin = nanoseconds &- now.nanoseconds
        self.ahead = ahead
    }

    /// The time since 1970, in whole microseconds.
    func sinceEpoch(_ moment: MonotonicTime) -> Duration {
        let time = parts(moment)
        return .seconds(time.seconds) + .microseconds(time.microseconds)
    }

    /// Seconds since 1970, and the time by the calendar: `1795999577.525231 (Mon Nov 30 00:46:17.525231 2026)`.
    func text(_ moment: MonotonicTime) -> String {
        let time = parts(moment)
        let local = time.seconds &+ ahead
        let days = Int64((Double(local) / 86_400).rounded(.down))
        let second = local &- days &* 86_400
        let (year, month, day) = Self.date(days)
        let weekday = Self.weekdays[Int(((days &+ 4) % 7 + 7) % 7)]
        let hour = "\(Self.padded(second / 3600, 2)):\(Self.padded(second / 60 % 60, 2)):\(Self.padded(second % 60, 2))"
        let fraction = Self.padded(time.microseconds, 6)
        let dayText = day < 10 ? " \(day)" : "\(day)"
        return
            "\(time.seconds).\(fraction) (\(weekday) \(Self.months[month - 1]) \(dayText) \(hour).\(fraction) \(year))"
    }

    private static let weekdays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
    private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

    private func parts(_ moment: MonotonicTime) -> (seconds: Int64, microseconds: Int64) {
        let nanoseconds = max(0, origin &+ moment.nanoseconds)
        return (nanoseconds / 1_000_000_000, nanoseconds % 1_000_000_000 / 1000)
    }

    private static func padded(_ number: Int64, _ width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }

    /// The date so many days after the first of 1970, in eras of 400 years that begin in March.
    private static func date(_ days: Int64) -> (year: Int64, month: Int, day: Int64) {
        let shifted = days &+ 719_468
        let era = shifted / 146_097
        let dayOfEra = shifted % 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
        let month = Int(shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9)
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
    }
}
