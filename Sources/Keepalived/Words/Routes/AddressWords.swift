import Addresses
import Links

/// An address of an interface as a line says it.
struct AddressWords: Hashable, Sendable {
    /// How a broadcast address is given.
    enum Broadcast: Hashable, Sendable {
        case address(IPv4Address)
        /// That of the network with all bits of the host set.
        case highest
        /// That with none of them set.
        case lowest
    }

    var address: IPAddress
    /// The length of its network; nil where none is said.
    var length: UInt8?
    var interface: Word?
    var scope: NamedNumber?
    var broadcast: Broadcast?
    var label: String?
    /// The other end, with the length that stands behind it.
    var peer: Prefix?
    var options: LinkAddress.Options = []
    /// Whether other hosts are asked for it first, `-nodad`.
    var isAskedFor = false
    /// `preferred_lft`; nil where none is said.
    var lifetime: Lifetime?
    /// Whether it is put back: not `no_track`.
    var isTracked = true
    /// Whether it has a macvlan of its own, `use_vmac`.
    var hasOwnLink = false
    /// The name behind `track_group`.
    var trackGroup: Word?

    /// An address with the length behind it.
    struct Prefix: Hashable, Sendable {
        var address: IPAddress
        var length: UInt8?
    }

    /// How long an address is chosen as a source.
    enum Lifetime: Hashable, Sendable {
        case forever
        case seconds(UInt32)
    }

    init(_ prefix: Prefix) {
        (address, length) = (prefix.address, prefix.length)
    }
}
