/// How a macvlan is made.
package struct MacvlanSettings: Hashable, Codable, Sendable {
    /// The name; nil for one made of the router's number (`vrrp.51`).
    package var name: String?
    /// The six bytes of its MAC; nil for that of the protocol (00:00:5e:00:01:vrid, …:02:vrid with IPv6).
    package var hardwareAddress: [UInt8]?
    /// The group of interfaces that it is put into (`IFLA_GROUP`); nil for none.
    package var group: UInt32?
    /// Whether advertisements leave by the parent with its MAC (`vmac_xmit_base`).
    package var advertisesFromParent = false

    /// Makes settings with the names and addresses of the protocol.
    package init() {}
}
