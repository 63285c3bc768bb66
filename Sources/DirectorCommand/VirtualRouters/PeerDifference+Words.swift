import Addresses
import Failover
import VRRP

extension PeerDifference {
    /// It in one line for people.
    var words: String {
        switch self {
        case .version(let received, let own): "version \(received) there, \(own) here"
        case .authentication(let received, let own):
            "authentication differs: \(Self.kind(received)) there, \(Self.kind(own)) here"
        case .password: "password differs"
        case .trailer(let isReceived): isReceived ? "auth_hmac there, none here" : "auth_hmac here, none there"
        case .interval(let received, let own):
            "interval \(RoutersListing.seconds(received)) s there, \(RoutersListing.seconds(own)) s here"
        case .addressCount(let received, let own): "\(received) addresses there, \(own) here"
        case .addresses(let missing, let unknown):
            ["addresses differ"].joined()
                + (missing.isEmpty ? "" : ": missing there: \(Self.list(missing))")
                + (unknown.isEmpty ? "" : "\(missing.isEmpty ? ":" : ";") unknown here: \(Self.list(unknown))")
        case .hops(let received, let allowed):
            "TTL or hop limit \(received), and \(allowed.lowerBound)-\(allowed.upperBound) is wanted"
        case .checksumForm(let received, let own): "checksum \(received.words) there, \(own.words) here"
        case .audience(let isMulticast): isMulticast ? "multicast there, unicast here" : "unicast there, multicast here"
        case .stranger(let address): "\(address) is no unicast peer"
        }
    }

    private static func kind(_ number: UInt8) -> String {
        switch number {
        case 0: "none"
        case 1: "PASS"
        case 2: "AH"
        default: "type \(number)"
        }
    }

    /// At most ten of them.
    private static func list(_ addresses: [IPAddress]) -> String {
        addresses.prefix(10).map { "\($0)" }.joined(separator: " ") + (addresses.count > 10 ? " and more" : "")
    }
}

extension ChecksumForm {
    fileprivate var words: String {
        switch self {
        case .standard: "with pseudo-header"
        case .messageOnly: "as version 2 has it"
        case .oldUnicast: "of old unicast"
        }
    }
}
