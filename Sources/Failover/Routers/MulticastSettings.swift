package import Addresses

/// How a virtual router speaks to a group.
package struct MulticastSettings: Hashable, Codable, Sendable {
    /// The group: 224.0.0.18 or ff02::12 unless the file has another.
    package var group: IPAddress
    /// The source of advertisements; nil for the interface's own address.
    package var source: IPAddress?

    /// Makes settings.
    package init(group: IPAddress, source: IPAddress? = nil) {
        self.group = group
        self.source = source
    }
}
