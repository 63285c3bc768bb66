import Addresses
import System
package import VRRP

extension FaultReason {
    /// It in a few words, for programs and tables.
    package var words: String {
        switch self {
        case .interfaceDown(let name): "interface \(name) down"
        case .noAddress(let family, let name): "no \(family == .ipv4 ? "IPv4" : "IPv6") address on \(name)"
        case .sourceMissing(let address): "source address \(address) missing"
        case .noSocket(let number): "no socket for advertisements: \(SystemFailure.text(of: number))"
        case .noPeers: "no unicast peers"
        case .tracked(let subject): "\(subject.kind) \(subject.name)"
        case .takenAway: "addresses taken away again and again"
        case .staticEntry(let name): "static entry of track group \(name) missing"
        case .group(let name): "member \(name) of the group"
        }
    }
}
