/// A time as files have it: `5`, `0.5`, `5s`, `250ms`.
struct TimeText {
    let time: Duration

    /// Reads digits, perhaps a point and more digits, perhaps blanks and `s` or `ms`; anything else is nil.
    init?(_ text: ArraySlice<UInt8>) {
        var rest = text
        let whole = rest.prefix(while: \.isDigit)
        guard !whole.isEmpty else { return nil }
        rest = rest[whole.endIndex...]
        var fraction: ArraySlice<UInt8> = []
        if rest.first == UInt8(ascii: ".") {
            fraction = rest.dropFirst().prefix(while: \.isDigit)
            guard !fraction.isEmpty else { return nil }
            rest = rest[fraction.endIndex...]
        }
        let unit: Duration
        switch String(decoding: rest.drop(while: \.isBlank).prefix(3), as: UTF8.self) {
        case "", "s": unit = .seconds(1)
        case "ms": unit = .milliseconds(1)
        default: return nil
        }
        time = unit * text.number(whole.indices) + Self.part(of: unit, fraction)
    }

    /// Digits behind the point of a unit, in whole nanoseconds.
    private static func part(of unit: Duration, _ digits: ArraySlice<UInt8>) -> Duration {
        var part = Duration.zero
        var place = unit
        for digit in digits.prefix(9) {
            place = place / 10
            part += place * Int(digit & 0x0f)
        }
        let nanosecond: Int64 = 1_000_000_000
        return .nanoseconds(part.components.attoseconds / nanosecond)
    }

    /// A time as a person would write it: `5 s`, `250 ms`.
    static func text(_ time: Duration) -> String {
        let (seconds, attoseconds) = time.components
        let milliseconds = attoseconds / 1_000_000_000_000_000
        return milliseconds == 0 ? "\(seconds) s" : "\(seconds * 1000 + milliseconds) ms"
    }
}
