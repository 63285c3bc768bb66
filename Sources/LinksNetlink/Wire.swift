import Addresses
import CNetlink

// The numbers of linux/rtnetlink.h and what it includes, in the types that messages have them in. Nothing above the codec
// knows them.

/// What a message asks for or carries: `RTM_*`.
enum MessageType {
    static let newLink = UInt16(RTM_NEWLINK)
    static let deleteLink = UInt16(RTM_DELLINK)
    static let getLink = UInt16(RTM_GETLINK)
    static let setLink = UInt16(RTM_SETLINK)
    static let newAddress = UInt16(RTM_NEWADDR)
    static let deleteAddress = UInt16(RTM_DELADDR)
    static let getAddress = UInt16(RTM_GETADDR)
    static let newRoute = UInt16(RTM_NEWROUTE)
    static let deleteRoute = UInt16(RTM_DELROUTE)
    static let getRoute = UInt16(RTM_GETROUTE)
    static let newRule = UInt16(RTM_NEWRULE)
    static let deleteRule = UInt16(RTM_DELRULE)
    static let getRule = UInt16(RTM_GETRULE)
    static let getConfiguration = UInt16(RTM_GETNETCONF)
}

/// The groups that tell of changes: `RTNLGRP_*`.
enum Group {
    static let links = RTNLGRP_LINK.rawValue
    static let addresses4 = RTNLGRP_IPV4_IFADDR.rawValue
    static let addresses6 = RTNLGRP_IPV6_IFADDR.rawValue
    static let routes4 = RTNLGRP_IPV4_ROUTE.rawValue
    static let routes6 = RTNLGRP_IPV6_ROUTE.rawValue
    static let rules4 = RTNLGRP_IPV4_RULE.rawValue
    static let rules6 = RTNLGRP_IPV6_RULE.rawValue
}

/// The bytes of the headers of families.
enum HeaderLength {
    static let link = MemoryLayout<ifinfomsg>.size
    static let address = MemoryLayout<ifaddrmsg>.size
    static let route = MemoryLayout<rtmsg>.size
    static let rule = MemoryLayout<fib_rule_hdr>.size
    /// `struct netconfmsg` is one byte, which attributes follow at the next multiple of four.
    static let configuration = 4
    static let hop = MemoryLayout<rtnexthop>.size
}

/// `IFLA_*`.
enum LinkAttribute {
    static let hardwareAddress = UInt16(IFLA_ADDRESS)
    static let name = UInt16(IFLA_IFNAME)
    static let maximumPacket = UInt16(IFLA_MTU)
    static let parent = UInt16(IFLA_LINK)
    static let upper = UInt16(IFLA_MASTER)
    static let information = UInt16(IFLA_LINKINFO)
    static let protocols = UInt16(IFLA_AF_SPEC)
    static let group = UInt16(IFLA_GROUP)
    static let parentNamespace = UInt16(IFLA_LINK_NETNSID)
    static let filter = UInt16(IFLA_EXT_MASK)
    /// `RTEXT_FILTER_SKIP_STATS`: counters are a quarter of a message, and nobody here reads them.
    static let withoutCounters: UInt32 = 8
}

/// `IFLA_INFO_*`, and what `IFLA_INFO_DATA` holds for each kind.
enum KindAttribute {
    static let name = UInt16(IFLA_INFO_KIND)
    static let data = UInt16(IFLA_INFO_DATA)
    static let macvlanMode = UInt16(IFLA_MACVLAN_MODE)
    static let ipvlanMode = UInt16(IFLA_IPVLAN_MODE)
    static let ipvlanFlags = UInt16(IFLA_IPVLAN_FLAGS)
    static let routingTable = UInt16(IFLA_VRF_TABLE)
    static let privateMacvlan = UInt32(MACVLAN_MODE_PRIVATE.rawValue)
    static let linkLayerIpvlan = UInt16(IPVLAN_MODE_L2.rawValue)
    static let isolatedIpvlan = UInt16(IPVLAN_F_PRIVATE)
    static let vepaIpvlan = UInt16(IPVLAN_F_VEPA)
}

/// What `IFLA_AF_SPEC` holds for each family: `IFLA_INET_*`, `IFLA_INET6_*`.
enum ProtocolAttribute {
    static let values4 = UInt16(IFLA_INET_CONF)
    static let values6 = UInt16(IFLA_INET6_CONF)
    static let addressGeneration = UInt16(IFLA_INET6_ADDR_GEN_MODE)
}

