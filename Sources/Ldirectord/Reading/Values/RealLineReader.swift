import Addresses
import IPVS

/// Reads the value of `real` or `real6`:
/// `HOST[->HOST][:PORT] gate|masq|ipip [WEIGHT] ["REQUEST", "RECEIVE"] [l:N] [u:N] [checkport=N]`.
struct RealLineReader {
    let directive: DirectiveLine
    let line: SourceLine
    let bytes: ArraySlice<UInt8>
    let family: AddressFamily
    private(set) var position: Int
    let end: Int
    /// The parts behind the forwarding method in the order in which ldirectord looks for them.
    private enum Part: Int { case none, weight, strings, lower, upper, checkPort }
    private var lastPart = Part.none
    /// The words since the last part that were not understood.
    private var unknown: Range<Int>?
    private var hasFailed = false
    /// Whether the kernel cannot have the server.
    private var isLeftOut = false
    /// Whether ldirectord looks at nothing any more: behind a request that begins with a slash.
    private var isBeyondLdirectord = false
    /// Whether no pair of texts stands in the rest: it need not be looked for again at each quotation mark.
    private var hasNoStrings = false

    init(_ directive: DirectiveLine, family: AddressFamily) {
        self.directive = directive
        self.family = family
        line = directive.line
        bytes = line.bytes
        position = directive.range.lowerBound
        end = directive.range.upperBound
    }

    mutating func read(into findings: inout Findings) -> RealEntry? {
        guard let address = address(into: &findings) else { return nil }
        position = address.end
        guard var entry = entry(address, into: &findings) else { return nil }
        guard let forwarding = forwarding(into: &findings) else { return nil }
        entry.forwarding = forwarding
        readParts(into: &entry, &findings)
        guard !hasFailed, !isLeftOut else { return nil }
        if entry.lowerThreshold > entry.upperThreshold {
            findings.warning(
                entry.upperThreshold == 0
                    ? "a lower threshold without an upper one, which is left out"
                    : "the lower threshold \(entry.lowerThreshold) is above the upper one \(entry.upperThreshold), "
                        + "and left out",
                at: directive.place,
                expected: "l:N and u:N with N of l not above N of u",
                note: "ldirectord accepts it, and runs on without the server, which the kernel refuses."
            )
            entry.lowerThreshold = 0
        }
        return entry
    }
}

// The forwarding method and the parts behind it.
extension RealLineReader {
    /// The word for the way of forwarding: the first word there is.
    private mutating func forwarding(into findings: inout Findings) -> ForwardingMethod? {
        let isOfWord = { (byte: UInt8) in byte.isLetterOrDigit || byte == UInt8(ascii: "_") }
        let start = bytes[position..<end].drop(while: \.isBlank).startIndex
        let word = bytes[start..<end].drop { !isOfWord($0) }.prefix(while: isOfWord)
        guard let method = ForwardingWords.method(String(decoding: word.prefix(8), as: UTF8.self)) else {
            let offending = word.isEmpty ? start..<end : word.indices
            findings.error(
                ForwardingWords.refusal,
                at: place(offending),
                expected: "gate, masq or ipip",
                note: RealLineCounsel.onForwarding(bytes[start..<end].prefix { !$0.isBlank })
            )
            return nil
        }
        if word.startIndex > start {
            findings.warning("nothing before \(place(word.indices).text) counts", at: place(start..<word.startIndex))
        }
        position = word.endIndex
        return method
    }

    private mutating func readParts(into entry: inout RealEntry, _ findings: inout Findings) {
        while position < end {
            let isSeparate = bytes[position].isBlank
            let start = bytes[position..<end].drop(while: \.isBlank).startIndex
            guard start < end else { break }
            position = start
            guard isSeparate, readPart(into: &entry, &findings) else {
                let word = bytes[start..<end].prefix { !$0.isBlank }
                unknown = (unknown?.lowerBound ?? start)..<word.endIndex
                position = word.endIndex
                continue
            }
            guard !hasFailed else { return }
        }
        guard let unknown else { return }
        guard !isBeyondLdirectord else { return findings.warning("this is ignored", at: place(unknown)) }
        hasFailed = true
        findings.error(
            "Invalid real server line, around \"\(place(unknown).text)\"",
            at: place(unknown),
            expected: "[WEIGHT] [\"REQUEST\", \"RECEIVE\"] [l:N] [u:N] [checkport=N]",
            note: RealLineCounsel.on(bytes[unknown].prefix { !$0.isBlank })
        )
    }

