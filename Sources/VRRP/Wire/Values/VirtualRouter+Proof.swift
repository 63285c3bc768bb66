import Addresses
import Failover

extension IPv4Address {
    /// 224.0.0.18, all routers of VRRP.
    static let vrrpGroup = IPv4Address(value: 0xe000_0012)
}

extension [UInt8] {
    /// The 8 bytes of a password: cut, or filled with zeros.
    var passwordField: [UInt8] {
        let cut = prefix(MessageHead.passwordLength)
        return cut + [UInt8](repeating: 0, count: MessageHead.passwordLength - cut.count)
    }
}

extension VirtualRouter {
    /// The way to prove who sends that its version and family have: version 3 knows trailers alone, and the authentication header
    /// belongs to IPv4.
    var effectiveAuthentication: Authentication? {
        switch authentication {
        case .password: version == .two ? authentication : nil
        case .header: version == .two && family == .ipv4 ? authentication : nil
        case .trailer, nil: authentication
        }
    }
    /// The number of that way in the head of version 2: 0 none or a trailer, 1 a password, 2 a header.
    var proofType: UInt8 {
        switch effectiveAuthentication {
        case .trailer, nil: 0
        case .password: 1
        case .header: 2
        }
    }
}
