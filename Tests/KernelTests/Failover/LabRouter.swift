import Addresses
import Failover
import Links

/// A virtual router of the lab, in the words of both programs: the set that ours is told, the file that keepalived reads.
struct LabRouter {
    var version = VirtualRouter.ProtocolVersion.two
    var family = AddressFamily.ipv4
    var routerID: UInt8 = 51
    var priority: UInt8 = 100
    var interval = Duration.seconds(1)
    var password: String?
    /// The virtual addresses, the first of which is link-local with IPv6.
    var addresses = ["10.0.0.100/24"]
    /// The own source and the peers, where it speaks to them alone.
    var source: String?
    var peers: [String] = []

    init(priority: UInt8 = 100) {
        self.priority = priority
    }

    /// What a backup waits for a master that fell silent, in seconds.
    var patience: Double { 3 * seconds + skew }
    /// What it waits for one that took its leave, in seconds.
    var skew: Double { Double(256 - Int(priority)) / 256 * (version == .two ? 1 : seconds) }
    /// The interval in seconds.
    var seconds: Double { interval / .seconds(1) }
    /// The virtual addresses without their lengths.
    var plainAddresses: [IPAddress] { addresses.compactMap { IPAddress(String($0.prefix { $0 != "/" })) } }

    /// The set of this router alone.
    var set: RouterSet {
        var router = VirtualRouter("VI_1", family: family, routerID: routerID, interface: "eth0", audience: audience)
        router.version = version
        router.priority = priority
        router.interval = interval
        router.authentication = password.map { .password(Array($0.utf8)) }
        router.addresses = zip(addresses, plainAddresses).map { text, address in
            let length = text.split(separator: "/").last.flatMap { UInt8($0) }
            var link = LinkAddress(address, prefixLength: length, on: "eth0")
            if family == .ipv6 { link.options = .skipsDuplicateDetection }
            return VirtualAddress(link)
        }
        var set = RouterSet()
        set.routers = [router]
        return set
    }

    private var audience: Audience {
        if !peers.isEmpty {
            let addresses = peers.compactMap { IPAddress($0) }
            return .unicast(
                UnicastSettings(source: source.flatMap { IPAddress($0) }, peers: addresses.map { .init($0) })
            )
        }
        let group = family == .ipv4 ? "224.0.0.18" : "ff02::12"
        return .multicast(MulticastSettings(group: IPAddress(group) ?? .any(family)))
    }

    /// The same as a keepalived.conf.
    var file: String {
        var lines = [
            "global_defs {", "  router_id lab", "}", "vrrp_instance VI_1 {", "  state BACKUP", "  interface eth0",
            "  virtual_router_id \(routerID)", "  priority \(priority)", "  version \(version.rawValue)",
            "  advert_int \(seconds)", "  garp_master_refresh 0",
        ]
        if let password { lines += ["  authentication {", "    auth_type PASS", "    auth_pass \(password)", "  }"] }
        if let source { lines.append("  unicast_src_ip \(source)") }
        if !peers.isEmpty { lines += ["  unicast_peer {"] + peers.map { "    \($0)" } + ["  }"] }
        lines += ["  virtual_ipaddress {"] + addresses.map { "    \($0)" } + ["  }", "}"]
        return lines.map { "\($0)\n" }.joined()
    }
}
