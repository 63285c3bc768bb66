import Addresses

extension NetworkPrefix {
    /// The same prefix with no bits behind its length; nil for all addresses.
    var masked: NetworkPrefix? {
        guard length > 0 else { return nil }
        switch address {
        case .v4(let address):
            return NetworkPrefix(.v4(IPv4Address(value: address.value & IPAddress.mask4(length))), length: length)
        case .v6(let address):
            let high = UInt64.max << (64 - min(64, UInt64(length)))
            let low = length <= 64 ? 0 : UInt64.max << (128 - min(128, UInt64(length)))
            return NetworkPrefix(
                .v6(IPv6Address(high: address.high & high, low: address.low & low)),
                length: length
            )
        }
    }
}
