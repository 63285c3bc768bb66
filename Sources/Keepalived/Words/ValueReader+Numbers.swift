// Numbers, times and weights.

extension ValueReader {
    mutating func readNumber(_ rule: ValueRule) -> [ReadValue]? {
        switch rule {
        case .number(let range, let below):
            guard let word = next() else { return nil }
            return number(word, in: range, below: below).map { [ReadValue(value: .number($0), word: word)] }
        case .time(let range):
            guard let word = next() else { return nil }
            return time(word, in: range).map { [ReadValue(value: .time($0), word: word)] }
        case .weight(let range):
            guard let word = next() else { return nil }
            guard let number = number(word, in: range, allowsNegative: true) else { return nil }
            var values = [ReadValue(value: .number(number), word: word)]
            if let sign = words.first, sign.text == "reverse" || sign.text == "noreverse" {
                words.removeFirst()
                values.append(ReadValue(value: .text(sign.text), word: sign))
            }
            return values
        default: return readInitialValue()
        }
    }

    /// Reads `[N] [overwrite]`.
    private mutating func readInitialValue() -> [ReadValue]? {
        var values: [ReadValue] = []
        while let word = words.first {
            if word.text == "overwrite" {
                values.append(ReadValue(value: .text(word.text), word: word))
            } else {
                let range = Int64(Int32.min)...Int64(Int32.max)
                guard let number = number(word, in: range, allowsNegative: true) else { return nil }
                values.insert(ReadValue(value: .number(number), word: word), at: 0)
            }
            words.removeFirst()
        }
        return values
    }

    /// A whole number in a range.
    mutating func number(
        _ word: Word,
        in range: ClosedRange<Int64>,
        below: String? = nil,
        allowsNegative: Bool = false
    ) -> Int64? {
        var expected: String { "a number from \(range.lowerBound) to \(range.upperBound)" }
        switch NumberText.whole(word.text, allowsNegative: allowsNegative) {
        case .number(let number) where range.contains(number): return number
        case .number(let number) where number >= 0 && number < range.lowerBound && below != nil:
            findings.warning("\(number) is out of range, \(below ?? "")", at: word, expected: expected)
        case .number, .huge: findings.error("\(word.text) is out of range", at: word, expected: expected)
        case .negative: findings.error("\(word.text) is negative", at: word, expected: expected)
        case .other: noteNoNumber(word, expected)
        }
        return nil
    }

    mutating func time(_ word: Word, in range: TimeRange) -> Duration? {
        var limits: String {
            "from \(Self.seconds(range.range.lowerBound)) to \(Self.seconds(range.range.upperBound)) seconds"
        }
        switch NumberText.time(word.text) {
        case .microseconds(let time, let isRounded):
            if range.range.contains(time) {
                if isRounded {
                    findings.warning(
                        "a time has six decimals: \(Self.seconds(time)) is taken",
                        at: word
                    )
                }
                return Self.duration(time)
            }
            noteOutOfRange(word, time < range.range.lowerBound ? range.below : range.above, limits)
        case .huge: noteOutOfRange(word, range.above, limits)
        case .negative: findings.error("\(word.text) is negative", at: word, expected: limits)
        case .other: noteNoNumber(word, "seconds as a number, such as 5 or 0.25")
        }
        return nil
    }

    private mutating func noteOutOfRange(_ word: Word, _ instead: String?, _ limits: String) {
        if let instead {
            findings.warning("\(word.text) is out of range, \(instead)", at: word, expected: limits)
        } else {
            findings.error("\(word.text) is out of range", at: word, expected: limits)
        }
    }

    private mutating func noteNoNumber(_ word: Word, _ expected: String) {
        findings.error(
            "\(word.text) is no number",
            at: word,
            expected: expected,
            note: word.text.utf8.first.map { (0x30...0x39).contains($0) } == true
                ? "keepalived takes the digits at its beginning, of seconds as microseconds." : nil
        )
    }

    private static func duration(_ microseconds: UInt64) -> Duration {
        .seconds(Int64(microseconds / 1_000_000)) + .microseconds(Int64(microseconds % 1_000_000))
    }

    /// Seconds with as many decimals as they need.
    private static func seconds(_ microseconds: UInt64) -> String {
        let fraction = String(microseconds % 1_000_000)
        let decimals = String(repeating: "0", count: 6 - fraction.utf8.count) + fraction
        let kept = decimals.reversed().drop { $0 == "0" }.reversed()
        return String(microseconds / 1_000_000) + (kept.isEmpty ? "" : "." + String(kept))
    }
}
