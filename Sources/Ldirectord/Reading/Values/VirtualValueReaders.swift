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

    private func warnUnless(_ isWhole: Bool, _ message: @autoclosure () -> String, into findings: inout Findings) {
        guard !isWhole else { return }
        let stranger = StrangeCharacter.first(in: place)
        findings.warning(message() + (stranger.map { ": \($0.complaint)" } ?? ""), at: place)
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
            let taken = String(decoding: word.prefix(64), as: UTF8.self)
            findings.error(
                CheckType.refusal,
                at: place,
                note: WordsOfOthers.checkType(taken).map { "Is it \($0)?" }
            )
            return nil
        }
        warnUnless(word.indices == range, "only the word \(type.word) of this value counts", into: &findings)
        return Located(type, at: place)
    }

    func service(into findings: inout Findings) -> Located<CheckedService>? {
        let word = firstWord
        guard let service = CheckedService(rawValue: word) else {
            findings.error(CheckedService.refusal, at: place, note: guessOfService.map { "Is it \($0)?" })
            return nil
        }
        if word.utf8.count != range.count, let guess = guessOfService, guess != word {
            findings.warning(
                "only the word \(word) of this value counts",
                at: place,
                note: "Is it \(guess)? ldirectord takes it for \(word)."
            )
            return Located(service, at: place)
        }
        warnUnless(word.utf8.count == range.count, "only the word \(word) of this value counts", into: &findings)
        return Located(service, at: place)
    }

    /// The service that may have been meant by the whole of an unknown word.
    private var guessOfService: String? {
        let word = value.prefix { $0.isOfPort }
        let text = String(decoding: word.prefix(64), as: UTF8.self)
        return WordsOfOthers.service(text)
            ?? (WordsOfOthers.checkType(text) == "connect" ? "checktype=connect" : nil)
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
        // A name of more bytes than the kernel takes is no scheduler's; the rest of it decides nothing.
        let taken = String(decoding: word.prefix(Self.longestScheduler + 1), as: UTF8.self)
        guard word.indices != range else {
            noteUnknownScheduler(taken, into: &findings)
            return Located(taken, at: place)
        }
        let first = value.prefix(while: \.isLetterOrDigit)
        guard first.allSatisfy({ $0.isLetterOrDigit && !$0.isDigit }), first.count <= Self.longestScheduler,
            !findings.isStrict, !first.isEmpty
        else {
            findings.warning("only \(taken) of this value counts", at: place)
            noteUnknownScheduler(taken, into: &findings)
            return Located(taken, at: place)
        }
        let meant = String(decoding: first, as: UTF8.self).lowercased()
        findings.warning(
            meant == taken ? "only \(taken) of this value counts" : "taken for \(meant)",
            at: place,
            note: meant == taken ? nil : "ldirectord takes it for \(taken)."
        )
        noteUnknownScheduler(meant, into: &findings)
        return Located(meant, at: place)
    }

    /// Warns of a name that no scheduler of Linux has; a module of somebody's own may.
    private func noteUnknownScheduler(_ name: String, into findings: inout Findings) {
        guard !WordsOfOthers.schedulers.contains(name) else { return }
        let whole = value.prefix { $0.isOfPort || $0.isBlank }
        let guess = WordsOfOthers.scheduler(String(decoding: whole.prefix(64), as: UTF8.self))
        findings.warning(
            "Linux has no scheduler \(name)",
            at: place,
            expected: guess ?? "one of \(WordsOfOthers.schedulers.joined(separator: ", "))",
            note: "Without a module of that name the kernel refuses the service."
        )
    }

    /// The most letters that the kernel has room for.
    static let longestScheduler = 15

    /// The seconds for which a client stays with its server.
    func persistence(into findings: inout Findings) -> Located<Int>? {
        guard let (number, digits) = line.bytes.firstNumber(in: range) else {
            findings.error("invalid persistent timeout", at: place, expected: Self.expectedPersistence)
            return nil
        }
        guard (1...Self.longestPersistence).contains(number) else {
            let taken = number == 0 ? 0 : Self.longestPersistence
            findings.warning(
                "invalid persistent timeout; "
                    + (taken == 0 ? "the service has no persistence" : "\(taken) seconds are taken"),
                at: place,
                expected: Self.expectedPersistence,
                note: "ldirectord accepts it, and ipvsadm then refuses the service."
            )
            return Located(taken, at: place)
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
            guard family == .ipv4, isLikeQuad else {
                findings.error(refusal, at: place)
                return nil
            }
            findings.warning(
                "no mask is so, and it is left out",
                at: place,
                expected: "a mask such as 255.255.255.0",
                note: "ldirectord accepts it, and ipvsadm then refuses the service."
            )
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

    /// Whether the value has the form of an address of IPv4, whatever its numbers.
    private var isLikeQuad: Bool {
        let parts = line.bytes[range.lowerBound..<rawEnd].split(
            separator: UInt8(ascii: "."),
            omittingEmptySubsequences: false
        )
        return parts.count == 4 && parts.allSatisfy { !$0.isEmpty && $0.allSatisfy(\.isDigit) }
    }

    /// The protocol that was meant by another word for it.
    private var guessOfProtocol: String? {
        switch firstWord.lowercased() {
        case "tcp", "tcp4", "tcp6", "6", "http", "https", "stream", "t": "tcp"
        case "udp", "udp4", "udp6", "17", "dgram", "u": "udp"
        case let word: Suggestion.nearest(to: word, among: ["tcp", "udp"])
        }
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
                expected: "fwm, or nothing at all",
                note: word.lowercased() == "fwm" ? "Is it fwm?" : nil
            )
        }
        switch word {
        case "tcp": section.transport = .tcp
        case "udp": section.transport = .udp
        default:
            findings.error(
                "protocol must be tcp or udp if the virtual service is an address and port",
                at: place,
                expected: "tcp or udp",
                note: guessOfProtocol.map { "Is it \($0)?" }
            )
        }
        warnUnless(word.utf8.count == range.count, "only the word \(word) of this value counts", into: &findings)
    }
}
