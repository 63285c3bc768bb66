import Addresses
import Diagnostics
import IPVS

// Values that only virtual servers have.

extension DirectiveLine {
    /// The first run of letters, digits and `_`.
    var firstWord: String {
        let isOfWord = { (byte: UInt8) in byte.isLetterOrDigit || byte == UInt8(ascii: "_") }
        return String(decoding: value.drop { !isOfWord($0) }.prefix(while: isOfWord).prefix(64), as: UTF8.self)
    }

    private func warnUnless(_ isWhole: Bool, _ message: String, into findings: inout Findings) {
        guard !isWhole else { return }
        findings.warning(message, at: place)
    }

    /// A kind of check, or a number of connections, which counts wherever it stands.
    func checkType(into findings: inout Findings) -> Located<CheckType>? {
        if let (number, digits) = line.bytes.firstNumber(in: range) {
            warnUnless(digits == range, "the number counts: after each dialogue \(number) connections", into: &findings)
            return Located(.combined(number), at: place)
        }
        let isOfWord = { (byte: UInt8) in byte.isOfPort }
        let word = value.drop { !isOfWord($0) }.prefix(while: isOfWord)
        guard let type = CheckType(word: String(decoding: word.prefix(64), as: UTF8.self)) else {
            findings.error(CheckType.refusal, at: place)
            return nil
        }
        warnUnless(word.indices == range, "only the word \(type.word) of this value counts", into: &findings)
        return Located(type, at: place)
    }

    func service(into findings: inout Findings) -> Located<CheckedService>? {
        let word = firstWord
        guard let service = CheckedService(rawValue: word) else {
            let guess = Suggestion.nearest(to: word, among: CheckedService.allCases.map(\.rawValue))
            findings.error(CheckedService.refusal, at: place, note: guess.map { "Is it \($0)?" })
            return nil
        }
        warnUnless(word.utf8.count == range.count, "only the word \(word) of this value counts", into: &findings)
        return Located(service, at: place)
    }

    func checkPort(into findings: inout Findings) -> UInt16? {
        guard let (number, digits) = line.bytes.firstNumber(in: range) else {
            findings.error("invalid port", at: place, expected: "1 to 65535")
            return nil
        }
        guard let port = UInt16(exactly: number), port > 0 else {
            findings.error("checkport must be in range 1..65536", at: place, expected: "1 to 65535")
            return nil
        }
        warnUnless(digits == range, "only the number \(port) of this value counts", into: &findings)
        return port
    }

    /// A scheduler's name in small letters.
    func scheduler(into findings: inout Findings) -> Located<String>? {
        let refusal = "invalid scheduler, should be only lowercase letters (a-z)"
        let word = value.drop { !$0.isLowercaseLetter }.prefix(while: \.isLowercaseLetter)
        guard !word.isEmpty else {
            findings.error(refusal, at: place)
            return nil
        }
        guard word.count <= Self.longestScheduler else {
            findings.error("a scheduler's name has at most \(Self.longestScheduler) letters", at: place)
            return nil
        }
        let taken = String(decoding: word, as: UTF8.self)
        guard word.indices != range else { return Located(taken, at: place) }
        let first = value.prefix(while: \.isLetterOrDigit)
        guard first.allSatisfy({ $0.isLetterOrDigit && !$0.isDigit }), first.count <= Self.longestScheduler,
            !findings.isStrict, !first.isEmpty
        else {
            findings.warning("only \(taken) of this value counts", at: place)
            return Located(taken, at: place)
        }
        let meant = String(decoding: first, as: UTF8.self).lowercased()
        findings.warning(
            meant == taken ? "only \(taken) of this value counts" : "taken for \(meant)",
            at: place,
            note: meant == taken ? nil : "ldirectord takes it for \(taken)."
        )
        return Located(meant, at: place)
    }

    /// The most letters that the kernel has room for.
    private static let longestScheduler = 15

    /// The seconds for which a client stays with its server.
    func persistence(into findings: inout Findings) -> Located<Int>? {
        guard let (number, digits) = line.bytes.firstNumber(in: range) else {
            findings.error("invalid persistent timeout", at: place, expected: Self.expectedPersistence)
            return nil
        }
        guard (1...Self.longestPersistence).contains(number) else {
            findings.error(
                "invalid persistent timeout",
                at: place,
                expected: Self.expectedPersistence,
                note: "ldirectord accepts it, and ipvsadm then refuses the service."
            )
            return nil
        }
        let isTime = line.bytes[range].dropFirst(digits.count).elementsEqual([UInt8(ascii: "s")])
        warnUnless(digits == range || isTime, "only the number counts: \(number) seconds", into: &findings)
        return Located(number, at: place)
    }

    private static let longestPersistence = 2_678_400
    private static let expectedPersistence = "whole seconds from 1 to 2678400"

    func netmask(_ family: AddressFamily, into findings: inout Findings) -> Located<Netmask>? {
        let text = String(decoding: value.prefix(64), as: UTF8.self)
        let refusal: String
        let mask: Netmask?
        switch family {
        case .ipv4:
            refusal = "invalid netmask: dotted quad notation is required"
            mask = IPv4Address(text).map { .ipv4($0) }
        case .ipv6:
            refusal = "invalid netmask: a prefix length between 1 and 128 is required"
            let isNumber = !text.isEmpty && text.utf8.allSatisfy(\.isDigit)
            mask = isNumber ? UInt32(text).flatMap { (1...128).contains($0) ? .ipv6(prefixLength: $0) : nil } : nil
        }
        guard let mask else {
            findings.error(refusal, at: place)
            return nil
        }
        if range.upperBound != rawEnd {
            findings.tolerate(
                "blanks or a comment behind netmask",
                at: Place(line: line, range: range.upperBound..<rawEnd),
                ldirectordSays: refusal
            )
        }
        return Located(mask, at: place)
    }

    /// The protocol of a virtual server, which must fit what identifies it.
    func readProtocol(into section: inout VirtualSection, _ findings: inout Findings) {
        let word = firstWord
        if word.isEmpty {
            return findings.error("invalid protocol", at: place, expected: "tcp or udp")
        }
        if case .mark = section.identity {
            guard word != "fwm" else { return }
            return findings.error(
                "protocol must be fwm if the virtual service is a fwmark (a number)",
                at: place,
                expected: "fwm, or nothing at all"
            )
        }
        switch word {
        case "tcp": section.transport = .tcp
        case "udp": section.transport = .udp
        default:
            findings.error(
                "protocol must be tcp or udp if the virtual service is an address and port",
                at: place,
                expected: "tcp or udp"
            )
        }
        warnUnless(word.utf8.count == range.count, "only the word \(word) of this value counts", into: &findings)
    }
}
