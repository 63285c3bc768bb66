import Configuration
import Diagnostics
import Failover
import Testing

/// Strict mode, which the most copied sample has.
struct StrictModeTests {
    private static let services = """
        virtual_server 10.9.0.100 80 {
        protocol TCP
        lb_algo rr
        lb_kind DR
        real_server 10.9.1.11 80 {
        TCP_CHECK {
        }
        }
        }
        """

    @Test func whatItTurnsOffIsToldOnce() throws {
        let file = ReadFile("strict_mode")
        let router = try file.router()
        #expect(!router.acceptsTraffic && router.habits.isStrict)
        #expect(!router.habits.answersLowerPriority && !router.habits.advertisesBeforeYielding)
        #expect(router.announcements.roundsAfterLower == 0 && router.announcements.delayAfterLower == .zero)
        #expect(router.announcements.rounds == 5)
        #expect(file.messages.count == 1)
        #expect(file.messages.first?.contains("no_accept") == true)
        #expect(file.loaded.failover?.routing.settings.filterTable == "keepalived")
        let both = ReadFile(
            "virtual_ipaddress {\n10.9.0.101/24\n}",
            before: "global_defs {\nvrrp_strict\n}\nvrrp_instance A {\ninterface eth1\nvirtual_router_id 1\n"
                + "virtual_ipaddress {\n10.8.0.1\n}\n}"
        )
        #expect(both.messages.count == 1 && both.loaded.diagnostics.first?.line == 2)
    }

    /// An owner accepts traffic, and so does an instance whose address a virtual server has, which is told once.
    @Test func noAddressOfAVirtualServerIsMadeDeaf() throws {
        #expect(try ReadFile("strict_mode", "priority 255").router().acceptsTraffic)
        let file = ReadFile(before: "global_defs {\nvrrp_strict\n}\n" + Self.services)
        #expect(try file.router().acceptsTraffic)
        #expect(file.messages.filter { $0.contains("10.9.0.100 is the address of a virtual_server") }.count == 1)
        #expect(!file.messages.contains { $0.hasPrefix("strict mode") && $0.contains("no_accept") })
        let explicit = ReadFile("no_accept", before: Self.services)
        #expect(try explicit.router().acceptsTraffic)
        #expect(explicit.messages.count == 1)
        #expect(explicit.loaded.failover?.routing.settings.filterTable == nil)
        #expect(try !ReadFile("no_accept").router().acceptsTraffic)
        #expect(try ReadFile("no_accept", "accept").router().acceptsTraffic)
    }

    /// Each word that it has no room for is told where it stands, and does not count; peers stay, as with keepalived 2.2.7.
    @Test(arguments: [
        "preempt_delay 5", "garp_lower_prio_repeat 3", "lower_prio_no_advert off", "higher_prio_send_advert",
        "down_timer_adverts 4", "accept", "use_vmac\nvmac_xmit_base", "state MASTER\npriority 100",
        "authentication {\nauth_type PASS\nauth_pass x\n}", "unicast_peer {\n10.9.0.2\n}",
        "virtual_ipaddress {\nfd00::1/64\n}",
    ])
    func whatItHasNoRoomForIsTold(lines: String) throws {
        let plain = try ReadFile("strict_mode").router()
        let file = ReadFile("strict_mode", lines)
        let router = try file.router()
        #expect(file.messages.filter { $0.hasPrefix("strict mode") || $0.hasPrefix("in strict mode") }.count == 2)
        #expect(router.preemption == .atOnce && router.downCount == 3 && router.authentication == nil)
        #expect(router.habits == plain.habits && router.acceptsTraffic == plain.acceptsTraffic)
        #expect(router.announcements == plain.announcements)
    }

    @Test func versionTwoOfIPv6BecomesThree() throws {
        let lines = "version 2\nvirtual_ipaddress {\nfe80::1/64\n}"
        #expect(try ReadFile(lines).router().version == .two)
        #expect(try ReadFile("strict_mode", lines).router().version == .three)
        #expect(try ReadFile("virtual_ipaddress {\nfe80::1/64\n}").router().version == .three)
    }
}
