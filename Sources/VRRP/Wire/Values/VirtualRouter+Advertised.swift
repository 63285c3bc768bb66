import Addresses
import Failover

extension VirtualRouter {
    /// The number of its addresses that an advertisement has room for: the first ones of the file.
    ///
    /// Routers of one configuration come to the same number where their packets may be of the same size, so that it is what they
    /// expect of each other.
    ///
    /// - Parameter largestPacket: the most bytes of a packet with its IP header.
    func advertisedCount(largestPacket: Int) -> Int {
        var room = largestPacket - MessageHead.length
        switch family {
        case .ipv4: room -= IPv4Header.length + (version == .two ? MessageHead.passwordLength : 0)
        case .ipv6: room -= IPv6Header.length
        }
        switch effectiveAuthentication {
        case .header: room -= AuthenticationHeader.length
        // Whether one is sent or only accepted: a peer that sends one has room for as many.
        case .trailer: room -= Trailer.length
        case .password, nil: break
        }
        return min(max(room / family.addressLength, 0), addresses.count, 255)
    }
}
