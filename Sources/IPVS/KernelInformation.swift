/// What the kernel says of its IPVS: `IPVS_CMD_GET_INFO`.
public struct KernelInformation: Hashable, Sendable {
    /// The version as the kernel packs it, a byte each for major, minor and patch: 0x010201 is 1.2.1.
    ///
    /// It is `IPVS_INFO_ATTR_VERSION`.
    public var packedVersion: UInt32
    /// The number of buckets of the connection table: `IPVS_INFO_ATTR_CONN_TAB_SIZE`.
    public var connectionTableSize: UInt32

    /// Makes the information that a kernel of that version with so many buckets gives.
    public init(packedVersion: UInt32, connectionTableSize: UInt32) {
        self.packedVersion = packedVersion
        self.connectionTableSize = connectionTableSize
    }

    /// The version as people write it: `1.2.1`.
    public var version: String {
        "\(packedVersion >> 16 & 0xff).\(packedVersion >> 8 & 0xff).\(packedVersion & 0xff)"
    }
}
