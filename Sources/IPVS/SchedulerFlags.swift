/// Switches of a virtual service that mean something to its scheduler alone: `IP_VS_SVC_F_SCHED1` to `SCHED3`.
public struct SchedulerFlags: OptionSet, Hashable, Sendable {
    /// The flags as bits 0...2, which are the bits 0x8, 0x10 and 0x20 of `IPVS_SVC_ATTR_FLAGS`.
    public let rawValue: UInt8

    /// Makes a set of the three lowest bits; a service has no others for its scheduler.
    public init(rawValue: UInt8) {
        self.rawValue = rawValue & 0b111
    }

    /// The first flag; `sh` and `mh` fall back to another server when the chosen one cannot take the connection.
    public static let first = SchedulerFlags(rawValue: 1)
    /// The second flag; `sh` and `mh` include the source port in the hash.
    public static let second = SchedulerFlags(rawValue: 2)
    /// The third flag; no scheduler of Linux 6.1 uses it.
    public static let third = SchedulerFlags(rawValue: 4)

    /// The names of the flags that are set, for a scheduler, in their order.
    ///
    /// `sh` and `mh` have names of their own for the first two and none for the third, which is called `flag-3` with
    /// them too.
    package func names(of scheduler: String) -> [String] {
        let names =
            Self.areNamed(by: scheduler)
            ? ["\(scheduler)-fallback", "\(scheduler)-port", "flag-3"] : ["flag-1", "flag-2", "flag-3"]
        return zip([SchedulerFlags.first, .second, .third], names).filter { contains($0.0) }.map(\.1)
    }

    /// Whether a scheduler has names of its own for flags.
    package static func areNamed(by scheduler: String) -> Bool { scheduler == "sh" || scheduler == "mh" }
}
