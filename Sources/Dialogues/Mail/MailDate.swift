/// A moment as mail headers show it.
package struct MailDate: Hashable, Sendable {
    /// The seconds since the beginning of 1970 in UTC.
    package let seconds: Int64
    /// The seconds that local time is ahead of UTC.
    package let offset: Int

    /// Makes a date of the system's clock; years 1970 to 9999, others are taken for the nearest of these.
    package init(seconds: Int64, offset: Int) {
        self.seconds = min(max(seconds, 0), 253_402_214_400)
        self.offset = min(max(offset, -86_340), 86_340)
    }
}

extension MailDate: CustomStringConvertible {
    /// `Wed, 25 Nov 2026 15:30:00 +0100`, RFC 5322.
    package var description: String {
        let local = max(seconds + Int64(offset), 0)
        let days = local / 86_400
        let second = local % 86_400
        let (year, month, day) = MailDate.civil(days: days)
        let weekday = MailDate.weekdays[Int((days + 4) % 7)]
        let minutes = abs(offset) / 60
        let zone = "\(offset < 0 ? "-" : "+")\(two(Int64(minutes / 60)))\(two(Int64(minutes % 60)))"
        let time = "\(two(second / 3600)):\(two(second / 60 % 60)):\(two(second % 60))"
        return "\(weekday), \(day) \(MailDate.months[Int(month) - 1]) \(year) \(time) \(zone)"
    }

    private func two(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }

    /// The date of a day, counted from 1970-01-01, in the Gregorian calendar.
    ///
    /// Years are taken to begin in March, so that the day that some have and others lack is their last.
    private static func civil(days: Int64) -> (year: Int64, month: Int64, day: Int64) {
        let day = days + 719_468
        let era = day / 146_097
        let dayOfEra = day % 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let fromMarch = (5 * dayOfYear + 2) / 153
        let month = fromMarch < 10 ? fromMarch + 3 : fromMarch - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        return (year, month, dayOfYear - (153 * fromMarch + 2) / 5 + 1)
    }

    private static let weekdays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]
}
