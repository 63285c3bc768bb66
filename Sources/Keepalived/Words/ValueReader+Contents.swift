import Digests

// What servers send and are sent.

extension ValueReader {
    mutating func readContents(_ rule: ValueRule) -> [ReadValue]? {
        switch rule {
        case .digest: return readDigest()
        case .statuses: return readStatuses()
        case .bytes:
            guard let first = words.first, let digits = takeDigits(allowsAny: false) else { return nil }
            return [ReadValue(value: .bytes(digits.bytes), word: first)]
        default:
            guard let first = words.first else {
                return [ReadValue(value: .reply(Value.ReplyPattern(bytes: [], mask: [])), word: keyword)]
            }
            guard let digits = takeDigits(allowsAny: true) else { return nil }
            return [ReadValue(value: .reply(digits), word: first)]
        }
    }

    private mutating func readDigest() -> [ReadValue]? {
        guard let word = next() else { return nil }
        guard word.text.utf8.count == 32, let bytes = Hexadecimal.decode(word.text) else {
            findings.error("\(word.text) is no digest", at: word, expected: "32 hexadecimal digits, as genhash gives")
            return nil
        }
        return [ReadValue(value: .bytes(bytes), word: word)]
    }

    private mutating func readStatuses() -> [ReadValue]? {
        var ranges: [ClosedRange<UInt16>] = []
        let first = words.first ?? keyword
        var isRight = true
        while let word = next() {
            let bounds = word.text.split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false).map {
                NumberText.whole(String($0))
            }
            let numbers = bounds.compactMap { bound -> UInt16? in
                if case .number(let number) = bound, 100...599 ~= number { UInt16(number) } else { nil }
            }
            if numbers.count == bounds.count, let lower = numbers.first, let upper = numbers.last, lower <= upper {
                ranges.append(lower...upper)
            } else {
                findings.error(
                    "\(word.text) is no status",
                    at: word,
                    expected: "a number from 100 to 599, or two with - between"
                )
                isRight = false
            }
        }
        return isRight ? [ReadValue(value: .statuses(ranges), word: first)] : nil
    }

    /// Takes all words as hexadecimal digits: two make a byte, and so does one that is alone in its word or at its end.
    private mutating func takeDigits(allowsAny: Bool) -> Value.ReplyPattern? {
        var pattern = Value.ReplyPattern(bytes: [], mask: [])
        while let word = next() {
            for run in word.text.split(whereSeparator: { $0 == " " || $0 == "\t" }) {
                var digits = run[...]
                while let first = digits.popFirst() {
                    let second = digits.popFirst()
                    guard let high = Self.digit(first, allowsAny),
                        let low = second.map({ Self.digit($0, allowsAny) }) ?? high
                    else {
                        findings.error(
                            "\(word.text) is no row of bytes",
                            at: word,
                            expected: allowsAny ? "hexadecimal digits, or X for any" : "hexadecimal digits"
                        )
                        return nil
                    }
                    let isAlone = second == nil
                    pattern.bytes.append(isAlone ? low.value : high.value << 4 | low.value)
                    pattern.mask.append(isAlone ? 0xf0 | low.mask : high.mask << 4 | low.mask)
                }
            }
        }
        return pattern
    }

    private static func digit(_ character: Character, _ allowsAny: Bool) -> (value: UInt8, mask: UInt8)? {
        if allowsAny, character == "X" || character == "x" { return (0, 0) }
        guard character.isASCII, let value = character.hexDigitValue else { return nil }
        return (UInt8(value), 0xf)
    }
}
