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
    static func whole(_ text: some StringProtocol, allowsNegative: Bool = false) -> Reading {
        let (isNegative, digits) = signed(text.utf8)
        guard !digits.isEmpty, digits.allSatisfy(\.isDigit) else { return .other }
        guard let number: Int64 = number(digits) else { return isNegative ? .negative : .huge }
        guard isNegative, number > 0 else { return .number(number) }
        return allowsNegative ? .number(-number) : .negative
    }

    /// Whether a minus is before a number, and what stands behind blanks and the sign.
    private static func signed<Bytes: Collection<UInt8>>(_ bytes: Bytes) -> (isNegative: Bool, rest: Bytes.SubSequence)
    {
        var rest = bytes.drop { $0 == 0x20 || $0 == 0x09 }
        let sign = rest.first
        if sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") { rest.removeFirst() }
        return (sign == UInt8(ascii: "-"), rest)
    }

    /// The number of digits, which are digits; nil where there are too many.
    private static func number<Number: FixedWidthInteger>(_ digits: some Collection<UInt8>) -> Number? {
        var number: Number = 0
        for digit in digits {
            let (product, isTooMuch) = number.multipliedReportingOverflow(by: 10)
            let (sum, isOver) = product.addingReportingOverflow(Number(digit - 0x30))
            if isTooMuch || isOver { return nil }
            number = sum
        }
        return number
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
        let (isNegative, rest) = signed(text.utf8)
        let point = rest.firstIndex(of: UInt8(ascii: "."))
        let whole = rest[..<(point ?? rest.endIndex)]
        let decimals = rest[(point.map { rest.index(after: $0) } ?? rest.endIndex)...]
        guard whole.allSatisfy(\.isDigit), decimals.allSatisfy(\.isDigit) else { return .other }
        if point != nil, whole.isEmpty, decimals.isEmpty { return .other }
        guard let seconds: UInt64 = number(whole) else { return isNegative ? .negative : .huge }
        let kept = decimals.prefix(6)
        var fraction: UInt64 = number(kept) ?? 0
        for _ in kept.count..<6 { fraction *= 10 }
        if let next = decimals.dropFirst(6).first, next >= UInt8(ascii: "5") { fraction += 1 }
        let (product, overflows) = seconds.multipliedReportingOverflow(by: 1_000_000)
        let (sum, isTooMuch) = product.addingReportingOverflow(fraction)
        if isNegative, sum > 0 || overflows { return .negative }
        guard !overflows, !isTooMuch else { return .huge }
        return .microseconds(sum, isRounded: decimals.count > 6)
    }
}
