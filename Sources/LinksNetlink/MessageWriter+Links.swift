import Addresses
import CNetlink
import Links
import Netlink

extension MessageWriter {
    /// Writes the header of a message about an interface; 0 is the number of none.
    ///
    /// - Parameters:
    ///   - flags: The flags that it shall have.
    ///   - change: Which of its flags are changed.
    mutating func linkHeader(_ index: UInt32 = 0, flags: UInt32 = 0, change: UInt32 = 0) {
        append(
            ifinfomsg(
                ifi_family: UInt8(AF_UNSPEC),
                __ifi_pad: 0,
                ifi_type: 0,
                ifi_index: Int32(bitPattern: index),
                ifi_flags: flags,
                ifi_change: change
            )
        )
    }

    /// Writes what follows netlink's header in the request that makes an interface.
    mutating func newLink(_ link: MadeLink, name: String, parent: UInt32) {
        linkHeader()
        attribute(LinkAttribute.name, name)
        attribute(LinkAttribute.parent, parent)
        if let group = link.group { attribute(LinkAttribute.group, group) }
        switch link.kind {
        case .macvlan(let hardwareAddress):
            attribute(LinkAttribute.hardwareAddress, bytes: hardwareAddress.prefix(32))
            nest(LinkAttribute.information) { writer in
                writer.attribute(KindAttribute.name, "macvlan")
                writer.nest(KindAttribute.data) {
                    $0.attribute(KindAttribute.macvlanMode, KindAttribute.privateMacvlan)
                }
            }
        case .ipvlan(let mode):
            nest(LinkAttribute.information) { writer in
                writer.attribute(KindAttribute.name, "ipvlan")
                writer.nest(KindAttribute.data) {
                    $0.attribute(KindAttribute.ipvlanMode, KindAttribute.linkLayerIpvlan)
                    $0.attribute(KindAttribute.ipvlanFlags, mode.wire)
                }
            }
        }
    }

    /// Writes what follows netlink's header in the request that sets a value of IPv4 for an interface.
    mutating func setting4(_ number: UInt16, _ value: UInt32, interface: UInt32) {
        linkHeader(interface)
        nest(LinkAttribute.protocols) { writer in
            writer.nest(UInt16(AF_INET)) { writer in
                writer.nest(ProtocolAttribute.values4) { $0.attribute(number, value) }
            }
        }
    }

    /// Writes what follows netlink's header in the request that says how link-local addresses of an interface are made.
    mutating func addressGeneration(_ value: UInt32, interface: UInt32) {
        linkHeader(interface)
        nest(LinkAttribute.protocols) { writer in
            writer.nest(UInt16(AF_INET6)) {
                $0.attribute(ProtocolAttribute.addressGeneration, UInt8(truncatingIfNeeded: value))
            }
        }
    }
}

extension MadeLink.IpvlanMode {
    /// `IPVLAN_F_*`.
    fileprivate var wire: UInt16 {
        switch self {
        case .bridge: 0
        case .isolated: KindAttribute.isolatedIpvlan
        case .vepa: KindAttribute.vepaIpvlan
        }
    }
}
