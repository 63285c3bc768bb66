package import Addresses

/// An address of an interface, as it is wanted or as the kernel has it (`RTM_NEWADDR`).
package struct LinkAddress: Hashable, Codable, Sendable {
    /// The address; `IFA_LOCAL` where it has a peer.
    package var address: IPAddress
    /// The length of its network, or of the peer's, at most 32 or 128.
    package var prefixLength: UInt8
    /// The name of the interface that it stands on.
    package var interface: String
    /// The other end of a point-to-point link (`IFA_ADDRESS`); nil for none.
    package var peer: IPAddress?
    /// The broadcast address of IPv4 (`IFA_BROADCAST`); nil for none.
    package var broadcast: IPv4Address?
    /// The name that `ifconfig` shows for it, IPv4 alone (`IFA_LABEL`); nil for the interface's.
    package var label: String?
    /// How far it is known: 0 everywhere, 200 on the site, 253 on the link, 254 on the host (`ifa_scope`).
    package var scope: UInt8
    /// What holds for it otherwise (`IFA_FLAGS`).
    package var options: Options
    /// The seconds in which it is chosen as a source, 0 for never (`ifa_prefered`); nil for ever.
    package var preferredLifetime: UInt32?

    /// Flags that are chosen for an address.
    package struct Options: OptionSet, Hashable, Codable, Sendable {
        /// A bit for each of them, of our own count.
        package let rawValue: UInt8

        /// Makes a set of those bits.
        package init(rawValue: UInt8) {
            self.rawValue = rawValue
        }

        /// No other host is asked for it first (`IFA_F_NODAD`).
        package static let skipsDuplicateDetection = Options(rawValue: 1)
        /// The home address of mobile IPv6 (`IFA_F_HOMEADDRESS`).
        package static let home = Options(rawValue: 2)
        /// The kernel makes temporary addresses beside it (`IFA_F_MANAGETEMPADDR`).
        package static let managesTemporaries = Options(rawValue: 4)
        /// No route to its network comes with it (`IFA_F_NOPREFIXROUTE`).
        package static let hasNoPrefixRoute = Options(rawValue: 8)
        /// Its multicast group is joined with it (`IFA_F_MCAUTOJOIN`).
        package static let joinsGroup = Options(rawValue: 16)
    }

    /// Makes an address that stands for itself alone, unless a length is given.
    package init(_ address: IPAddress, prefixLength: UInt8? = nil, on interface: String, scope: UInt8 = 0) {
        self.address = address
        self.prefixLength = prefixLength ?? (address.family == .ipv4 ? 32 : 128)
        self.interface = interface
        self.scope = scope
        options = []
    }
}
