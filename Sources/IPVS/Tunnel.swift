/// How packets are wrapped on the way to a server that is reached by tunnel.
///
/// The kernel keeps these values for any forwarding method and uses them for `ForwardingMethod.tunnel`.
public struct Tunnel: Hashable, Sendable {
    /// The kind of encapsulation: `IPVS_DEST_ATTR_TUN_TYPE`.
    public struct Kind: RawRepresentable, Hashable, Sendable {
        /// The number of the kind; the kernel stores those without a name here too.
        public let rawValue: UInt8

        /// Makes the kind of that number.
        public init(rawValue: UInt8) {
            self.rawValue = rawValue
        }

        /// IP in IP, the default.
        public static let ipip = Kind(rawValue: 0)
        /// Generic UDP encapsulation; needs a port.
        public static let gue = Kind(rawValue: 1)
        /// Generic routing encapsulation.
        public static let gre = Kind(rawValue: 2)
    }

    /// What is said about checksums of the wrapping: `IPVS_DEST_ATTR_TUN_FLAGS`, any number for the kernel.
    public struct Checksum: RawRepresentable, Hashable, Sendable {
        /// The number as the kernel stores it.
        public let rawValue: UInt16

        /// Makes the setting of that number.
        public init(rawValue: UInt16) {
            self.rawValue = rawValue
        }

        /// None, the default.
        public static let off = Checksum(rawValue: 0)
        /// Computed: `IP_VS_TUNNEL_ENCAP_FLAG_CSUM`.
        public static let on = Checksum(rawValue: 1)
        /// Remote checksum offload, of gue only: `IP_VS_TUNNEL_ENCAP_FLAG_REMCSUM`.
        public static let remote = Checksum(rawValue: 2)
    }

    /// The kind of encapsulation.
    public var kind: Kind
    /// The UDP port of gue, 1...65535; 0 for the other kinds: `IPVS_DEST_ATTR_TUN_PORT`.
    public var port: UInt16
    /// What is said about checksums; it means something to gue and gre only.
    public var checksum: Checksum

    /// Makes a tunnel without checksums unless told otherwise; gue needs a port, or the kernel answers `EINVAL`.
    public init(kind: Kind, port: UInt16 = 0, checksum: Checksum = .off) {
        self.kind = kind
        self.port = port
        self.checksum = checksum
    }

    /// Plain IP in IP, which every kernel knows.
    public static let ipip = Tunnel(kind: .ipip)
}
