extension InterfaceSetting.Kind {
    /// The family and the name of its file in `/proc/sys/net`.
    package var file: (family: String, name: String) {
        switch self {
        case .ignoredARP: ("ipv4", "arp_ignore")
        case .filtersARP: ("ipv4", "arp_filter")
        case .acceptsOwnSources: ("ipv4", "accept_local")
        case .reversePath: ("ipv4", "rp_filter")
        case .promotesSecondaries: ("ipv4", "promote_secondaries")
        case .addressGeneration: ("ipv6", "addr_gen_mode")
        case .disablesIPv6: ("ipv6", "disable_ipv6")
        }
    }
}
