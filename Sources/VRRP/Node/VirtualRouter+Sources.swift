import Addresses
import Failover
import Links

extension VirtualRouter {
    /// The source of advertisements that the file says; nil for the interface's own.
    var configuredSource: IPAddress? {
        switch audience {
        case .multicast(let settings): settings.source
        case .unicast(let settings): settings.source
        }
    }

    /// Whether it takes no part while the configured source is not on this machine: a socket of peers is bound to it.
    var needsSource: Bool {
        switch audience {
        case .multicast: tracksSource
        case .unicast: true
        }
    }

    /// The group that it speaks to; nil for peers.
    var group: IPAddress? {
        switch audience {
        case .multicast(let settings): settings.group
        case .unicast: nil
        }
    }

    /// The digest of what peers and the kernel know it by: whoever has another one cannot take its mastership up.
    ///
    /// It is FNV-1a of 64 bits over the fields, each with its length where that differs.
    func digest(interface: UInt32) -> UInt64 {
        var digest = FieldDigest()
        digest.add(UInt64(routerID))
        digest.add(family == .ipv4 ? 4 : 6)
        digest.add(UInt64(version.rawValue))
        digest.add(UInt64(interface))
        digest.add(UInt64(bitPattern: interval.nanosecondCount))
        if let group { digest.add("\(group)") }
        for address in addresses {
            digest.add("\(address.address.address)/\(address.address.prefixLength) \(address.address.interface)")
        }
        return digest.value
    }
}

/// FNV-1a of 64 bits.
private struct FieldDigest {
    private(set) var value: UInt64 = 0xcbf2_9ce4_8422_2325

    mutating func add(_ number: UInt64) {
        for shift in stride(from: UInt64(0), to: 64, by: 8) { add(byte: UInt8(truncatingIfNeeded: number >> shift)) }
    }

    mutating func add(_ text: String) {
        add(UInt64(text.utf8.count))
        for byte in text.utf8 { add(byte: byte) }
    }

    private mutating func add(byte: UInt8) {
        value = (value ^ UInt64(byte)) &* 0x0000_0100_0000_01b3
    }
}

extension Duration {
    /// The nanoseconds of a configured time, which 64 bits hold.
    fileprivate var nanosecondCount: Int64 {
        let (seconds, attoseconds) = components
        return seconds &* 1_000_000_000 &+ attoseconds / 1_000_000_000
    }
}

extension IPAddress {
    /// Whether it is an IPv6 address of the link alone (fe80::/10).
    var isLinkLocal: Bool {
        guard case .v6(let address) = self else { return false }
        return address.isLinkLocal
    }
}
