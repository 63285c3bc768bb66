// Texts that need quotation marks, and what stands in their place.

extension DirectiveLine {
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

    func refuse(_ mark: SurroundingMarks.Mark, into findings: inout Findings) {
        let fault = mark.fault(isLast: mark.range.lowerBound > range.lowerBound)
        findings.error(
            inText: fault.message,
            at: Place(line: line, range: mark.range),
            expected: fault.expected,
            note: noteOfUnknown
        )
    }

    /// Says which of two marks that are taken for quotation marks is none.
    func noteTaken(
        _ first: SurroundingMarks.Mark,
        _ last: SurroundingMarks.Mark,
        into findings: inout Findings,
        _ note: (inout Findings, String, Place) -> Void
    ) {
        let mark = SurroundingMarks.Mark.doubtful(first, last)
        note(&findings, mark.complaint, Place(line: line, range: mark.range))
    }

    /// Whether the value begins with a plain quotation mark that another one closes, in the value or behind a `#`.
    var isInPlainMarks: Bool {
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

    var noteOfUnknown: String { "ldirectord says: \(unknownCommand)" }

    /// The range between the first quotation mark and the last.
    ///
    /// Where the marks are not needed, ldirectord cuts the value at a `#` instead of refusing it.
    func quotedRange(isNeeded: Bool = true, into findings: inout Findings) -> Range<Int>? {
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
        if let mark = SurroundingMarks.Mark(at: range.lowerBound, in: bytes[range]) { refuse(mark, into: &findings) }
        return nil
    }
}
