import Links

extension InterfaceSetting.Kind {
    /// Its number among the settings of IPv4: `IPV4_DEVCONF_*` of linux/ip.h, which cannot be included beside netinet/ip.h;
    /// nil where it is none of them.
    var number4: UInt16? {
        switch self {
        case .reversePath: 8
        case .filtersARP: 13
        case .ignoredARP: 19
        case .promotesSecondaries: 20
        case .acceptsOwnSources: 23
        case .addressGeneration, .disablesIPv6: nil
        }
    }

    /// Its place in `IFLA_INET_CONF`, counted from 0.
    var place4: Int? { number4.map { Int($0) - 1 } }

    /// Its place in `IFLA_INET6_CONF`: `DEVCONF_*` of linux/ipv6.h.
    var place6: Int? { self == .disablesIPv6 ? 26 : nil }
}