/// `IFA_*`.
enum AddressAttribute {
    static let address = UInt16(IFA_ADDRESS)
    static let local = UInt16(IFA_LOCAL)
    static let label = UInt16(IFA_LABEL)
    static let broadcast = UInt16(IFA_BROADCAST)
    static let lifetimes = UInt16(IFA_CACHEINFO)
    static let flags = UInt16(IFA_FLAGS)
}

/// `IFA_F_*`.
enum AddressFlag {
    static let secondary = UInt32(IFA_F_SECONDARY)
    static let skipsDuplicateDetection = UInt32(IFA_F_NODAD)
    static let duplicate = UInt32(IFA_F_DADFAILED)
    static let home = UInt32(IFA_F_HOMEADDRESS)
    static let tentative = UInt32(IFA_F_TENTATIVE)
    static let managesTemporaries = UInt32(IFA_F_MANAGETEMPADDR)
    static let hasNoPrefixRoute = UInt32(IFA_F_NOPREFIXROUTE)
    static let joinsGroup = UInt32(IFA_F_MCAUTOJOIN)
}

/// `RTA_*`.
enum RouteAttribute {
    static let destination = UInt16(RTA_DST.rawValue)
    static let source = UInt16(RTA_SRC.rawValue)
    static let interface = UInt16(RTA_OIF.rawValue)
    static let gateway = UInt16(RTA_GATEWAY.rawValue)
    static let priority = UInt16(RTA_PRIORITY.rawValue)
    static let preferredSource = UInt16(RTA_PREFSRC.rawValue)
    static let metrics = UInt16(RTA_METRICS.rawValue)
    static let hops = UInt16(RTA_MULTIPATH.rawValue)
    static let realms = UInt16(RTA_FLOW.rawValue)
    static let state = UInt16(RTA_CACHEINFO.rawValue)
    static let table = UInt16(RTA_TABLE.rawValue)
    static let foreignGateway = UInt16(RTA_VIA.rawValue)
    static let preference = UInt16(RTA_PREF.rawValue)
    static let lifetime = UInt16(RTA_EXPIRES.rawValue)
    /// The metric whose value is the name of an algorithm and no number.
    static let congestionAlgorithm = UInt16(RTAX_CC_ALGO)
    /// The flag of a hop whose gateway is taken to be on the link.
    static let onLink = UInt32(RTNH_F_ONLINK)
    /// The flag of an entry of IPv6 that the kernel made of a route.
    static let cloned = UInt32(RTM_F_CLONED)
}

/// `FRA_*`.
enum RuleAttribute {
    static let to = UInt16(FRA_DST)
    static let from = UInt16(FRA_SRC)
    static let incoming = UInt16(FRA_IIFNAME)
    static let target = UInt16(FRA_GOTO)
    static let priority = UInt16(FRA_PRIORITY)
    static let mark = UInt16(FRA_FWMARK)
    static let realms = UInt16(FRA_FLOW)
    static let suppressedGroup = UInt16(FRA_SUPPRESS_IFGROUP)
    static let suppressedPrefixLength = UInt16(FRA_SUPPRESS_PREFIXLEN)
    static let table = UInt16(FRA_TABLE)
    static let mask = UInt16(FRA_FWMASK)
    static let outgoing = UInt16(FRA_OIFNAME)
    static let interfaceTable = UInt16(FRA_L3MDEV)
    static let users = UInt16(FRA_UID_RANGE)
    static let maker = UInt16(FRA_PROTOCOL)
    static let transport = UInt16(FRA_IP_PROTO)
    static let sourcePorts = UInt16(FRA_SPORT_RANGE)
    static let destinationPorts = UInt16(FRA_DPORT_RANGE)
    /// The flag of a rule for what does not fit.
    static let inverted = UInt32(FIB_RULE_INVERT)
}

/// `NETCONFA_*`.
enum ConfigurationAttribute {
    static let interface = UInt16(NETCONFA_IFINDEX)
    static let reversePath = UInt16(NETCONFA_RP_FILTER)
    /// The number that stands for all interfaces.
    static let all = Int32(NETCONFA_IFINDEX_ALL)
    /// The number that stands for those that are not made yet.
    static let newInterfaces = Int32(NETCONFA_IFINDEX_DEFAULT)
}

extension AddressFamily {
    /// `AF_INET` or `AF_INET6`.
    var wire: UInt8 { UInt8(self == .ipv4 ? AF_INET : AF_INET6) }

    /// The family of that number, if it is one of these.
    init?(wire: UInt8) {
        switch Int32(wire) {
        case AF_INET: self = .ipv4
        case AF_INET6: self = .ipv6
        default: return nil
        }
    }

    /// The bits of an address.
    var bits: UInt8 { self == .ipv4 ? 32 : 128 }
}
