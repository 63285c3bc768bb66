/// How packets reach a real server: the low three bits of `IPVS_DEST_ATTR_FWD_METHOD`.
///
/// The kernel stores every number of three bits, so that methods without a name here can come back from it.
public struct ForwardingMethod: RawRepresentable, Hashable, Sendable {
    /// The number of the method, 0...7 in what the kernel returns.
    public let rawValue: UInt32

    /// Makes a method of the three lowest bits, which are all that the kernel keeps of it.
    public init(rawValue: UInt32) {
        self.rawValue = rawValue & 0b111
    }

    /// Network address translation (masquerading): the server's answers pass the director too: `IP_VS_CONN_F_MASQ`.
    public static let masquerade = ForwardingMethod(rawValue: 0)
    /// The director itself: `IP_VS_CONN_F_LOCALNODE`.
    public static let local = ForwardingMethod(rawValue: 1)
    /// Encapsulation to a server that may be anywhere: `IP_VS_CONN_F_TUNNEL`.
    public static let tunnel = ForwardingMethod(rawValue: 2)
    /// Direct routing (gatewaying) to a server on the same segment: `IP_VS_CONN_F_DROUTE`.
    public static let directRoute = ForwardingMethod(rawValue: 3)
    /// Past all servers to the original address: `IP_VS_CONN_F_BYPASS`.
    public static let bypass = ForwardingMethod(rawValue: 4)
}
