import Addresses
import IPVS
import Netlink

extension ReplyDecoder {
    /// A service without servers; without `statistics` its counters are left at zero.
    static func service(
        in range: Range<Int>,
        of bytes: RawSpan,
        statistics: Bool = true
    ) throws(DecodingError) -> ServiceStatus {
        let nest = try content(of: TopAttribute.service, in: range, of: bytes)
        var family: UInt16?
        var transport: UInt16 = 0
        var addressContent: Range<Int>?
        var port: UInt16 = 0
        var mark: UInt32 = 0
        var scheduler: String?
        var flags: UInt32 = 0
        var timeout: UInt32 = 0
        var netmask: UInt32?
        var engine: String?
        var narrowStatistics: Range<Int>?
        var wideStatistics: Range<Int>?
        var cursor = AttributeCursor(nest)
        while let attribute = try cursor.next(in: bytes) {
            switch attribute.type {
            case ServiceAttribute.family: family = try bytes.number(attribute)
            case ServiceAttribute.transport: transport = try bytes.number(attribute)
            case ServiceAttribute.address: addressContent = attribute.content
            case ServiceAttribute.port: port = try UInt16(bigEndian: bytes.number(attribute))
            case ServiceAttribute.mark: mark = try bytes.number(attribute)
            case ServiceAttribute.scheduler: scheduler = bytes.text(attribute)
            case ServiceAttribute.flags: flags = try bytes.number(attribute)
            case ServiceAttribute.timeout: timeout = try bytes.number(attribute)
            case ServiceAttribute.netmask: netmask = try bytes.number(attribute)
            case ServiceAttribute.engine: engine = bytes.text(attribute)
            case ServiceAttribute.statistics where statistics: narrowStatistics = attribute.content
            case ServiceAttribute.statistics64 where statistics: wideStatistics = attribute.content
            default: break
            }
        }
        guard let family else { throw .missing(attribute: ServiceAttribute.family) }
        guard let addressFamily = AddressFamily(wire: family) else { throw .unknownFamily(family) }
        guard let scheduler else { throw .missing(attribute: ServiceAttribute.scheduler) }
        let key: ServiceKey
        if mark != 0 {
            key = .mark(mark, addressFamily)
        } else {
            guard let addressContent else { throw .missing(attribute: ServiceAttribute.address) }
            let address = try address(addressFamily, in: addressContent, of: bytes, type: ServiceAttribute.address)
            key = .endpoint(TransportProtocol(rawValue: transport), Endpoint(address: address, port: port))
        }
        var persistence: Persistence?
        if flags & ServiceFlag.persistent != 0 {
            let mask: Netmask =
                switch (addressFamily, netmask) {
                case (_, nil): .host(addressFamily)
                case (.ipv4, .some(let value)): .ipv4(IPv4Address(value: UInt32(bigEndian: value)))
                case (.ipv6, .some(let value)): .ipv6(prefixLength: value)
                }
            persistence = Persistence(timeout: timeout, netmask: mask)
        }
        let schedulerFlags = UInt8(flags / ServiceFlag.firstScheduler & ServiceFlag.schedulerMask)
        return ServiceStatus(
            service: VirtualService(
                key: key,
                scheduler: scheduler,
                schedulerFlags: SchedulerFlags(rawValue: schedulerFlags),
                persistence: persistence,
                persistenceEngine: engine.flatMap { $0.isEmpty ? nil : $0 },
                isOnePacket: flags & ServiceFlag.onePacket != 0
            ),
            statistics: try Self.statistics(wide: wideStatistics, narrow: narrowStatistics, of: bytes)
        )
    }
}
