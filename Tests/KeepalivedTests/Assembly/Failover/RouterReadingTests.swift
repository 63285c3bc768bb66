import Addresses
import Configuration
import Diagnostics
import Failover
import Testing

/// What the words of an instance mean.
struct RouterReadingTests {
    @Test func anInstanceThatSaysLittleHasTheDefaults() throws {
        let file = ReadFile()
        let router = try file.router()
        var expected = VirtualRouter(
            "VI_1",
            family: .ipv4,
            routerID: 51,
            interface: "eth0",
            audience: .multicast(MulticastSettings(group: try #require(IPAddress("224.0.0.18"))))
        )
        expected.addresses = router.addresses
        #expect(router == expected)
        #expect(file.messages == [])
        #expect(file.loaded.failover?.routerNotices["VI_1"] == FailoverNotices())
    }

    /// Measured with keepalived 2.2.7: an owner begins as master unless it says another state, and the state alone makes an owner.
    @Test(arguments: [
        ("", 100, false), ("priority 255", 255, true), ("state MASTER", 255, true),
        ("state BACKUP\npriority 255", 255, false),
        ("state MASTER\npriority 150", 150, true), ("state SLAVE", 100, false),
        ("strict_mode\nstate MASTER\npriority 150", 150, false), ("strict_mode\nstate BACKUP\npriority 255", 255, true),
    ])
    func stateAndPriority(lines: String, priority: UInt8, beginsAsMaster: Bool) throws {
        let router = try ReadFile(lines).router()
        #expect(router.priority == priority)
        #expect(router.beginsAsMaster == beginsAsMaster)
    }

    /// The roundings of keepalived 2.2.7, which says them.
    @Test(arguments: [
        ("advert_int 1", 1000, 0), ("advert_int 1.4", 1000, 1), ("advert_int 1.5", 2000, 1),
        ("advert_int 0.5", 1000, 1),
        ("version 3\nadvert_int 0.5", 500, 0), ("version 3\nadvert_int 0.015", 20, 1),
        ("version 3\nadvert_int 40.95", 40_950, 0),
    ])
    func intervals(lines: String, milliseconds: Int, warnings: Int) throws {
        let file = ReadFile(lines)
        #expect(try file.router().interval == .milliseconds(milliseconds))
        #expect(file.messages.count == warnings)
    }

    @Test(arguments: [
        "advert_int 256", "version 3\nadvert_int 41", "interface lo", "mcast_dst_ip 10.0.0.1", "mcast_src_ip fd00::1",
        "unicast_src_ip 10.0.0.1\nunicast_peer {\nfd00::2\n}", "unicast_src_ip 10.0.0.1\nunicast_peer {\n10.0.0.1\n}",
        "use_vmac\nuse_ipvlan x 10.0.0.1", "use_ipvlan", "use_vmac 01:00:00:00:00:01", "use_vmac aVeryLongNameOfALink",
        "track_bfd {\nb\n}", "track_virtual_server {\n10.0.0.1 80\n}",
        "unicast_peer {\n10.0.0.2 min_ttl 9 max_ttl 8\n}",
        "virtual_ipaddress {\n10.9.0.1/24 label aVeryLongLabelOfIt\n}", "virtual_ipaddress {\nfd00::1/64 brd +\n}",
        "virtual_ipaddress {\n10.9.0.1/24 scope nonsense\n}", "virtual_routes {\n10.0.0.0/8\n}",
        "virtual_routes {\n10.0.0.0/8 via 10.9.0.2 encap ip id 1\n}",
        "virtual_routes {\n10.0.0.0/8 via 10.9.0.2 table no\n}",
        "virtual_rules {\nfrom 10.0.0.0/8 pref 100\n}", "virtual_rules {\nfrom 10.0.0.0/8 tunnel-id 7\n}",
        "version 3\nno_virtual_ipaddres\nvirtual_ipaddress {\n}", "timer_expired_backup <PRIO>",
    ])
    func whatCannotBeIsRefused(lines: String) {
        let file = ReadFile(lines)
        #expect(file.errors.count == 1, "\(file.messages)")
        #expect(file.loaded.failover == nil && file.loaded.configuration == nil)
    }

    @Test(arguments: [
        ("", Preemption.atOnce, 0), ("nopreempt", .never, 0), ("nopreempt\npreempt", .atOnce, 0),
        ("preempt_delay 5", .after(.seconds(5)), 0), ("preempt_delay 0.5", .after(.milliseconds(500)), 0),
        ("preempt_delay 2000", .atOnce, 1), ("nopreempt\npreempt_delay 5", .never, 1),
        ("state MASTER\npriority 200\nnopreempt\npreempt_delay 5", .atOnce, 2), ("priority 255\nnopreempt", .atOnce, 1),
        ("strict_mode\npreempt_delay 5", .atOnce, 2),
        ("preempt_after_sync", .afterSynchronisation(limit: .seconds(60)), 1),
        ("preempt_after_sync 30\npreempt_delay 3", .afterSynchronisation(limit: .seconds(30)), 2),
    ])
    func preemption(lines: String, preemption: Preemption, warnings: Int) throws {
        let file = ReadFile(lines)
        #expect(try file.router().preemption == preemption)
        #expect(file.messages.count == warnings, "\(file.messages)")
    }

    @Test(arguments: [
        ("authentication {\nauth_type PASS\nauth_pass one\n}", Authentication.password(Array("one".utf8)), 0),
        ("authentication {\nauth_type AH\nauth_pass 123456789\n}", .header(Array("12345678".utf8)), 1),
        ("authentication {\nauth_type PASS\n}", nil, 1), ("authentication {\nauth_pass x\n}", nil, 1),
        ("version 3\nauthentication {\nauth_type PASS\nauth_pass x\n}", nil, 1),
        ("virtual_ipaddress {\nfe80::1/64\n}\nversion 2\nauthentication {\nauth_type AH\nauth_pass x\n}", nil, 1),
    ])
    func passwords(lines: String, expected: Authentication?, warnings: Int) throws {
        let file = ReadFile(lines)
        #expect(try file.router().authentication == expected)
        #expect(file.messages.count == warnings, "\(file.messages)")
    }

    @Test func keysOfTrailers() throws {
        let digits = String(repeating: "0a", count: 32)
        let file = ReadFile(
            "advert_int 3\nauth_hmac {\nkey 1 hex:\(digits)\nkey 7 file:/etc/keepalived/k7\nactive_key 7\nmode permissive\n}",
            files: ["/etc/keepalived/k7": String(repeating: "x", count: 40) + "\n"]
        )
        var settings = TrailerSettings(
            keys: [1: [UInt8](repeating: 10, count: 32), 7: [UInt8](repeating: UInt8(ascii: "x"), count: 40)],
            activeKey: 7
        )
        settings.mode = .permissive
        settings.timeWindow = .seconds(9)
        #expect(try file.router().authentication == .trailer(settings))
        #expect(file.messages == [])
        // A file that is not there, a short key, and a key that is sent and not there.
        #expect(ReadFile("auth_hmac {\nkey 1 file:/nowhere\nactive_key 1\n}").errors.count == 1)
        #expect(ReadFile("auth_hmac {\nkey 1 hex:0102\nactive_key 1\n}").errors.count == 1)
        #expect(ReadFile("auth_hmac {\nkey 1 hex:\(digits)\nactive_key 2\n}").errors.count == 1)
        // The clock does not count.
        let monotonic = try ReadFile("auth_hmac {\nkey 1 hex:\(digits)\nanti_replay monotonic\n}").router()
        guard case .trailer(let other)? = monotonic.authentication else {
            Issue.record("\(String(describing: monotonic.authentication))")
            return
        }
        #expect(other.timeWindow == nil && other.mode == .enforced)
    }

    @Test func peersAreTheListOfWhoIsHeard() throws {
        let router = try ReadFile(
            "unicast_src_ip 10.9.0.1\nunicast_peer {\n10.9.0.2\n10.9.0.3 min_ttl 250\n10.9.0.4 min_ttl 1 max_ttl 9\n}"
        ).router()
        guard case .unicast(let settings) = router.audience else {
            Issue.record("\(router.audience)")
            return
        }
        #expect(settings.source == IPAddress("10.9.0.1"))
        #expect(settings.peers.map(\.hops) == [nil, 250...255, 1...9])
        #expect(settings.refusesStrangers && !settings.failsWithoutPeers && settings.hops == nil)
        let open = try ReadFile("unicast_peer {\n10.9.0.2\n}\ncheck_unicast_src off\nunicast_ttl 64").router()
        guard case .unicast(let others) = open.audience else {
            Issue.record("\(open.audience)")
            return
        }
        #expect(!others.refusesStrangers && others.hops == 64)
    }

    /// keepalived 2.2.7 speaks to the group then, with a warning.
    @Test(arguments: ["unicast_src_ip 10.9.0.1", "unicast_peer {\n}", "unicast_ttl 64"])
    func wordsForPeersWithoutPeersAreForTheGroup(lines: String) throws {
        let file = ReadFile(lines)
        guard case .multicast(let settings) = try file.router().audience else {
            Issue.record("\(file.messages)")
            return
        }
        #expect(settings.group == IPAddress("224.0.0.18"))
        #expect(file.messages.count == 1, "\(file.messages)")
        guard case .unicast(let alone) = try ReadFile(lines + "\nunicast_fault_no_peer").router().audience else {
            Issue.record("no peers")
            return
        }
        #expect(alone.failsWithoutPeers && alone.peers.isEmpty)
    }

    /// Measured: what is said of a lower priority is that of global_defs, whatever the instance says of becoming master.
    @Test func announcementsInheritWhatHoldsForAll() throws {
        var own = AnnouncementSettings()
        (own.rounds, own.delay) = (2, .seconds(9))
        #expect(try ReadFile("garp_master_repeat 2", "garp_master_delay 9").router().announcements == own)
        let globals =
            "global_defs {\nvrrp_garp_master_repeat 3\nvrrp_garp_master_delay 0\nvrrp_garp_extra_if all 100\n}"
        var all = AnnouncementSettings()
        (all.rounds, all.delay, all.roundsAfterLower, all.delayAfterLower) = (3, .zero, 3, .zero)
        (all.extraInterval, all.extraOnAll) = (.seconds(100), true)
        #expect(try ReadFile(before: globals).router().announcements == all)
        let least = try ReadFile(before: "global_defs {\nvrrp_min_garp\n}").router().announcements
        #expect(least.rounds == 1 && least.delay == .zero && least.roundsAfterLower == 1)
        #expect(ReadFile("garp_master_repeat 0").messages == ["0 is out of range, 1 taken"])
    }

    @Test func interfacesOfItsOwn() throws {
        var settings = MacvlanSettings()
        (settings.name, settings.hardwareAddress, settings.group) = ("vip", [2, 0x11, 0x22, 0x33, 0x44, 51], 7)
        #expect(try ReadFile("use_vmac vip 02:11:22:33:44 group 7").router().link == .macvlan(settings))
        var ipvlan = IpvlanSettings()
        (ipvlan.name, ipvlan.address, ipvlan.prefixLength, ipvlan.mode) = ("ipv0", IPAddress("10.9.0.7"), 24, .vepa)
        #expect(try ReadFile("use_ipvlan ipv0 10.9.0.7/24 vepa").router().link == .ipvlan(ipvlan))
        // As keepalived sets it by itself.
        let file = ReadFile("use_vmac", "unicast_peer {\n10.9.0.2\n}")
        var base = MacvlanSettings()
        base.advertisesFromParent = true
        #expect(try file.router().link == .macvlan(base))
        #expect(file.messages.count == 1)
        #expect(ReadFile("vmac_xmit_base").messages.count == 1)
    }

    @Test(arguments: [
        ("", ChecksumForm.standard), ("version 3", .standard), ("version 3\nv3_checksum_as_v2", .messageOnly),
        ("v3_checksum_as_v2", .standard), ("version 3\nold_unicast_checksum\nunicast_peer {\n10.9.0.2\n}", .oldUnicast),
        ("version 3\nold_unicast_checksum never\nunicast_peer {\n10.9.0.2\n}", .standard),
    ])
    func checksums(lines: String, form: ChecksumForm) throws {
        #expect(try ReadFile(lines).router().checksum == form)
    }

    @Test func typosGetTheWordThatHelps() throws {
        for (line, word) in [("autp_pass x", "auth_pass"), ("preemtp_delay 3", "preempt_delay")] {
            let inner = word == "auth_pass" ? "authentication {\nauth_type PASS\n\(line)\n}" : line
            #expect(ReadFile(inner).loaded.diagnostics.contains { $0.expected == word }, "\(line)")
        }
        let file = ReadFile("preempt delay 300")
        #expect(file.loaded.diagnostics.map(\.expected) == ["preempt_delay 300"])
        #expect(ReadFile("debug").errors == ["a value of debug is missing"])
    }
}
