import IPVS

/// A line `real`, which stands for one server or a range of them.
struct RealEntry: Sendable {
    /// The whole value.
    let place: Place
    let host: HostReference
    let hostRange: Range<Int>
    var lastHost: HostReference?
    var lastHostRange: Range<Int>?
    var port: PortReference?
    var portRange: Range<Int>?
    var forwarding = ForwardingMethod.masquerade
    var weight: Int32 = 1
    var request: String?
    var receive: Located<String>?
    var lowerThreshold: UInt32 = 0
    var upperThreshold: UInt32 = 0
    var checkPort: UInt16?
    /// The URL that the request is, which then stands in the place of the server's.
    var url: AbsoluteURL?
}
