import Addresses
import IPVS

extension DirectiveLine {
    /// A server that serves when no other does: `HOST[:PORT] [gate|masq|ipip]`.
    func fallback(_ family: AddressFamily, into findings: inout Findings) -> FallbackEntry? {
        let bytes = line.bytes
        let range = rangeWithoutComment
        if range != self.range {
            findings.tolerate(
                "a comment behind \(name)",
                at: Place(line: line, range: range.upperBound..<self.range.upperBound),
                ldirectordSays: ForwardingWords.refusal
            )
        }
        let words = bytes[range].split(whereSeparator: \.isBlank)
        guard var server = words.first else {
            findings.warning("no fallback server named", at: place, expected: "HOST[:PORT] [gate|masq|ipip]")
            return nil
        }
        var forwarding = ForwardingWords.method("gate")
        if let last = words.last, words.count > 1 {
            server = words[words.count - 2]
            forwarding = ForwardingWords.method(String(decoding: last, as: UTF8.self))
            if forwarding == nil {
                let word = String(decoding: last.prefix(32), as: UTF8.self)
                let isPort = !last.isEmpty && last.allSatisfy(\.isDigit)
                let guess = isPort ? nil : WordsOfOthers.forwarding(String(word.drop { $0 == "-" }))
                findings.error(
                    ForwardingWords.refusal,
                    at: Place(line: line, range: last.indices),
                    expected: isPort ? "\(Place(line: line, range: server.indices).text):\(word)" : nil,
                    note: guess.map { "Is it \($0)?" }
                )
            }
            if words.count > 2 {
                let junk = range.lowerBound..<bytes.trimmed(range.lowerBound..<server.startIndex).upperBound
                findings.warning("only the last two words count", at: Place(line: line, range: junk))
            }
        }
        guard let forwarding else { return nil }
        return fallback(at: server.indices, family, forwarding, into: &findings)
    }

    private func fallback(
        at range: Range<Int>,
        _ family: AddressFamily,
        _ forwarding: ForwardingMethod,
        into findings: inout Findings
    ) -> FallbackEntry? {
        let bytes = line.bytes
        var hostRange = range
        var port: PortReference?
        if let colon = bytes.last(UInt8(ascii: ":"), in: range), colon + 1 < range.upperBound,
            bytes[colon + 1..<range.upperBound].allSatisfy(\.isOfPort)
        {
            hostRange = range.lowerBound..<colon
            let portPlace = Place(line: line, range: colon + 1..<range.upperBound)
            port = PortReference(portPlace.text)
            if port == nil {
                findings.error("invalid port for fallback server", at: portPlace, expected: "0 to 65535, or a name")
                return nil
            }
        }
        var text = bytes[hostRange]
        let isBracketed = text.first == UInt8(ascii: "[") && text.last == UInt8(ascii: "]") && text.count > 2
        if isBracketed { text = text.dropFirst().dropLast() }
        let host = isBracketed || !text.contains(UInt8(ascii: ":")) ? text : []
        guard let host = HostReference(String(decoding: host.prefix(256), as: UTF8.self), family: family) else {
            let version = family == .ipv4 ? "IPv4" : "IPv6"
            findings.error(
                "invalid \(version) address or could not resolve for fallback server: "
                    + Place(line: line, range: hostRange).text,
                at: Place(line: line, range: hostRange),
                expected: family == .ipv4 ? "an IPv4 address or a name" : "an IPv6 address in brackets or a name"
            )
            return nil
        }
        line.warnOfNotation(host, at: hostRange, into: &findings)
        return FallbackEntry(place: Place(line: line, range: range), host: host, port: port, forwarding: forwarding)
    }
}
