/// Seconds that a connection without traffic is kept: the `IPVS_CMD_ATTR_TIMEOUT_*` attributes.
///
/// When they are set, 0 leaves a value as it is. The largest value is the largest `int` divided by the kernel's tick rate,
/// 2147483 at 1000 ticks per second.
public struct Timeouts: Hashable, Sendable {
    /// Established TCP connections; 900 in a fresh kernel: `IPVS_CMD_ATTR_TIMEOUT_TCP`.
    public var tcp: UInt32
    /// TCP connections whose end has been announced; 120 in a fresh kernel: `IPVS_CMD_ATTR_TIMEOUT_TCP_FIN`.
    public var tcpFin: UInt32
    /// UDP; 300 in a fresh kernel: `IPVS_CMD_ATTR_TIMEOUT_UDP`.
    public var udp: UInt32

    /// Makes timeouts of so many seconds, 0 for those that shall stay.
    public init(tcp: UInt32, tcpFin: UInt32, udp: UInt32) {
        self.tcp = tcp
        self.tcpFin = tcpFin
        self.udp = udp
    }

    /// These timeouts where they are not 0, and `other`'s where they are.
    public func filled(from other: Timeouts) -> Timeouts {
        Timeouts(
            tcp: tcp == 0 ? other.tcp : tcp,
            tcpFin: tcpFin == 0 ? other.tcpFin : tcpFin,
            udp: udp == 0 ? other.udp : udp
        )
    }
}
