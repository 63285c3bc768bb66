import Addresses
import IPVS

extension DirectiveLine {
    /// Begins a section with what identifies a virtual server: `HOST:PORT`, `[IPV6]:PORT` or the number of a mark.
    func virtualSection(into findings: inout Findings) -> VirtualSection {
        let family: AddressFamily = name == "virtual6" ? .ipv6 : .ipv4
        var section = VirtualSection(at: place, family: family)
        let bytes = line.bytes
        if value.first == UInt8(ascii: "[") {
            section.identity = bracketedIdentity(family, into: &findings)
        } else {
            let host = value.prefix(while: \.isOfHost)
            let port = bytes[host.endIndex..<range.upperBound].dropFirst().prefix(while: \.isOfPort)
            let hasColon = host.endIndex < range.upperBound && bytes[host.endIndex] == UInt8(ascii: ":")
            if !host.isEmpty, hasColon, !port.isEmpty {
                section.identity = endpoint(host: host.indices, port: port.indices, family, into: &findings)
            } else if value.first?.isDigit == true {
                section.identity = mark(into: &findings)
            } else {
                noteInvalid(family, into: &findings)
            }
        }
        if case .endpoint(_, let port) = section.identity {
            let isDomain = port == .number(53) || port == .service("domain")
            section.transport = isDomain && isPlainDomain ? .udp : .tcp
        } else if section.identity == nil {
            section.transport = .tcp
        }
        return section
    }

    private func noteInvalid(_ family: AddressFamily, into findings: inout Findings) {
        let text = place.text
        var message = "invalid address for virtual server"
        if text.contains("://") { message += ": a URL" }
        if text.hasPrefix("*") { message += ": a service has one address, and several go by a firewall mark" }
        if text.hasPrefix("-") { message += ": no options of ipvsadm stand here" }
        if text.hasPrefix("\"") || text.hasPrefix("'") { message += ": no quotation marks stand here" }
        findings.error(
            message,
            at: place,
            expected: family == .ipv4 ? "ADDRESS:PORT or a firewall mark" : "[ADDRESS]:PORT or a firewall mark"
        )
    }

    /// Whether the port is written as `53` or `domain`: a number like 053 is not.
    private var isPlainDomain: Bool {
        guard let colon = line.bytes.last(UInt8(ascii: ":"), in: range) else { return false }
        let port = line.bytes[colon + 1..<range.upperBound].prefix(while: \.isOfPort)
        return port.elementsEqual("53".utf8) || port.elementsEqual("domain".utf8)
    }

    private func bracketedIdentity(_ family: AddressFamily, into findings: inout Findings) -> VirtualSection.Identity? {
        let bytes = line.bytes
        let inner = bytes[range].dropFirst().prefix { $0 != UInt8(ascii: "]") }
        let behind = bytes[inner.endIndex..<range.upperBound].dropFirst()
        let port = behind.dropFirst().prefix(while: \.isOfPort)
        guard behind.first == UInt8(ascii: ":"), !port.isEmpty else {
            findings.error("invalid address for virtual server", at: place, expected: "[ADDRESS]:PORT")
            return nil
        }
        guard family == .ipv6 else {
            findings.error(
                "cannot specify an IPv6 address here. please use \"virtual6\" instead.",
                at: place,
                expected: "virtual6=\(place.text)"
            )
            return nil
        }
        guard let address = IPv6Address(String(decoding: inner.prefix(64), as: UTF8.self)) else {
            findings.error(
                "invalid ipv6 address for virtual server",
                at: Place(line: line, range: inner.indices),
                expected: "an address such as 2001:db8::1"
            )
            return nil
        }
        guard let port = self.port(port.indices, into: &findings) else { return nil }
        return .endpoint(.address(.v6(address)), port)
    }

    private func endpoint(
        host: Range<Int>,
        port: Range<Int>,
        _ family: AddressFamily,
        into findings: inout Findings
    ) -> VirtualSection.Identity? {
        let place = Place(line: line, range: host)
        let text = place.text.lowercased()
        if ["tcp", "udp", "fwm", "fwmark", "mark"].contains(text), port.lowerBound < range.upperBound {
            findings.error(
                "invalid address for virtual service: \(text) is no host",
                at: place,
                expected: text == "tcp" || text == "udp"
                    ? "ADDRESS:PORT, and protocol=\(text) in a line of its own" : "the number of the mark alone"
            )
            return nil
        }
        guard let reference = HostReference(place.text, family: family) else {
            findings.error(
                "invalid address for virtual service",
                at: place,
                expected: family == .ipv4 ? "an IPv4 address or a name" : "an IPv6 address in brackets or a name"
            )
            return nil
        }
        line.warnOfNotation(reference, at: host, into: &findings)
        guard let port = self.port(port, into: &findings) else { return nil }
        return .endpoint(reference, port)
    }

