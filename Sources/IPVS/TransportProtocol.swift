/// The transport protocol of a virtual service: `IPVS_SVC_ATTR_PROTOCOL`, an `IPPROTO_*` number.
///
/// The kernel stores any number; it forwards only the three named here.
public struct TransportProtocol: RawRepresentable, Hashable, Sendable {
    public let rawValue: UInt16

    public init(rawValue: UInt16) {
        self.rawValue = rawValue
    }

    public static let tcp = TransportProtocol(rawValue: 6)
    public static let udp = TransportProtocol(rawValue: 17)
    public static let sctp = TransportProtocol(rawValue: 132)
}

extension TransportProtocol: Comparable {
    public static func < (left: TransportProtocol, right: TransportProtocol) -> Bool {
        left.rawValue < right.rawValue
    }
}
