import CLinux
import Glibc

/// A time at which a configuration is to be loaded again, as a file says it.
struct ReloadTime: Hashable, Sendable {
    private struct Day: Hashable, Sendable {
        let year: Int32
        let month: Int32
        let day: Int32
    }

    private let day: Day?
    private let hour: Int32
    private let minute: Int32
    private let second: Int32
    private let isUTC: Bool

    /// Whether it is the time of one day, and not of every one.
    var hasDate: Bool { day != nil }

    /// Reads `HH:MM:SS`, `YY-MM-DD HH:MM:SS` or `YYYY-MM-DD HH:MM:SS`, in local time or, with a `Z` behind it, in UTC; nil for
    /// anything else.
    init?(_ text: some StringProtocol) {
        var bytes = Array(text.utf8)
        isUTC = bytes.last == UInt8(ascii: "Z")
        if isUTC { bytes.removeLast() }
        let form =
            switch bytes.count {
            case 8: "00:00:00"
            case 17: "00-00-00 00:00:00"
            case 19: "0000-00-00 00:00:00"
            default: ""
            }
        let isDigit = { (byte: UInt8) in (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
        guard !form.isEmpty,
            zip(bytes, form.utf8).allSatisfy({ isDigit($1) ? isDigit($0) : $0 == $1 })
        else { return nil }
        let numbers = bytes.split { !isDigit($0) }.compactMap { Int32(String(decoding: $0, as: UTF8.self)) }
        guard numbers.count == 3 || numbers.count == 6 else { return nil }
        (hour, minute, second) = (numbers[numbers.count - 3], numbers[numbers.count - 2], numbers[numbers.count - 1])
        guard hour < 24, minute < 60, second < 60 else { return nil }
        if numbers.count == 6 {
            // As strptime(3) takes two digits of a year.
            let year = bytes.count == 19 ? numbers[0] : numbers[0] + (numbers[0] < 69 ? 2000 : 1900)
            guard (1...12).contains(numbers[1]), (1...31).contains(numbers[2]) else { return nil }
            day = Day(year: year, month: numbers[1], day: numbers[2])
        } else {
            day = nil
        }
    }

    /// When it comes, in seconds since the beginning of 1970; nil where it has passed, or where that day has no such time.
    func next(after now: Int) -> Int? {
        var parts = tm()
        var moment = time_t(now)
        if isUTC { gmtime_r(&moment, &parts) } else { localtime_r(&moment, &parts) }
        if let day { (parts.tm_year, parts.tm_mon, parts.tm_mday) = (day.year - 1900, day.month - 1, day.day) }
        (parts.tm_hour, parts.tm_min, parts.tm_sec) = (hour, minute, second)
        guard let first = seconds(of: parts) else { return nil }
        if first > now { return first }
        guard day == nil else { return nil }
        parts.tm_mday += 1
        return seconds(of: parts, isExact: false)
    }

    /// The seconds since 1970; nil where the calendar has no such day or hour.
    private func seconds(of parts: tm, isExact: Bool = true) -> Int? {
        var found = parts
        found.tm_isdst = -1
        let moment = isUTC ? timegm(&found) : mktime(&found)
        let isSame =
            found.tm_year == parts.tm_year && found.tm_mon == parts.tm_mon && found.tm_mday == parts.tm_mday
            && found.tm_hour == parts.tm_hour && found.tm_min == parts.tm_min
        return moment >= 0 && (isSame || !isExact) ? moment : nil
    }
}
