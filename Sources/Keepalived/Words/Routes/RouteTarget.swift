import Addresses
import Links

/// Where a route leads, or where packets of a rule come from or go.
struct RouteTarget {
    /// The family; nil where the word fits both.
    let family: AddressFamily?
    /// The network; nil for everywhere.
    let network: NetworkPrefix?
}

extension IPAddress {
    /// The first address of the network of that length that it is in.
    func network(_ length: UInt8) -> IPAddress {
        switch self {
        case .v4(let address):
            let host: UInt32 = length >= 32 ? 0 : UInt32.max >> UInt32(length)
            return .v4(IPv4Address(value: address.value & ~host))
        case .v6(let address):
            let high = length >= 64 ? 0 : UInt64.max >> UInt64(length)
            let low = length >= 128 ? 0 : length > 64 ? UInt64.max >> UInt64(length - 64) : .max
            return .v6(IPv6Address(high: address.high & ~high, low: address.low & ~low))
        }
    }
}
