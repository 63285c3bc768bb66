/// A number as keepalived's files have them: decimal, with a sign and blanks before it.
enum NumberText {
    /// What a text is.
    enum Reading: Equatable {
        case number(Int64)
        /// Digits alone, and too many.
        case huge
        case negative
        /// Not a number, or with something behind it.
        case other
    }

    /// Reads a whole number; negative ones only where they are asked for.
    static func whole(_ text: String, allowsNegative: Bool = false) -> Reading {
        var rest = Substring(text).drop { $0 == " " || $0 == "\t" }
        let isNegative = rest.first == "-"
        if let sign = rest.first, sign == "-" || sign == "+" { rest.removeFirst() }
        guard !rest.isEmpty, rest.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return .other }
        guard let number = Int64(rest) else { return isNegative ? .negative : .huge }
        guard isNegative, number > 0 else { return .number(number) }
        return allowsNegative ? .number(-number) : .negative
    }

    /// A time in microseconds.
    enum TimeReading: Equatable {
        /// Whether it had more than six decimals, which are rounded.
        case microseconds(UInt64, isRounded: Bool)
        case huge
        case negative
        case other
    }

    /// Reads seconds with decimals; nothing is 0.
    static func time(_ text: String) -> TimeReading {
        var rest = Substring(text).drop { $0 == " " || $0 == "\t" }
        let isNegative = rest.first == "-"
        if let sign = rest.first, sign == "-" || sign == "+" { rest.removeFirst() }
        let parts = rest.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        let isDecimal = parts.allSatisfy { $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }
        guard isDecimal, !(parts.count == 2 && parts.allSatisfy(\.isEmpty)) else { return .other }
        let whole = parts.first ?? ""
        let decimals = parts.count > 1 ? parts[1] : ""
        guard let seconds = whole.isEmpty ? 0 : UInt64(whole) else { return isNegative ? .negative : .huge }
        let kept = decimals.prefix(6)
        var fraction = UInt64(kept.isEmpty ? "0" : kept) ?? 0
        for _ in kept.utf8.count..<6 { fraction *= 10 }
        if let next = decimals.utf8.dropFirst(6).first, next >= UInt8(ascii: "5") { fraction += 1 }
        let (product, overflows) = seconds.multipliedReportingOverflow(by: 1_000_000)
        let (sum, isTooMuch) = product.addingReportingOverflow(fraction)
        if isNegative, sum > 0 || overflows { return .negative }
        guard !overflows, !isTooMuch else { return .huge }
        return .microseconds(sum, isRounded: decimals.utf8.count > 6)
    }
}
