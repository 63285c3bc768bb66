import Addresses
import IPVS

/// Reads the value of `real` or `real6`:
/// `HOST[->HOST][:PORT] gate|masq|ipip [WEIGHT] ["REQUEST", "RECEIVE"] [l:N] [u:N] [checkport=N]`.
struct RealLineReader {
    private let directive: DirectiveLine
    private let line: SourceLine
    private let bytes: ArraySlice<UInt8>
    private let family: AddressFamily
    private var position: Int
    private let end: Int
    /// The parts behind the forwarding method in the order in which ldirectord looks for them.
    private enum Part: Int { case none, weight, strings, lower, upper, checkPort }
    private var lastPart = Part.none
    /// What was not understood since the last part.
    private var unknown: Range<Int>?
    private var hasFailed = false
    /// Whether ldirectord looks at nothing any more: behind a request that begins with a slash.
    private var isBeyondLdirectord = false

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
        guard !hasFailed else { return nil }
        if entry.lowerThreshold > entry.upperThreshold {
            findings.error(
                "the lower threshold \(entry.lowerThreshold) is above the upper one \(entry.upperThreshold)",
                at: directive.place,
                expected: "l:N and u:N with N of l not above N of u",
                note: "ldirectord accepts it, and the kernel then refuses the server."
            )
            return nil
        }
        return entry
    }
}

// The address.
extension RealLineReader {
    private static let wrongFormat = "invalid address for real server (wrong format)"

    private func place(_ range: Range<Int>) -> Place { Place(line: line, range: range) }

    /// Finds the address, which ldirectord looks for anywhere in the value.
    private func address(into findings: inout Findings) -> RealAddress? {
        let format = "HOST[:PORT] gate|masq|ipip"
        guard position < end else {
            findings.error(Self.wrongFormat, at: directive.place, expected: format)
            return nil
        }
        var start = position
        var found = RealAddress(in: bytes, start..<end)
        while found == nil, start < min(end - 1, position + Self.longestJunk) {
            start += 1
            // ldirectord would begin inside of a word too.
            guard !bytes[start - 1].isOfHost else { continue }
            found = RealAddress(in: bytes, start..<end)
        }
        guard let found else {
            findings.error(Self.wrongFormat, at: directive.place, expected: format)
            return nil
        }
        if start > position {
            findings.warning("nothing before the address counts", at: place(position..<start), expected: format)
        }
        guard found.end < end else {
            findings.error(
                Self.wrongFormat,
                at: place(found.end..<end),
                expected: "gate, masq or ipip behind the address"
            )
            return nil
        }
        note(found, into: &findings)
        return found
    }

    /// The most bytes before an address that are passed over.
    private static let longestJunk = 256

    private func note(_ address: RealAddress, into findings: inout Findings) {
        if address.hasTwoColons, let port = address.port {
            let taken = HostReference(place(port).text, family: .ipv4)
            var note = "ldirectord takes \(place(port).text) for the host"
            if case .address(let address) = taken { note += ", \(address)" }
            findings.warning(
                "two colons before the port",
                at: place(address.host.lowerBound..<port.upperBound),
                note: note
            )
        }
        if address.hasBlanks {
            findings.tolerate(
                "blanks in a range",
                at: place(address.host.lowerBound..<address.end),
                expected: "FIRST->LAST",
                ldirectordSays: ForwardingWords.refusal
            )
        }
        for host in [address.host, address.lastHost].compactMap(\.self) {
            guard let mark = bytes.last(UInt8(ascii: "_"), in: host) ?? bytes.last(UInt8(ascii: "+"), in: host) else {
                continue
            }
            let rest = place(mark + 1..<host.upperBound).text
            findings.warning(
                "a host name with a character that ldirectord does not know in one",
                at: place(host),
                note: "ldirectord takes \(rest.isEmpty ? "what follows" : rest) for the host."
            )
        }
    }

    private func entry(_ address: RealAddress, into findings: inout Findings) -> RealEntry? {
        guard let host = host(at: address.host, "could not resolve host", into: &findings) else { return nil }
        var entry = RealEntry(place: directive.place, host: host, hostRange: address.host)
        if let range = address.lastHost {
            if family == .ipv6 {
                findings.error(
                    "Address range for IPv6 is not supported yet",
                    at: place(address.host.lowerBound..<range.upperBound)
                )
                return nil
            }
            guard let last = self.host(at: range, "could not resolve end host", into: &findings) else { return nil }
            entry.lastHost = last
            entry.lastHostRange = range
        }
        if let range = address.port {
            guard let port = PortReference(place(range).text) else {
                findings.error(
                    "invalid port (\(place(range).text)) for real server (could not resolve port)",
                    at: place(range),
                    expected: "0 to 65535, or a name"
                )
                return nil
            }
            entry.port = port
            entry.portRange = range
        }
        return entry
    }

