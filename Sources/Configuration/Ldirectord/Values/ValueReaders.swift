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

    /// A text in quotation marks, that may be left out here; never empty unless that is allowed.
    ///
    /// What follows the last quotation mark is ignored. Bytes that are no text are bytes in a pattern, and refused
    /// elsewhere.
    func quoted(
        refusal: String,
        isEmptyAllowed: Bool = false,
        isPattern: Bool = false,
        into findings: inout Findings
    ) -> Located<String>? {
        let text: Range<Int>
        if isInPlainMarks {
            guard let content = quotedRange(into: &findings) else { return nil }
            text = content
            warnOfSecond(in: text, into: &findings)
        } else {
            guard let content = rangeWithoutMarks(refusal: refusal, into: &findings) else { return nil }
            text = content
        }
        guard !text.isEmpty || isEmptyAllowed else {
            findings.error(refusal, at: place, expected: "a text that is not empty")
            return nil
        }
        return line.string(text, isPattern: isPattern, into: &findings).map {
            warnOfUnseen(in: text, into: &findings)
            return Located($0, at: Place(line: line, range: text))
        }
    }

    /// Tells of a second directive on the line, which only a mark within the text divides from the first.
    private func warnOfSecond(in text: Range<Int>, into findings: inout Findings) {
        let bytes = line.bytes
        guard let mark = bytes.first(UInt8(ascii: "\""), in: text) else { return }
        let rest = bytes[mark + 1..<text.upperBound].drop {
            $0.isBlank || $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: ";")
        }
        let second = rest.prefix { $0.isLetterOrDigit }
        guard rest.startIndex > mark + 1, !second.isEmpty,
            bytes[second.endIndex..<text.upperBound].first(where: { !$0.isBlank }) == UInt8(ascii: "=")
        else { return }
        findings.warning(
            "a second directive on the line is a part of \(name)",
            at: Place(line: line, range: second.startIndex..<second.endIndex),
            expected: "a line for each"
        )
    }

    /// A text that needs plain quotation marks and has none: where it has others, or where nothing at its ends looks
    /// like one, there is no doubt about what is meant.
    private func rangeWithoutMarks(refusal: String, into findings: inout Findings) -> Range<Int>? {
        let bytes = line.bytes
        let text = rangeWithoutComment
        guard !text.isEmpty else {
            findings.error(refusal, at: place, expected: "a text in quotation marks", note: noteOfUnknown)
            return nil
        }
        switch SurroundingMarks(in: bytes, text) {
        case .pair(let inner, let first, let last):
            noteTaken(first, last, into: &findings) { findings, message, place in
                findings.tolerate(
                    "\(message); taken for one",
                    at: place,
                    expected: "\"",
                    ldirectordSays: unknownCommand
                )
            }
            return inner
        case .stray(let mark):
            refuse(mark, into: &findings)
            return nil
        case .none:
            if let mark = SurroundingMarks.firstMark(in: bytes[text]) {
                refuse(mark, into: &findings)
                return nil
            }
            if text.upperBound < bytes.endIndex, bytes[text.upperBound] == UInt8(ascii: "#") {
                // Whether it begins a comment or belongs to the text, nobody can tell.
                findings.error(
                    "a # in \(name) without quotation marks",
                    at: Place(line: line, range: text.upperBound..<text.upperBound + 1),
                    expected: "quotation marks around the text, or a blank before the #",
                    note: noteOfUnknown
                )
                return nil
            }
            let trimmed = trimmingUnseen(text, into: &findings)
            findings.tolerate(
                "\(name) without quotation marks",
                at: Place(line: line, range: trimmed),
                expected: "\"\(Place(line: line, range: trimmed.prefix(60)).text)\"",
                ldirectordSays: unknownCommand
            )
            return trimmed
        }
    }

    private func refuse(_ mark: SurroundingMarks.Mark, into findings: inout Findings) {
        let isLonely = mark.isPlain && !mark.isEscaped
        let isLast = mark.range.lowerBound > range.lowerBound
        findings.error(
            inText: isLonely && isLast ? "a quotation mark that nothing opens" : mark.complaint,
            at: Place(line: line, range: mark.range),
            expected: isLonely ? isLast ? "a quotation mark before the text" : "a second quotation mark" : "\"",
            note: noteOfUnknown
        )
    }

    /// Says which of two marks that are taken for quotation marks is none.
    private func noteTaken(
        _ first: SurroundingMarks.Mark,
        _ last: SurroundingMarks.Mark,
        into findings: inout Findings,
        _ note: (inout Findings, String, Place) -> Void
    ) {
        let mark = first.isPlain && !first.isEscaped ? last : first
        note(&findings, mark.complaint, Place(line: line, range: mark.range))
    }

    /// Whether the value begins with a plain quotation mark that another one closes, in the value or behind a `#`.
    private var isInPlainMarks: Bool {
        let mark = UInt8(ascii: "\"")
        guard value.first == mark else { return false }
        let bytes = line.bytes
        if let last = bytes.last(mark, in: range.dropFirst()) {
            // `"a\"`, of which ldirectord makes `a\`, is what it is there.
            return last > range.lowerBound
        }
        if case .pair = SurroundingMarks(in: bytes, rangeWithoutComment) { return false }
        return bytes.first(mark, in: rawEnd..<bytes.endIndex) != nil
    }

    private var noteOfUnknown: String { "ldirectord says: \(unknownCommand)" }

    /// What stands between the first quotation mark and the last.
    ///
    /// Where the marks are not needed, ldirectord cuts the value at a `#` instead of refusing it.
    private func quotedRange(isNeeded: Bool = true, into findings: inout Findings) -> Range<Int>? {
        let mark = UInt8(ascii: "\"")
        let bytes = line.bytes
        let start = range.lowerBound + 1
        let searched = start..<max(start, rangeWithoutComment.upperBound)
        if let end = bytes.last(mark, in: searched) {
            let rest = bytes.trimmed(end + 1..<searched.upperBound)
            if !rest.isEmpty {
                findings.warning("nothing behind the quotation mark counts", at: Place(line: line, range: rest))
            }
            if rawEnd < bytes.endIndex, bytes.first(mark, in: rawEnd..<bytes.endIndex) != nil {
                let comment = Place(line: line, range: bytes.trimmed(rawEnd..<bytes.endIndex))
                findings.warning("a comment that ends in a quotation mark: nothing from # on counts", at: comment)
            }
            return start..<end
        }
        if let end = bytes.last(mark, in: start..<bytes.endIndex) {
            guard bytes.first(mark, in: start..<end) == nil else {
                // Which of them closes the text, and which stand in a comment, nobody knows.
                findings.error(
                    inText: "a # before quotation marks, of which more than one follows",
                    at: Place(line: line, range: rawEnd..<bytes.endIndex),
                    expected: "two quotation marks",
                    note: noteOfUnknown
                )
                return nil
            }
            let place = Place(line: line, range: range.lowerBound..<end + 1)
            if isNeeded {
                findings.tolerate("a # in quotation marks", at: place, ldirectordSays: unknownCommand)
            } else {
                findings.warning("a # in quotation marks", at: place, note: "ldirectord cuts the value there.")
            }
            return start..<end
        }
        findings.error(
            "a quotation mark that nothing closes",
            at: Place(line: line, range: range.lowerBound..<range.lowerBound + 1),
            expected: "a second quotation mark",
            note: noteOfUnknown
        )
        return nil
    }

    /// A text whose quotation marks, if it has any, do not belong to it; never empty.
    ///
    /// A shell knows some of them in a command, which keeps those.
    func perhapsQuoted(
        refusal: String,
        isEmptyAllowed: Bool = false,
        isCommand: Bool = false,
        into findings: inout Findings
    ) -> String? {
        let text: Range<Int>
        if isInPlainMarks {
            guard let content = quotedRange(isNeeded: false, into: &findings) else { return nil }
            text = content
        } else {
            let range = rangeWithoutComment
            let stripped = strippingMarks(range, isCommand: isCommand, into: &findings)
            guard stripped != range else {
                return self.text(refusal: isEmptyAllowed ? nil : refusal, isCommand: isCommand, into: &findings)
            }
            text = stripped
        }
        guard !text.isEmpty || isEmptyAllowed else {
            findings.error(refusal, at: place, expected: "a text that is not empty")
            return nil
        }
        warnOfUnseen(in: text, into: &findings)
        return string(text, into: &findings)
    }

    /// What ldirectord takes with the marks at its ends, without those.
    private func strippingMarks(_ range: Range<Int>, isCommand: Bool, into findings: inout Findings) -> Range<Int> {
        switch SurroundingMarks(in: line.bytes, range) {
        case .none: return range
        case .pair(let inner, let first, let last):
            let isShells = first.isOfShell && last.isOfShell && !first.isEscaped && !last.isEscaped
            if isCommand, isShells { return range }
            noteTaken(first, last, into: &findings) { findings, message, place in
                findings.warning(
                    first.isPlain && last.isPlain && !first.isEscaped && !last.isEscaped
                        ? "\(name) without its quotation marks" : "\(message); taken for one",
                    at: place,
                    expected: "\"",
                    note: "ldirectord takes it for a part of the value."
                )
            }
            return inner
        case .stray(let mark):
            // An apostrophe may belong to a text, and several marks are a matter of their own.
            let isFirst = mark.range.lowerBound == range.lowerBound
            let rest = isFirst ? mark.range.upperBound..<range.upperBound : range.lowerBound..<mark.range.lowerBound
            guard !mark.isSingle || isOfOneWord(rest), !(isCommand && mark.isOfShell && !mark.isPlain),
                !SurroundingMarks.hasMarks(line.bytes[rest])
            else { return range }
            findings.warning(
                mark.isPlain ? "a quotation mark that nothing closes" : mark.complaint,
                at: Place(line: line, range: mark.range),
                expected: "a second quotation mark, or none"
            )
            return rest
        }
    }

    private func isOfOneWord(_ range: Range<Int>) -> Bool {
        name != "servicename" && name != "comment" && !line.bytes[range].contains(where: \.isBlank)
    }

    /// The rest of the line, without marks around it; never empty where a refusal is given.
    ///
    /// Bytes that are no text are Latin-1 in what only people read, and refused elsewhere.
    func text(
        refusal: String?,
        isForPeople: Bool = false,
        isCommand: Bool = false,
        into findings: inout Findings
    ) -> String? {
        let whole = rangeWithoutComment
        if whole != self.range {
            findings.warning(
                "a comment behind \(name)",
                at: Place(line: line, range: whole.upperBound..<self.range.upperBound),
                note: "ldirectord takes it for a part of the value."
            )
        }
        let unmarked = line.bytes.trimmed(strippingMarks(whole, isCommand: isCommand, into: &findings))
        let range = trimmingUnseen(unmarked, into: &findings)
        if range.isEmpty, let refusal {
            findings.error(refusal, at: place, expected: "a text that is not empty")
            return nil
        }
        if isForPeople, !line.isText(range), !line.bytes[range].contains(0) {
            findings.warning("a value that is not UTF-8, taken for Latin-1", at: Place(line: line, range: range))
            return String(String.UnicodeScalarView(line.bytes[range].map { Unicode.Scalar($0) }))
        }
        if !isForPeople { warnOfUnseen(in: range, into: &findings) }
        return string(range, into: &findings)
    }

    /// A text without what looks like blanks at its ends.
    private func trimmingUnseen(_ range: Range<Int>, into findings: inout Findings) -> Range<Int> {
        let bytes = line.bytes
        var rest = range
        var found: StrangeCharacter?
        while let first = rest.first {
            if let stranger = StrangeCharacter(at: first, in: bytes[rest]), stranger.isUnseen {
                found = stranger
                rest = stranger.range.upperBound..<rest.upperBound
            } else if bytes[first].isBlank {
                rest = rest.dropFirst()
            } else {
                break
            }
        }
        while let last = rest.last {
            if let stranger = StrangeCharacter(endingAt: rest.upperBound, in: bytes[rest]), stranger.isUnseen {
                found = stranger
                rest = rest.lowerBound..<stranger.range.lowerBound
            } else if bytes[last].isBlank {
                rest = rest.dropLast()
            } else {
                break
            }
        }
        if let found {
            findings.warning(
                "\(found.complaint); left out",
                at: Place(line: line, range: found.range),
                note: "ldirectord takes it for a part of the value."
            )
        }
        return found == nil ? range : rest
    }

    /// Warns of a character in a text that nobody sees.
    private func warnOfUnseen(in range: Range<Int>, into findings: inout Findings) {
        guard let found = StrangeCharacter.first(in: line.bytes[range], where: \.isUnseen) else { return }
        findings.warning(
            "\(found.complaint), and belongs to the text here",
            at: Place(line: line, range: found.range)
        )
    }

    /// The text of a range; nil, and an error, if that is no text.
    func string(_ range: Range<Int>, into findings: inout Findings) -> String? {
        line.string(range, into: &findings)
    }
}

