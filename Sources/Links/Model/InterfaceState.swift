/// An interface as the kernel has it (`RTM_NEWLINK`).
package struct InterfaceState: Hashable, Sendable {
    /// What holds for an interface (`ifi_flags`).
    package struct Flags: OptionSet, Hashable, Sendable {
        /// The bits as the kernel counts them.
        package let rawValue: UInt32

        /// Makes a set of those bits.
        package init(rawValue: UInt32) {
            self.rawValue = rawValue
        }

        /// Somebody switched it on (`IFF_UP`).
        package static let up = Flags(rawValue: 1)
        /// Packets can be sent to all on the link (`IFF_BROADCAST`).
        package static let broadcast = Flags(rawValue: 2)
        /// It leads to this machine itself (`IFF_LOOPBACK`).
        package static let loopback = Flags(rawValue: 8)
        /// It leads to one other machine (`IFF_POINTOPOINT`).
        package static let pointToPoint = Flags(rawValue: 0x10)
        /// It is on, and the link works (`IFF_RUNNING`).
        package static let running = Flags(rawValue: 0x40)
        /// Nobody is asked for hardware addresses on it (`IFF_NOARP`).
        package static let noARP = Flags(rawValue: 0x80)
        /// Packets can be sent to groups (`IFF_MULTICAST`).
        package static let multicast = Flags(rawValue: 0x1000)
        /// There is a carrier (`IFF_LOWER_UP`).
        package static let lowerUp = Flags(rawValue: 0x10000)
    }

    /// What it is other than a device (`IFLA_INFO_KIND`), as far as it matters here.
    package enum Kind: Hashable, Sendable {
        /// A macvlan, and whether it hears nothing of its siblings (`IFLA_MACVLAN_MODE`).
        case macvlan(isPrivate: Bool)
        /// An ipvlan, and whether it works on the link layer (`IFLA_IPVLAN_MODE`), with what it sees of siblings.
        case ipvlan(isLinkLayer: Bool, MadeLink.IpvlanMode)
        /// A routing domain and its table.
        case routingDomain(table: UInt32)
        /// Another kind, by the kernel's name for it.
        case other(String)
    }

    /// The kernel's number of it, positive; never used again for another one while the machine runs.
    package var index: UInt32
    /// Its name, which may change.
    package var name: String
    /// What holds for it.
    package var flags: Flags
    /// Its hardware address: six bytes with Ethernet, none where there is no such thing.
    package var hardwareAddress: [UInt8] = []
    /// The longest packet that it takes, in bytes.
    package var maximumPacket: UInt32 = 1500
    /// What it is; nil for a device.
    package var kind: Kind?
    /// The number of the interface that it stands on (`IFLA_LINK`); nil for none.
    package var parent: UInt32?
    /// The number of the bridge, bond or routing domain that it belongs to (`IFLA_MASTER`); nil for none.
    package var upper: UInt32?
    /// The group of interfaces that it is in (`IFLA_GROUP`), 0 unless somebody said otherwise.
    package var group: UInt32 = 0
    /// Its settings, as far as the kernel tells them.
    package var settings: [InterfaceSetting.Kind: UInt32] = [:]

    /// Makes the state of an interface.
    package init(index: UInt32, name: String, flags: Flags = []) {
        self.index = index
        self.name = name
        self.flags = flags
    }

    /// Whether it is on and its link works.
    package var isUsable: Bool { flags.isSuperset(of: [.up, .running]) }
}