    private func host(at range: Range<Int>, _ reason: String, into findings: inout Findings) -> HostReference? {
        let text = place(range).text
        let isBracketed = text.hasPrefix("[")
        let inner = isBracketed ? String(text.dropFirst().dropLast()) : text
        guard !isBracketed || family == .ipv6, let host = HostReference(inner, family: family),
            !isBracketed || host.name == nil
        else {
            findings.error(
                "invalid address (\(text)) for real server (\(reason))",
                at: place(range),
                expected: family == .ipv4 ? "an IPv4 address or a name" : "an IPv6 address in brackets or a name"
            )
            return nil
        }
        line.warnOfNotation(host, at: range, into: &findings)
        return host
    }
}

// What stands behind the address.
extension RealLineReader {
    /// The word for the way of forwarding: the first word there is.
    private mutating func forwarding(into findings: inout Findings) -> ForwardingMethod? {
        let isOfWord = { (byte: UInt8) in byte.isLetterOrDigit || byte == UInt8(ascii: "_") }
        let start = bytes[position..<end].drop(while: \.isBlank).startIndex
        let word = bytes[start..<end].drop { !isOfWord($0) }.prefix(while: isOfWord)
        guard let method = ForwardingWords.method(String(decoding: word.prefix(8), as: UTF8.self)) else {
            let offending = word.isEmpty ? start..<end : word.indices
            findings.error(ForwardingWords.refusal, at: place(offending), expected: "gate, masq or ipip")
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
            expected: "[WEIGHT] [\"REQUEST\", \"RECEIVE\"] [l:N] [u:N] [checkport=N]"
        )
    }

    /// Reads one part, if it is one.
    private mutating func readPart(into entry: inout RealEntry, _ findings: inout Findings) -> Bool {
        let rest = bytes[position..<end]
        let start = position
        if rest.first?.isDigit == true, lastPart != .weight {
            guard let number = number(at: position, into: &findings) else { return true }
            entry.weight = Int32(truncatingIfNeeded: number)
            note(.weight, at: start, into: &findings)
        } else if rest.first == UInt8(ascii: "\"") {
            guard readStrings(into: &entry, &findings) else { return false }
        } else if rest.starts(with: "l:".utf8), rest.dropFirst(2).first?.isDigit == true {
            guard let number = number(at: position + 2, into: &findings) else { return true }
            entry.lowerThreshold = UInt32(truncatingIfNeeded: number)
            note(.lower, at: start, into: &findings)
        } else if rest.starts(with: "u:".utf8), rest.dropFirst(2).first?.isDigit == true {
            guard let number = number(at: position + 2, into: &findings) else { return true }
            entry.upperThreshold = UInt32(truncatingIfNeeded: number)
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
        guard let number = number(at: position + Self.checkPort.count, into: &findings) else { return }
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

    /// The number whose digits begin at a place, and moves behind it.
    private mutating func number(at start: Int, into findings: inout Findings) -> Int? {
        let digits = bytes[start..<end].prefix(while: \.isDigit)
        position = digits.endIndex
        let significant = digits.drop { $0 == UInt8(ascii: "0") }
        let number =
            significant.count > 10 ? DirectiveLine.largestCount + 1 : significant.reduce(0) { $0 * 10 + Int($1 & 0x0f) }
        guard number <= DirectiveLine.largestCount else {
            hasFailed = true
            findings.error("the number is too large", at: place(digits.indices), expected: "at most 2147483647")
            return nil
        }
        return number
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
        guard lastPart.rawValue < Part.strings.rawValue || entry.request == nil,
            let strings = QuotedPair(in: bytes, start..<end)
        else { return false }
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

/// Two texts in quotation marks, and a comma or a blank between.
private struct QuotedPair {
    let first: Range<Int>
    let second: Range<Int>
    /// Behind the last quotation mark.
    let end: Int
    /// Whether blanks stand before the comma.
    let isSeparatedLoosely: Bool

    /// Finds the pair that begins with the quotation mark at the beginning of the range and ends with its last one; of
    /// several ways to part it, the one with the longest first text.
    init?(in bytes: ArraySlice<UInt8>, _ range: Range<Int>) {
        let mark = UInt8(ascii: "\"")
        guard let last = bytes.last(mark, in: range), last > range.lowerBound else { return nil }
        // The mark that begins the second text, and the first byte of the separator before it, going to the left.
        var opening = last - 1
        while opening > range.lowerBound {
            guard bytes[opening] == mark else {
                opening -= 1
                continue
            }
            var separator = opening
            var commas = 0
            while bytes[separator - 1].isBlank || bytes[separator - 1] == UInt8(ascii: ",") && commas == 0 {
                separator -= 1
                if bytes[separator] == UInt8(ascii: ",") { commas += 1 }
            }
            if separator < opening, bytes[separator - 1] == mark, separator - 1 > range.lowerBound {
                first = range.lowerBound + 1..<separator - 1
                second = opening + 1..<last
                end = last + 1
                isSeparatedLoosely = commas > 0 && bytes[separator] != UInt8(ascii: ",")
                return
            }
            opening = separator - (separator == opening ? 1 : 0)
        }
        return nil
    }
}

extension ArraySlice<UInt8> {
    /// The first digit of a range that has a blank before it.
    fileprivate func digitBehindBlank(in range: Range<Int>) -> Int? {
        range.dropFirst().first { self[$0].isDigit && self[$0 - 1].isBlank }
    }
}
