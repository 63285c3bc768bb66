// Texts that need no quotation marks, and what the bytes of texts are.

extension DirectiveLine {
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

    /// A range without the quotation marks at its ends, which ldirectord takes for a part of the value.
    private func strippingMarks(_ range: Range<Int>, isCommand: Bool, into findings: inout Findings) -> Range<Int> {
        switch SurroundingMarks(in: line.bytes, range) {
        case .none: return range
        case .pair(let inner, let first, let last):
            let isShells = first.isOfShell && last.isOfShell && !first.isEscaped && !last.isEscaped
            if isCommand, isShells { return range }
            noteTaken(first, last, into: &findings) { findings, message, place in
                findings.warning(
                    first.isCertain && last.isCertain
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
        let seen = trimmingUnseen(whole, into: &findings)
        let unmarked = line.bytes.trimmed(strippingMarks(seen, isCommand: isCommand, into: &findings))
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
    func trimmingUnseen(_ range: Range<Int>, into findings: inout Findings) -> Range<Int> {
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
    func warnOfUnseen(in range: Range<Int>, into findings: inout Findings) {
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
