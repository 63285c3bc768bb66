public import Addresses
public import IPVS

/// Services and servers of which tests make tables.
public enum Example {
    public static let web = ServiceKey.endpoint(.tcp, endpoint("10.0.0.1", 80))
    public static let web6 = ServiceKey.endpoint(.tcp, endpoint("2001:db8::1", 80))
    public static let names = ServiceKey.endpoint(.udp, endpoint("10.0.0.1", 53))
    public static let signals = ServiceKey.endpoint(.sctp, endpoint("10.0.0.2", 5060))
    public static let mark = ServiceKey.mark(7, .ipv4)
    public static let mark6 = ServiceKey.mark(7, .ipv6)
    public static let keys = [web, web6, names, signals, mark, mark6]

    /// An endpoint of a literal address; the unspecified one where the text is none.
    public static func endpoint(_ address: String, _ port: UInt16) -> Endpoint {
        Endpoint(address: IPAddress(address) ?? .any(.ipv4), port: port)
    }

    /// A real server of the family.
    public static func server(_ number: UInt8, _ family: AddressFamily = .ipv4, port: UInt16 = 80) -> Destination {
        switch family {
        case .ipv4: Destination(endpoint: endpoint("10.2.0.\(number)", port), forwarding: .masquerade)
        case .ipv6:
            Destination(
                endpoint: endpoint("2001:db8:2::\(String(number, radix: 16))", port),
                forwarding: .masquerade
            )
        }
    }
}
