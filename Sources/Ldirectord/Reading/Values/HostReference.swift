import Addresses
import Configuration
import IPVS

/// A host as a file names it.
enum HostReference: Hashable, Sendable {
    case address(IPAddress)
    case name(String)

    /// Takes an address without brackets, in the notation of the C library's resolver too, or else a name.
    ///
    /// An address of the other family is nil, and so is a number with dots that is no address: no host is called so.
    init?(_ text: String, family: AddressFamily) {
        guard !text.isEmpty, text.utf8.count <= Self.longestName else { return nil }
        if let address = IPv4Address(text) ?? IPv4Address(classful: text) {
            guard family == .ipv4 else { return nil }
            self = .address(.v4(address))
        } else if let address = IPv6Address(text) {
            guard family == .ipv6 else { return nil }
            self = .address(.v6(address))
        } else {
            guard text.utf8.contains(where: { !$0.isDigit && $0 != UInt8(ascii: ".") }),
                text.utf8.allSatisfy(\.isOfHost)
            else { return nil }
            self = .name(text)
        }
    }

    /// The most bytes of a host's name.
    private static let longestName = 255

    /// The question whose answer is its address; nil where it is written as an address.
    func question(_ family: AddressFamily) -> NameQuestion? {
        guard case .name(let name) = self else { return nil }
        return .host(name, family)
    }

    /// The name, where it is one.
    var name: String? {
        guard case .name(let name) = self else { return nil }
        return name
    }
}

/// A port as a file names it.
enum PortReference: Hashable, Sendable {
    case number(UInt16)
    case service(String)

    /// Takes a number of at most 65535 or a service's name.
    init?(_ text: String) {
        guard !text.isEmpty, text.utf8.count <= Self.longestName else { return nil }
        if text.utf8.allSatisfy(\.isDigit) {
            guard let number = UInt16(text) else { return nil }
            self = .number(number)
        } else {
            self = .service(text)
        }
    }

    /// The most bytes of a service's name.
    private static let longestName = 255

    /// The question whose answer is its number; nil where it is written as a number.
    func question(_ transport: TransportProtocol?) -> NameQuestion? {
        guard case .service(let name) = self else { return nil }
        return .service(name, transport)
    }
}

extension SourceLine {
    /// Warns of an IPv4 address that is not written as four decimal numbers.
    func warnOfNotation(_ host: HostReference, at range: Range<Int>, into findings: inout Findings) {
        guard case .address(let address) = host, case .v4 = address else { return }
        let place = Place(line: self, range: range)
        guard IPAddress(place.text) == nil else { return }
        findings.warning(
            "this is the address \(address)",
            at: place,
            expected: "four decimal numbers without leading zeros"
        )
    }
}