    /// Reads one part, if it is one.
    private mutating func readPart(into entry: inout RealEntry, _ findings: inout Findings) -> Bool {
        let rest = bytes[position..<end]
        let start = position
        if rest.first?.isDigit == true, lastPart != .weight {
            if let number = number(at: position) {
                entry.weight = Int32(truncatingIfNeeded: number)
            } else {
                isLeftOut = true
                findings.warning(
                    "the weight is too large, and the server is left out",
                    at: place(start..<position),
                    expected: "at most \(DirectiveLine.largestCount)",
                    note: Self.noteOfNumber
                )
            }
            note(.weight, at: start, into: &findings)
        } else if rest.first == UInt8(ascii: "\"") {
            guard readStrings(into: &entry, &findings) else { return false }
        } else if rest.starts(with: "l:".utf8), rest.dropFirst(2).first?.isDigit == true {
            entry.lowerThreshold = threshold(into: &findings)
            note(.lower, at: start, into: &findings)
        } else if rest.starts(with: "u:".utf8), rest.dropFirst(2).first?.isDigit == true {
            entry.upperThreshold = threshold(into: &findings)
            note(.upper, at: start, into: &findings)
        } else if rest.starts(with: Self.checkPort), rest.dropFirst(Self.checkPort.count).first?.isDigit == true {
            readCheckPort(into: &entry, &findings)
        } else {
            return false
        }
        return true
    }

    private static let checkPort = Array("checkport=".utf8)

    private mutating func readCheckPort(into entry: inout RealEntry, _ findings: inout Findings) {
        let start = position
        let number = number(at: position + Self.checkPort.count) ?? 0
        guard let port = UInt16(exactly: number), port > 0 else {
            hasFailed = true
            return findings.error(
                "checkport must be in range 1..65536",
                at: place(start..<position),
                expected: "1 to 65535"
            )
        }
        if findings.isStrict {
            findings.error(
                "ldirectord has no checkport of a real server",
                at: place(start..<position),
                note: "ldirectord says: Invalid real server line, around \" \(place(start..<end).text)\""
            )
        }
        entry.checkPort = port
        note(.checkPort, at: start, into: &findings)
    }

    private static let noteOfNumber = "ldirectord accepts it, and runs on without the server, which ipvsadm refuses."

    /// The number behind `l:` or `u:`; one that is too large is no threshold.
    private mutating func threshold(into findings: inout Findings) -> UInt32 {
        let start = position
        if let number = number(at: position + 2) { return UInt32(truncatingIfNeeded: number) }
        findings.warning(
            "the threshold is too large, and left out",
            at: place(start..<position),
            expected: "at most \(DirectiveLine.largestCount)",
            note: Self.noteOfNumber
        )
        return 0
    }

    /// The number whose digits begin at a place, and moves behind it; nil where it is too large.
    private mutating func number(at start: Int) -> Int? {
        let digits = bytes[start..<end].prefix(while: \.isDigit)
        position = digits.endIndex
        let significant = digits.drop { $0 == UInt8(ascii: "0") }
        guard significant.count <= 10 else { return nil }
        let number = significant.reduce(0) { $0 * 10 + Int($1 & 0x0f) }
        return number <= DirectiveLine.largestCount ? number : nil
    }

    /// Says what ldirectord loses: it looks for the parts one after the other, and passes over what it finds between.
    private mutating func note(_ part: Part, at start: Int, into findings: inout Findings) {
        if let unknown {
            findings.warning("this is ignored", at: place(unknown))
            self.unknown = nil
        }
        if part.rawValue < lastPart.rawValue {
            findings.warning(
                "out of order",
                at: place(start..<position),
                expected: "weight, request and pattern, l:N, u:N in this order",
                note: "ldirectord ignores what stands before it."
            )
        }
        lastPart = part
    }
}

// Request and pattern.
extension RealLineReader {
    private mutating func readStrings(into entry: inout RealEntry, _ findings: inout Findings) -> Bool {
        let start = position
        guard !hasNoStrings, lastPart.rawValue < Part.strings.rawValue || entry.request == nil else { return false }
        guard let strings = QuotedPair(in: bytes, start..<end) else {
            hasNoStrings = true
            return false
        }
        position = strings.end
        guard let request = line.string(strings.first, into: &findings),
            let pattern = line.string(strings.second, into: &findings)
        else {
            hasFailed = true
            return true
        }
        let around = place(start..<position)
        if strings.isSeparatedLoosely {
            findings.tolerate(
                "blanks before a comma",
                at: around,
                expected: "\"REQUEST\", \"RECEIVE\"",
                ldirectordSays: "Invalid real server line, around \" \(around.text)\""
            )
        }
        if lastPart == .none, let digit = bytes.digitBehindBlank(in: start..<position) {
            findings.tolerate(
                "a number in a text, and no weight before it",
                at: around,
                expected: "a weight before the texts",
                ldirectordSays: "Invalid real server line, around \"\(place(digit + 1..<position).text)\""
            )
        }
        if request.hasPrefix("/") {
            isBeyondLdirectord = true
            findings.warning(
                "this request and pattern count here",
                at: around,
                note: "ldirectord ignores them, and what stands behind them, because the request begins with /."
            )
        }
        entry.request = request.withSlash
        entry.receive = Located(pattern, at: place(strings.second))
        entry.url = AbsoluteURL(request, family: family)
        note(.strings, at: start, into: &findings)
        return true
    }
}

extension ArraySlice<UInt8> {
    /// The first digit of a range that has a blank before it.
    fileprivate func digitBehindBlank(in range: Range<Int>) -> Int? {
        range.dropFirst().first { self[$0].isDigit && self[$0 - 1].isBlank }
    }
}
