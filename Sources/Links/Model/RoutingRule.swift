package import Addresses

/// A rule that says which table packets are routed by (`RTM_NEWRULE`).
package struct RoutingRule: Hashable, Codable, Sendable {
    /// What a rule does with packets (`FR_ACT_…`).
    package enum Action: Hashable, Codable, Sendable {
        /// They are routed by that table.
        case lookup(UInt32)
        /// The rule of that priority is the next.
        case jump(UInt32)
        case nothing
        case blackhole
        case unreachable
        case prohibit
    }

    /// A mark that packets must have (`FRA_FWMARK`, `FRA_FWMASK`).
    package struct Mark: Hashable, Codable, Sendable {
        package var value: UInt32
        /// The bits that count.
        package var mask: UInt32

        /// Makes a mark of which all bits count.
        package init(_ value: UInt32, mask: UInt32 = .max) {
            self.value = value
            self.mask = mask
        }
    }

    /// A range of numbers, both ends in it.
    package struct Range: Hashable, Codable, Sendable {
        package var first: UInt32
        package var last: UInt32

        /// Makes a range.
        package init(_ first: UInt32, _ last: UInt32) {
            self.first = first
            self.last = last
        }
    }

    /// The family of the packets.
    package var family: AddressFamily
    /// The order among rules, the lowest first (`FRA_PRIORITY`).
    package var priority: UInt32
    /// What is done.
    package var action: Action
    /// Whether it is for packets that do not fit (`FIB_RULE_INVERT`).
    package var isInverted = false
    /// Where packets come from (`FRA_SRC`); nil for anywhere.
    package var from: NetworkPrefix?
    /// Where packets go (`FRA_DST`); nil for anywhere.
    package var to: NetworkPrefix?
    /// The interface that they come in by (`FRA_IIFNAME`).
    package var incoming: String?
    /// The interface that their socket is bound to (`FRA_OIFNAME`).
    package var outgoing: String?
    /// The mark that they have.
    package var mark: Mark?
    /// The type of service that they have (`tos`).
    package var typeOfService: UInt8 = 0
    /// The realms of `tc`, the source's in the upper half (`FRA_FLOW`); nil for none.
    package var realms: UInt32?
    /// Routes of that length of prefix or shorter do not count (`FRA_SUPPRESS_PREFIXLEN`).
    package var suppressedPrefixLength: UInt32?
    /// Routes over an interface of that group do not count (`FRA_SUPPRESS_IFGROUP`).
    package var suppressedGroup: UInt32?
    /// The users whose packets they are (`FRA_UID_RANGE`).
    package var users: Range?
    /// The protocol above IP (`FRA_IP_PROTO`).
    package var transport: UInt8?
    /// The ports that they come from (`FRA_SPORT_RANGE`).
    package var sourcePorts: Range?
    /// The ports that they go to (`FRA_DPORT_RANGE`).
    package var destinationPorts: Range?
    /// Whether the table is that of the interface's VRF (`FRA_L3MDEV`).
    package var usesInterfaceTable = false
    /// Who made it (`FRA_PROTOCOL`); 18 is keepalived's number.
    package var maker: UInt8 = 18

    /// Makes a rule for all packets of a family.
    package init(_ family: AddressFamily, priority: UInt32, action: Action) {
        self.family = family
        self.priority = priority
        self.action = action
    }
}
