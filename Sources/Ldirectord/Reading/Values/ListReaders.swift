import Configuration

// Values that are lists, and digests.

extension DirectiveLine {
    /// The words between commas, with their places.
    private func words(into findings: inout Findings) -> [Place] {
        let bytes = line.bytes
        let range = rangeWithoutComment
        guard !range.isEmpty else { return [] }
        var words: [Place] = []
        var start = range.lowerBound
        while true {
            let end = bytes.first(UInt8(ascii: ","), in: start..<range.upperBound) ?? range.upperBound
            words.append(Place(line: line, range: bytes.trimmed(start..<end)))
            guard end < range.upperBound else { return words }
            start = end + 1
        }
    }

    /// The phases in which mail is sent: `emailalertstatus`.
    func phases(into findings: inout Findings) -> MailAlert.Phases? {
        let expected = "a list of all, none, starting, running, stopping and reloading"
        var phases: MailAlert.Phases = []
        var none: Place?
        var other: Place?
        // Perl's split drops what is empty at the end.
        for word in words(into: &findings).trimmingEmpty {
            switch word.text {
            case "none": none = none ?? word
            case "all": phases = .all
            case "starting": phases.insert(.starting)
            case "running": phases.insert(.running)
            case "stopping": phases.insert(.stopping)
            case "reloading": phases.insert(.reloading)
            default:
                findings.error("invalid email alert status at: \"\(word.text)\"", at: word, expected: expected)
                return nil
            }
            if word.text != "none" { other = other ?? word }
        }
        if none != nil, let other {
            findings.error("invalid email alert status: \"\(other.text)\" specified with \"none\"", at: other)
            return nil
        }
        let rest = rangeWithoutComment.upperBound..<rawEnd
        if !rest.isEmpty {
            findings.tolerate(
                "blanks or a comment behind \(name)",
                at: Place(line: line, range: rest),
                ldirectordSays: "invalid email alert status at: \"\(rawLastWord)\""
            )
        }
        return phases
    }

    /// The last word of the list with the blanks behind it, as ldirectord sees it.
    private var rawLastWord: String {
        let raw = range.lowerBound..<rawEnd
        let start = line.bytes.last(UInt8(ascii: ","), in: raw).map { $0 + 1 } ?? raw.lowerBound
        return Place(line: line, range: line.bytes[start..<rawEnd].drop(while: \.isBlank).indices).text
    }

    /// The recipients of mail: `emailalert`.
    ///
    /// Several stand with commas or blanks between them, each with quotation marks or without; one that has a name for
    /// people, as in `Operators <ops@example.com>`, has commas around it.
    func recipients(into findings: inout Findings) -> [String]? {
        let mark = UInt8(ascii: "\"")
        let isOneText = value.first == mark && value.count { $0 == mark } <= 2 && value.last == mark
        let bare =
            isOneText || rawEnd < line.bytes.endIndex ? nil : text(refusal: nil, isCommand: true, into: &findings)
        guard let text = bare ?? perhapsQuoted(refusal: "no email address specified", into: &findings) else {
            return nil
        }
        let isBlank = { (character: Character) in character == " " || character == "\t" }
        let recipients = text.split(separator: ",").flatMap { part in
            part.contains("<") ? [part.trimming(where: isBlank)] : part.split(whereSeparator: isBlank)
        }.map(Self.withoutMarks).filter { !$0.isEmpty }
        for recipient in recipients where !recipient.contains("<") && recipient.contains(where: "\"()[]\\;:>".contains)
        {
            findings.warning("\(recipient) is no address, so that no mail is sent there", at: place)
        }
        if recipients.isEmpty { findings.error("no email address specified", at: place) }
        return recipients.isEmpty ? nil : recipients.map(String.init)
    }

    /// An address without quotation marks at its ends; one with a name for people may have some around that.
    private static func withoutMarks(_ address: Substring) -> Substring {
        let isMark = { (character: Character) in Self.isMark(character) || character == "\\" }
        let isAround = address.first.map(isMark) == true && address.last.map(isMark) == true
        return address.contains("<") && !isAround ? address : address.trimming(where: isMark)
    }

    /// Whether a character is a quotation mark, which is part of no address.
    private static func isMark(_ character: Character) -> Bool {
        guard character != "\"" else { return true }
        let bytes = ArraySlice(Array(character.utf8))
        return StrangeCharacter(at: 0, in: bytes)?.kind == .quotationMark
    }

