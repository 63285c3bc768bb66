// The address of a real server's line.

import Addresses
import IPVS

extension RealLineReader {
    private static let wrongFormat = "invalid address for real server (wrong format)"

    func place(_ range: Range<Int>) -> Place { Place(line: line, range: range) }

    /// Finds the address, which ldirectord looks for anywhere in the value.
    func address(into findings: inout Findings) -> RealAddress? {
        let format = "HOST[:PORT] gate|masq|ipip"
        let isURL = directive.place.text.prefix { $0 != " " && $0 != "\t" }.contains("://")
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
            findings.error(Self.wrongFormat + (isURL ? ": a URL" : ""), at: directive.place, expected: format)
            return nil
        }
        if found.hasTwoColons, family == .ipv6 {
            findings.error(Self.wrongFormat, at: place(position..<found.end), expected: "an IPv6 address in brackets")
            return nil
        }
        if start > position, family == .ipv6, bytes[start - 1] == UInt8(ascii: ":") {
            findings.error(Self.wrongFormat, at: place(position..<found.end), expected: "an IPv6 address in brackets")
            return nil
        }
        if start > position, bytes[found.host].allSatisfy(\.isDigit) {
            // What follows a comma or a slash is no host, but a second port or the length of a prefix.
            let isPrefix = bytes[start - 1] == UInt8(ascii: "/")
            findings.warning(
                isPrefix
                    ? "a prefix is no address of a real server, which is left out"
                    : "one port stands behind an address; the server is left out",
                at: place(position..<found.end),
                expected: format,
                note: "ldirectord takes \(place(found.host).text) for the host."
            )
            return nil
        }
        if start > position {
            let stranger = StrangeCharacter.first(in: place(position..<start))
            if let stranger, stranger.isUnseen {
                findings.error(Self.wrongFormat, at: place(position..<found.end), expected: format)
                return nil
            }
            findings.warning(
                "nothing before the address counts" + (stranger.map { ": \($0.complaint)" } ?? ""),
                at: place(position..<start),
                expected: format
            )
        }
        guard found.end < end else {
            findings.error(
                Self.wrongFormat + (isURL ? ": a URL" : ""),
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

    func entry(_ address: RealAddress, into findings: inout Findings) -> RealEntry? {
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

    /// The range that two addresses with a hyphen between were to be.
    private static func range(in text: String) -> String? {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 2, parts.allSatisfy({ IPv4Address(String($0)) != nil }) else { return nil }
        return "\(parts[0])->\(parts[1])"
    }

    private func host(at range: Range<Int>, _ reason: String, into findings: inout Findings) -> HostReference? {
        let text = place(range).text
        let isBracketed = text.hasPrefix("[")
        let inner = isBracketed ? String(text.dropFirst().dropLast()) : text
        guard !isBracketed || family == .ipv6, Self.range(in: text) == nil,
            let host = HostReference(inner, family: family),
            !isBracketed || host.name == nil
        else {
            findings.error(
                "invalid address (\(text)) for real server (\(reason))",
                at: place(range),
                expected: Self.range(in: text)
                    ?? (family == .ipv4 ? "an IPv4 address or a name" : "an IPv6 address in brackets or a name")
            )
            return nil
        }
        line.warnOfNotation(host, at: range, into: &findings)
        return host
    }
}