    /// A port with nothing but a comment behind it.
    private func port(_ range: Range<Int>, into findings: inout Findings) -> PortReference? {
        warnOfRest(range.upperBound, into: &findings)
        let place = Place(line: line, range: range)
        let parts = line.bytes[range].split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
        if parts.count == 2, parts.allSatisfy({ !$0.isEmpty && $0.allSatisfy(\.isDigit) }) {
            findings.error(
                "invalid address for virtual service: a range of ports",
                at: place,
                expected: "one port; several go by a firewall mark, or port 0 with persistent"
            )
            return nil
        }
        guard let port = PortReference(place.text) else {
            findings.error(
                "invalid address for virtual service",
                at: place,
                expected: "a port from 1 to 65535, or a name"
            )
            return nil
        }
        return port
    }

    /// The number of a firewall mark, which is what ldirectord also takes an address without a port for.
    private func mark(into findings: inout Findings) -> VirtualSection.Identity? {
        let digits = value.prefix(while: \.isDigit)
        let number = UInt32(String(decoding: digits.prefix(64), as: UTF8.self))
        let next = digits.endIndex < range.upperBound ? line.bytes[digits.endIndex] : 0x20
        if next == UInt8(ascii: ".") || next == UInt8(ascii: ":") {
            let trap =
                "ldirectord takes this for the firewall mark \(String(decoding: digits.prefix(20), as: UTF8.self))"
            guard findings.isStrict else {
                let (message, expected) = counselOnAddress
                findings.error(
                    message,
                    at: place,
                    expected: "\(expected), or the number of a firewall mark",
                    note: "\(trap), and the service never sees the address's traffic; --strict-compat does so too."
                )
                return nil
            }
            findings.warning(trap, at: place, expected: "ADDRESS:PORT")
        } else {
            warnOfRest(digits.endIndex, into: &findings)
        }
        guard let number, number > 0 else {
            findings.warning(
                "a firewall mark that the kernel cannot have; the service is left out",
                at: Place(line: line, range: digits.indices),
                expected: "1 to 4294967295",
                note: "ldirectord accepts it, and ipvsadm then refuses the service."
            )
            return nil
        }
        return .mark(number)
    }

    /// The error for an address that has no port behind it, and what was meant.
    private var counselOnAddress: (message: String, expected: String) {
        let text = place.text
        let host = text.prefix { $0.isNumber || $0 == "." }
        let rest = text[host.endIndex...]
        if rest.hasPrefix("/") {
            let port = rest.split(separator: ":").dropFirst().first.map { ":\($0)" } ?? ":PORT"
            return ("a prefix is no address of a virtual server", "one address, \(host)\(port)")
        }
        if rest.hasPrefix(",") { return ("several addresses are no address of a virtual server", "one, \(host):PORT") }
        let port = rest.drop { $0 == " " || $0 == "\t" }
        if port.startIndex > rest.startIndex, !port.isEmpty, port.allSatisfy(\.isNumber) {
            return ("a virtual address without a port", "\(host):\(port)")
        }
        return ("a virtual address without a port", Self.withPort(text))
    }

    private static func withPort(_ text: String) -> String {
        text.hasSuffix(":") ? text + "PORT" : text + ":PORT"
    }

    /// Warns of what stands behind the value and is no comment.
    private func warnOfRest(_ end: Int, into findings: inout Findings) {
        let rest = line.bytes.trimmed(end..<range.upperBound)
        guard let first = rest.first, line.bytes[first] != UInt8(ascii: "#") else { return }
        let separators: [UInt8] = [UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "-")]
        let place = Place(line: line, range: rest)
        if separators.contains(line.bytes[first]), line.bytes[rest].dropFirst().contains(where: \.isDigit) {
            findings.warning(
                "only one port counts, and nothing from here on",
                at: place,
                expected: "one port; several go by a firewall mark, or port 0 with persistent"
            )
        } else if ["/udp", "/tcp"].contains(place.text.lowercased()) {
            findings.warning(
                "nothing from here on counts",
                at: place,
                expected: "protocol=\(place.text.dropFirst().lowercased()) in a line of its own"
            )
        } else {
            findings.warning("nothing from here on counts", at: place)
        }
    }
}