    /// A list of ways of authentication: `authmethods`.
    func loginMethods(into findings: inout Findings) -> Set<LoginMethod>? {
        let expected = LoginMethod.allCases.map(\.rawValue).joined(separator: ", ")
        var methods: Set<LoginMethod> = []
        for word in words(into: &findings) {
            guard let method = LoginMethod(rawValue: word.text.lowercased()) else {
                findings.error("not a way of authentication", at: word.range.isEmpty ? place : word, expected: expected)
                return nil
            }
            methods.insert(method)
        }
        guard !methods.isEmpty else {
            findings.error("no way of authentication", at: place, expected: expected)
            return nil
        }
        return methods
    }

    /// Status codes and ranges of them: `httpstatus`.
    func statuses(into findings: inout Findings) -> HTTPStatusSet? {
        var ranges: [ClosedRange<UInt16>] = []
        for word in words(into: &findings) {
            let ends = word.text.split(separator: "-", omittingEmptySubsequences: false).map {
                $0.utf8.count == 3 && $0.utf8.allSatisfy(\.isDigit) ? UInt16($0) : nil
            }
            guard let first = ends.first ?? nil, let last = ends.last ?? nil, ends.count <= 2,
                first >= 100, first <= last
            else {
                findings.error(
                    "invalid status of HTTP",
                    at: word.range.isEmpty ? place : word,
                    expected: "a list of codes and ranges from 100 to 999 such as 200-299,401"
                )
                return nil
            }
            ranges.append(first...last)
        }
        guard !ranges.isEmpty else {
            findings.error(
                "invalid status of HTTP",
                at: place,
                expected: "a list of codes and ranges from 100 to 999 such as 200-299,401"
            )
            return nil
        }
        return HTTPStatusSet(ranges)
    }

    /// Sixteen bytes in hexadecimal: `digest`.
    func digest(into findings: inout Findings) -> [UInt8]? {
        guard let text = perhapsQuoted(refusal: "no digest", into: &findings) else { return nil }
        let digits = text.utf8.compactMap { Character(Unicode.Scalar($0)).hexDigitValue.map(UInt8.init) }
        guard digits.count == 32, text.utf8.count == 32 else {
            findings.error("invalid digest", at: place, expected: "the 32 hexadecimal digits that genhash prints")
            return nil
        }
        return stride(from: 0, to: 32, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
    }

    /// A number of bytes, perhaps with `k` or `M` behind it: `checkbodylimit`.
    func byteCount(into findings: inout Findings) -> Int? {
        let range = rangeWithoutComment
        let digits = line.bytes[range].prefix(while: \.isDigit)
        let unit: Int?
        switch String(decoding: line.bytes[range].dropFirst(digits.count).prefix(2), as: UTF8.self) {
        case "": unit = 1
        case "k", "K": unit = 1 << 10
        case "m", "M": unit = 1 << 20
        default: unit = nil
        }
        let largest = 1 << 30
        guard let unit, !digits.isEmpty, case let number = line.bytes.number(digits.indices),
            (1...largest / unit).contains(number)
        else {
            findings.error("invalid number of bytes", at: place, expected: "1 to 1024M, such as 65536, 64k or 1M")
            return nil
        }
        return number * unit
    }

    /// One of some words.
    func word<Word: RawRepresentable & CaseIterable>(
        of type: Word.Type,
        into findings: inout Findings
    ) -> Word? where Word.RawValue == String {
        let range = rangeWithoutComment
        let text = String(decoding: line.bytes[range].prefix(32), as: UTF8.self)
        guard let word = Word(rawValue: text.lowercased()) else {
            let words = Word.allCases.map(\.rawValue)
            let list = words.dropLast().joined(separator: ", ") + " or " + (words.last ?? "")
            findings.error("\(name) must be \(list)", at: place)
            return nil
        }
        return word
    }
}

extension Substring {
    /// The text without such characters at its ends.
    fileprivate func trimming(where isTrimmed: (Character) -> Bool) -> Substring {
        var rest = drop(while: isTrimmed)
        while let last = rest.last, isTrimmed(last) { rest.removeLast() }
        return rest
    }
}

extension [Place] {
    /// Without the empty places at the end.
    fileprivate var trimmingEmpty: ArraySlice<Place> {
        prefix((lastIndex { !$0.range.isEmpty } ?? -1) + 1)
    }
}