extension SourceLine {
    /// Whether a range is UTF-8.
    func isText(_ range: Range<Int>) -> Bool {
        String(validating: bytes[range], as: UTF8.self) != nil
    }

    /// The text of a range; nil, and an error, if that is no text, unless it is a pattern, which can name bytes.
    func string(_ range: Range<Int>, isPattern: Bool = false, into findings: inout Findings) -> String? {
        let place = Place(line: self, range: range)
        guard !bytes[range].contains(0) else {
            findings.error(inText: "a NUL byte in a value", at: place)
            return nil
        }
        if let text = String(validating: bytes[range], as: UTF8.self) { return text }
        if isPattern { return patternText(bytes[range]) }
        findings.error(inText: "a value that is not UTF-8", at: place, note: windowsNote(range))
        return nil
    }
}

extension SourceLine {
    /// The name of a byte that another program wrote.
    private func windowsNote(_ range: Range<Int>) -> String? {
        StrangeCharacter.first(in: Place(line: self, range: range)).map { "\($0.name) stands in it." }
    }
}

/// A pattern whose bytes beyond ASCII stand as their numbers.
private func patternText(_ bytes: ArraySlice<UInt8>) -> String {
    var text = ""
    var isEscaped = false
    for byte in bytes {
        if byte < 0x80 {
            text.unicodeScalars.append(Unicode.Scalar(byte))
        } else {
            text += (isEscaped ? "x" : "\\x") + String(byte, radix: 16)
        }
        isEscaped = !isEscaped && byte == UInt8(ascii: "\\")
    }
    return text
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
