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
                findings.error(
                    "invalid address for virtual server",
                    at: place,
                    expected: family == .ipv4 ? "ADDRESS:PORT or a firewall mark" : "[ADDRESS]:PORT or a firewall mark"
                )
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
                findings.error(
                    "a virtual address without a port",
                    at: place,
                    expected: "\(Self.withPort(place.text)), or the number of a firewall mark",
                    note: "\(trap), and the service never sees the address's traffic; --strict-compat does so too."
                )
                return nil
            }
            findings.warning(trap, at: place, expected: "ADDRESS:PORT")
        } else {
            warnOfRest(digits.endIndex, into: &findings)
        }
        guard let number, number > 0 else {
            findings.error(
                "a firewall mark that the kernel cannot have",
                at: Place(line: line, range: digits.indices),
                expected: "1 to 4294967295",
                note: "ldirectord accepts it, and ipvsadm then refuses the service."
            )
            return nil
        }
        return .mark(number)
    }

    private static func withPort(_ text: String) -> String {
        text.hasSuffix(":") ? text + "PORT" : text + ":PORT"
    }

    /// Warns of what stands behind the value and is no comment.
    private func warnOfRest(_ end: Int, into findings: inout Findings) {
        let rest = line.bytes.trimmed(end..<range.upperBound)
        guard let first = rest.first, line.bytes[first] != UInt8(ascii: "#") else { return }
        findings.warning("nothing from here on counts", at: Place(line: line, range: rest))
    }
}
