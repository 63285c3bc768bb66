import Addresses
import IPVS
import Netlink

extension ReplyDecoder {
    /// A server; kernels before 3.18 do not say its family, which is then the service's.
    ///
    /// Without `statistics` its counters are left at zero.
    static func destination(
        in range: Range<Int>,
        of bytes: RawSpan,
        serviceFamily: AddressFamily,
        statistics: Bool = true
    ) throws(DecodingError) -> DestinationStatus {
        let nest = try content(of: TopAttribute.destination, in: range, of: bytes)
        var family: UInt16 = 0
        var addressContent: Range<Int>?
        var port: UInt16?
        var forwarding: UInt32?
        var weight: UInt32?
        var upperThreshold: UInt32 = 0
        var lowerThreshold: UInt32 = 0
        var active: UInt32 = 0
        var inactive: UInt32 = 0
        var persistent: UInt32 = 0
        var tunnel = Tunnel.ipip
        var narrowStatistics: Range<Int>?
        var wideStatistics: Range<Int>?
        var cursor = AttributeCursor(nest)
        while let attribute = try cursor.next(in: bytes) {
            switch attribute.type {
            case DestinationAttribute.address: addressContent = attribute.content
            case DestinationAttribute.port: port = try UInt16(bigEndian: bytes.number(attribute))
            case DestinationAttribute.forwarding: forwarding = try bytes.number(attribute)
            case DestinationAttribute.weight: weight = try bytes.number(attribute)
            case DestinationAttribute.upperThreshold: upperThreshold = try bytes.number(attribute)
            case DestinationAttribute.lowerThreshold: lowerThreshold = try bytes.number(attribute)
            case DestinationAttribute.activeConnections: active = try bytes.number(attribute)
            case DestinationAttribute.inactiveConnections: inactive = try bytes.number(attribute)
            case DestinationAttribute.persistentConnections: persistent = try bytes.number(attribute)
            case DestinationAttribute.family: family = try bytes.number(attribute)
            case DestinationAttribute.tunnelKind: tunnel.kind = try Tunnel.Kind(rawValue: bytes.number(attribute))
            case DestinationAttribute.tunnelPort: tunnel.port = try UInt16(bigEndian: bytes.number(attribute))
            case DestinationAttribute.tunnelChecksum:
                tunnel.checksum = try Tunnel.Checksum(rawValue: bytes.number(attribute))
            case DestinationAttribute.statistics where statistics: narrowStatistics = attribute.content
            case DestinationAttribute.statistics64 where statistics: wideStatistics = attribute.content
            default: break
            }
        }
        guard let addressFamily = family == 0 ? serviceFamily : AddressFamily(wire: family) else {
            throw .unknownFamily(family)
        }
        guard let addressContent else { throw .missing(attribute: DestinationAttribute.address) }
        guard let port else { throw .missing(attribute: DestinationAttribute.port) }
        guard let forwarding else { throw .missing(attribute: DestinationAttribute.forwarding) }
        guard let weight else { throw .missing(attribute: DestinationAttribute.weight) }
        let address = try address(addressFamily, in: addressContent, of: bytes, type: DestinationAttribute.address)
        return DestinationStatus(
            destination: Destination(
                endpoint: Endpoint(address: address, port: port),
                forwarding: ForwardingMethod(rawValue: forwarding),
                weight: Int32(bitPattern: weight),
                upperThreshold: upperThreshold,
                lowerThreshold: lowerThreshold,
                tunnel: tunnel
            ),
            activeConnections: active,
            inactiveConnections: inactive,
            persistentConnections: persistent,
            statistics: try Self.statistics(wide: wideStatistics, narrow: narrowStatistics, of: bytes)
        )
    }
}
