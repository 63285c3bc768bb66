// How the values of directives are read. Each takes what ldirectord takes, and says where that is not what is written.

extension DirectiveLine {
    /// The largest count that is kept; larger ones are no different.
    static let largestCount = Int(Int32.max)

    /// A number of at least 1, the first that stands anywhere in the value.
    func count(refusal: String, into findings: inout Findings) -> Int? {
        guard let (number, digits) = firstNumber, number > 0 else {
            findings.error(refusal, at: place, expected: "a number from 1 on")
            return nil
        }
        warnOfText(around: digits, number: number, into: &findings)
        return number
    }

    /// The first run of digits of the value, and its number, at most `largestCount`.
    private var firstNumber: (number: Int, digits: Range<Int>)? {
        line.bytes.firstNumber(in: range)
    }

    private func warnOfText(around digits: Range<Int>, number: Int, into findings: inout Findings) {
        guard digits != rangeWithoutComment else { return }
        findings.warning("only the number \(number) of this value counts", at: place)
    }

    /// A time: whole or broken seconds, `s` behind them or not, or `ms`; otherwise the first number in the value.
    func time(
        refusal: String,
        isZeroAllowed: Bool = false,
        least: Duration = .milliseconds(1),
        into findings: inout Findings
    ) -> Duration? {
        let bytes = line.bytes
        let range = rangeWithoutComment
        let written = TimeText(bytes[range])
        guard let (number, digits) = firstNumber else {
            return refuse(
                refusal,
                expected: isZeroAllowed ? "a time such as 0, 5 or 0.5" : Self.expectedTime,
                into: &findings
            )
        }
        if findings.isStrict, let written, written.time != .seconds(number) {
            findings.warning("ldirectord reads \(number) seconds", at: place)
            return number > 0 || isZeroAllowed ? .seconds(number) : refuse(refusal, into: &findings)
        }
        if let written {
            if written.time == .zero, isZeroAllowed { return .zero }
            guard written.time >= least else {
                let expected = least > .milliseconds(1) ? "at least \(TimeText.text(least))" : Self.expectedTime
                return refuse(refusal, expected: expected, into: &findings)
            }
            return min(written.time, .seconds(Self.largestCount))
        }
        guard number > 0 || isZeroAllowed else { return refuse(refusal, into: &findings) }
        let unit = number == 1 ? "second" : "seconds"
        if digits != range {
            findings.warning("only the number of this value counts: \(number) \(unit)", at: place)
        }
        return .seconds(number)
    }

    private static let expectedTime = "a time above 0 such as 5, 0.5 or 250ms"

    private func refuse(
        _ refusal: String,
        expected: String = Self.expectedTime,
        into findings: inout Findings
    ) -> Duration? {
        findings.error(refusal, at: place, expected: expected)
        return nil
    }

    /// `yes` or `no`.
    func boolean(refusal: String? = nil, into findings: inout Findings) -> Bool? {
        let bytes = line.bytes
        let refusal = refusal ?? "\(name) must be 'yes' or 'no'"
        let range = rangeWithoutComment
        let isYes: Bool
        switch String(decoding: bytes[range].prefix(4), as: UTF8.self).lowercased() {
        case "yes": isYes = true
        case "no": isYes = false
        default:
            let text = String(decoding: bytes[range].prefix(16), as: UTF8.self)
            findings.error(refusal, at: place, note: WordsOfOthers.boolean(text).map { "Is it \($0)?" })
            return nil
        }
        let word = Place(line: line, range: range)
        if bytes[range].contains(where: { !$0.isLowercaseLetter }) {
            findings.tolerate("\(name) in capital letters", at: word, expected: "yes or no", ldirectordSays: refusal)
        } else if range.upperBound != rawEnd {
            let rest = Place(line: line, range: range.upperBound..<max(rawEnd, range.upperBound))
            let isComment = self.range != range || isInBlock && rawEnd < bytes.endIndex
            findings.tolerate(
                isComment ? "a comment behind \(name)" : "blanks behind \(name)",
                at: rest,
                ldirectordSays: refusal
            )
        }
        return isYes
    }
}

extension ArraySlice<UInt8> {
    /// The first run of digits in a range, and its number, at most `DirectiveLine.largestCount`.
    func firstNumber(in range: Range<Int>) -> (number: Int, digits: Range<Int>)? {
        guard let start = self[range].firstIndex(where: \.isDigit) else { return nil }
        let end = self[start..<range.upperBound].firstIndex { !$0.isDigit } ?? range.upperBound
        return (number(start..<end), start..<end)
    }

    /// The number that digits stand for, at most `DirectiveLine.largestCount`.
    func number(_ digits: Range<Int>) -> Int {
        var number = 0
        for index in digits {
            number = number * 10 + Int(self[index] & 0x0f)
            if number >= DirectiveLine.largestCount { return DirectiveLine.largestCount }
        }
        return number
    }
}
