package import Addresses

/// A route, as it is wanted or as the kernel has it (`RTM_NEWROUTE`).
package struct Route: Hashable, Codable, Sendable {
    /// What becomes of a packet that takes it (`rtm_type`).
    package enum Kind: UInt8, Hashable, Codable, Sendable {
        case unicast = 1
        case local = 2
        case broadcast = 3
        case anycast = 4
        case multicast = 5
        case blackhole = 6
        case unreachable = 7
        case prohibit = 8
        case `throw` = 9
    }

    /// The preference of an IPv6 router (`RTA_PREF`).
    package enum Preference: UInt8, Hashable, Codable, Sendable {
        case medium = 0
        case high = 1
        case low = 3
    }

    /// A way to the next router; a route has several where traffic is spread (`RTA_MULTIPATH`).
    package struct Hop: Hashable, Codable, Sendable {
        /// The next router (`RTA_GATEWAY`, or `RTA_VIA` of the other family); nil where the link leads there itself.
        package var gateway: IPAddress?
        /// The interface (`RTA_OIF`); nil for the kernel's choice.
        package var interface: String?
        /// Whether the gateway is taken to be on the link (`RTNH_F_ONLINK`).
        package var isOnLink = false
        /// The share of this hop among several, 1...256 (`rtnh_hops` plus one).
        package var weight: UInt16 = 1

        /// Makes a hop.
        package init(gateway: IPAddress? = nil, interface: String? = nil) {
            self.gateway = gateway
            self.interface = interface
        }
    }

    /// A number of a route that TCP goes by (`RTA_METRICS`).
    package struct Metric: Hashable, Codable, Sendable {
        /// The number of the metric (`RTAX_…`).
        package var kind: UInt16
        /// Its value, in the unit of the metric.
        package var value: UInt32

        /// Makes a metric.
        package init(kind: UInt16, value: UInt32) {
            self.kind = kind
            self.value = value
        }
    }

    /// The family of its destination.
    package var family: AddressFamily
    /// What becomes of packets.
    package var kind = Kind.unicast
    /// Where it leads; nil for everywhere (`default`).
    package var destination: NetworkPrefix?
    /// Where packets must come from, IPv6 alone (`RTA_SRC`); nil for anywhere.
    package var from: NetworkPrefix?
    /// The source of packets of this machine that take it (`RTA_PREFSRC`); nil for the kernel's choice.
    package var source: IPAddress?
    /// The ways to go; one for most, none where the kind needs none.
    package var hops: [Hop] = []
    /// The table that it stands in, 254 for `main` (`RTA_TABLE`).
    package var table: UInt32 = 254
    /// Who made it (`rtm_protocol`); 18 is keepalived's number.
    package var maker: UInt8 = 18
    /// How far the destination is, as `LinkAddress.scope`; nil for what goes with the kind and the hops.
    package var scope: UInt8?
    /// The order among routes to the same destination, the lowest first (`RTA_PRIORITY`); nil for the kernel's choice.
    package var priority: UInt32?
    /// The type of service that packets must have (`rtm_tos`).
    package var typeOfService: UInt8 = 0
    /// The preference of an IPv6 route.
    package var preference: Preference?
    /// The realms of `tc`, the source's in the upper half (`RTA_FLOW`); nil for none.
    package var realms: UInt32?
    /// The seconds after which the kernel removes it (`RTA_EXPIRES`); nil for never.
    package var lifetime: UInt32?
    /// What TCP goes by, in the order of their numbers.
    package var metrics: [Metric] = []

    /// Makes a route to a destination, nil for everywhere.
    package init(_ family: AddressFamily, to destination: NetworkPrefix?) {
        self.family = family
        self.destination = destination
    }
}
