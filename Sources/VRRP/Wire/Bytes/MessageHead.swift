import Failover
import Time

/// The 8 bytes that a VRRP message of any version begins with, as they stand, right or wrong.
struct MessageHead: Hashable {
    static let length = 8
    /// The place of the checksum in it.
    static let checksumPlace = 6
    /// The bytes of a password.
    static let passwordLength = 8

    /// The version of the protocol, of 4 bits.
    var version: UInt8
    /// The kind of message, of 4 bits; 1.
    var type: UInt8 = 1
    var routerID: UInt8
    var priority: UInt8
    /// The number of addresses that follow.
    var count: UInt8
    /// By version 2, the type of authentication and the seconds of the interval; by version 3, four bits of zero and 12 of
    /// hundredths of seconds.
    var variable: UInt16
    var checksum: UInt16 = 0

    /// Makes the head of an advertisement whose checksum is to come.
    init(of router: VirtualRouter, priority: UInt8, count: UInt8) {
        version = router.version.rawValue
        routerID = router.routerID
        self.priority = priority
        self.count = count
        let number = Self.number(of: router.interval, router.version)
        switch router.version {
        case .two: variable = UInt16(router.proofType) << 8 | number
        case .three: variable = number
        }
    }

    /// Reads the head at a place of bytes; nil where they end.
    init?(_ bytes: [UInt8], at position: Int) {
        var reader = PacketReader(bytes, from: position)
        guard let first = reader.byte(), let routerID = reader.byte(), let priority = reader.byte(),
            let count = reader.byte(), let variable = reader.number16(), let checksum = reader.number16()
        else { return nil }
        version = first >> 4
        type = first & 15
        self.routerID = routerID
        self.priority = priority
        self.count = count
        self.variable = variable
        self.checksum = checksum
    }

    /// Appends its bytes.
    func append(to bytes: inout [UInt8]) {
        bytes += [version << 4 | type & 15, routerID, priority, count]
        bytes.append(network: variable)
        bytes.append(network: checksum)
    }

    /// The number of the way in which a message of version 2 proves who sent it.
    var authentication: UInt8 { UInt8(variable >> 8) }

    /// The time between two messages.
    var interval: Duration {
        version == 2 ? .seconds(Int64(variable & 0xff)) : .milliseconds(Int64(variable & 0xfff) * 10)
    }

    /// What stands for an interval: the nearest whole number of seconds of 1...255, or of hundredths of 1...4095.
    private static func number(of interval: Duration, _ version: VirtualRouter.ProtocolVersion) -> UInt16 {
        let nanoseconds = min(max(interval.nanoseconds, 0), 1_000_000_000_000)
        switch version {
        case .two: return UInt16(min(max((nanoseconds + 500_000_000) / 1_000_000_000, 1), 255))
        case .three: return UInt16(min(max((nanoseconds + 5_000_000) / 10_000_000, 1), 4_095))
        }
    }
}
