import Addresses
import IPVS
import Netlink

/// Reads the kernel's replies.
///
/// What is repeated counts with its last value, what is unknown is passed over, and what is missing or short is an error
/// when the reply means nothing without it.
enum ReplyDecoder {
    /// A synchronisation daemon that runs.
    static func daemon(in range: Range<Int>, of bytes: RawSpan) throws(DecodingError) -> SyncDaemon {
        let nest = try content(of: TopAttribute.daemon, in: range, of: bytes)
        var state: UInt32?
        var daemon = SyncDaemon(role: .master, interface: "")
        var cursor = AttributeCursor(nest)
        while let attribute = try cursor.next(in: bytes) {
            switch attribute.type {
            case DaemonAttribute.role: state = try bytes.number(attribute)
            case DaemonAttribute.interface: daemon.interface = bytes.text(attribute)
            case DaemonAttribute.syncID: daemon.syncID = try bytes.number(attribute)
            case DaemonAttribute.maximumLength: daemon.maximumLength = try bytes.number(attribute)
            case DaemonAttribute.group:
                daemon.group = try address(.ipv4, in: attribute.content, of: bytes, type: attribute.type)
            case DaemonAttribute.group6:
                daemon.group = try address(.ipv6, in: attribute.content, of: bytes, type: attribute.type)
            case DaemonAttribute.port: daemon.port = try bytes.number(attribute)
            case DaemonAttribute.timeToLive: daemon.timeToLive = try bytes.number(attribute)
            default: break
            }
        }
        guard let state else { throw .missing(attribute: DaemonAttribute.role) }
        guard let role = SyncDaemon.Role(rawValue: state) else { throw .unknownRole(state) }
        daemon.role = role
        return daemon
    }

    /// The connection timeouts.
    static func timeouts(in range: Range<Int>, of bytes: RawSpan) throws(DecodingError) -> Timeouts {
        var timeouts = Timeouts(tcp: 0, tcpFin: 0, udp: 0)
        var cursor = AttributeCursor(range)
        while let attribute = try cursor.next(in: bytes) {
            switch attribute.type {
            case TopAttribute.timeoutTCP: timeouts.tcp = try bytes.number(attribute)
            case TopAttribute.timeoutTCPFin: timeouts.tcpFin = try bytes.number(attribute)
            case TopAttribute.timeoutUDP: timeouts.udp = try bytes.number(attribute)
            default: break
            }
        }
        return timeouts
    }

    /// Version and table size.
    static func information(in range: Range<Int>, of bytes: RawSpan) throws(DecodingError) -> KernelInformation {
        var version: UInt32?
        var size: UInt32 = 0
        var cursor = AttributeCursor(range)
        while let attribute = try cursor.next(in: bytes) {
            switch attribute.type {
            case TopAttribute.informationVersion: version = try bytes.number(attribute)
            case TopAttribute.informationTableSize: size = try bytes.number(attribute)
            default: break
            }
        }
        guard let version else { throw .missing(attribute: TopAttribute.informationVersion) }
        return KernelInformation(packedVersion: version, connectionTableSize: size)
    }

    /// The contents of the last outermost attribute of that type.
    static func content(
        of type: UInt16,
        in range: Range<Int>,
        of bytes: RawSpan
    ) throws(DecodingError) -> Range<Int> {
        var found: Range<Int>?
        var cursor = AttributeCursor(range)
        while let attribute = try cursor.next(in: bytes) {
            if attribute.type == type { found = attribute.content }
        }
        guard let found else { throw .missing(attribute: type) }
        return found
    }

    /// An address out of the kernel's union, which may be as short as the address itself.
    static func address(
        _ family: AddressFamily,
        in content: Range<Int>,
        of bytes: RawSpan,
        type: UInt16
    ) throws(DecodingError) -> IPAddress {
        switch family {
        case .ipv4:
            guard content.count >= 4 else { throw .short(attribute: type) }
            return .v4(IPv4Address(value: UInt32(bigEndian: bytes.load(UInt32.self, at: content.lowerBound))))
        case .ipv6:
            guard content.count >= 16 else { throw .short(attribute: type) }
            return .v6(
                IPv6Address(
                    high: UInt64(bigEndian: bytes.load(UInt64.self, at: content.lowerBound)),
                    low: UInt64(bigEndian: bytes.load(UInt64.self, at: content.lowerBound + 8))
                )
            )
        }
    }
}
