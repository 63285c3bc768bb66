package import Addresses

/// How an ipvlan is made.
package struct IpvlanSettings: Hashable, Codable, Sendable {
    /// What ipvlans of one parent see of each other (`IFLA_IPVLAN_FLAGS`).
    package enum Mode: Hashable, Codable, Sendable {
        case bridge
        case isolated
        case vepa
    }

    /// The name; nil for one made of the router's number.
    package var name: String?
    /// Its own address, which advertisements come from; nil for none.
    package var address: IPAddress?
    /// The length of the address's network.
    package var prefixLength: UInt8?
    /// What it sees of others.
    package var mode = Mode.bridge

    /// Makes settings with the names of the protocol.
    package init() {}
}
