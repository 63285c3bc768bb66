/// The transport protocol of a virtual service: `IPVS_SVC_ATTR_PROTOCOL`, an `IPPROTO_*` number.
///
/// The kernel stores any number; it forwards only the three named here.
public struct TransportProtocol: RawRepresentable, Hashable, Sendable {
    /// The number of the protocol in an IP header.
    public let rawValue: UInt16

    /// Makes the protocol of that number, whether IPVS forwards it or not.
    public init(rawValue: UInt16) {
        self.rawValue = rawValue
    }

    /// `IPPROTO_TCP`.
    public static let tcp = TransportProtocol(rawValue: 6)
    /// `IPPROTO_UDP`.
    public static let udp = TransportProtocol(rawValue: 17)
    /// `IPPROTO_SCTP`.
    public static let sctp = TransportProtocol(rawValue: 132)
}

extension TransportProtocol {
    /// `tcp`, `udp` or `sctp`, as `/etc/services` calls it; nil for protocols that IPVS does not forward.
    package var name: String? {
        switch self {
        case .tcp: "tcp"
        case .udp: "udp"
        case .sctp: "sctp"
        default: nil
        }
    }
}

extension TransportProtocol: Comparable {
    /// Orders by the number: TCP, UDP, SCTP.
    public static func < (left: TransportProtocol, right: TransportProtocol) -> Bool {
        left.rawValue < right.rawValue
    }
}
