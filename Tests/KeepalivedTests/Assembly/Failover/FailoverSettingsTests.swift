import Configuration
import Diagnostics
import Failover
import IPVS
import Testing

/// What holds for all virtual routers and for their process.
struct FailoverSettingsTests {
    @Test func wordsOfTheProcess() throws {
        let file = ReadFile(
            before: """
                global_defs {
                vrrp_startup_delay 4
                vrrp_delay_after_boot 30
                log_unknown_vrids
                vrrp_rt_priority 50
                vrrp_rlimit_rttime 20000
                vrrp_priority -5
                vrrp_no_swap
                vrrp_cpu_affinity 0 3
                vmac_prefix vip
                vmac_addr_prefix va
                disable_local_igmp
                vrrp_route_protocol 200
                vrrp_reload_grace 5
                nftables mine
                nftables_priority -7
                nftables_counters
                json_version 2
                stats_dump_file /run/s
                json_dump_file /run/j
                fifo_write_vrrp_states_on_reload
                vrrp_old_log_lines
                }
                """
        )
        let failover = try #require(file.loaded.failover, "\(file.messages)")
        var expected = RouterSettings()
        (expected.startDelay, expected.bootDelay, expected.tellsUnknownRouters) = (.seconds(4), .seconds(30), true)
        (expected.realTimePriority, expected.realTimeLimit, expected.niceness) = (50, .milliseconds(20), -5)
        (expected.locksMemory, expected.processors, expected.linkPrefix) = (true, [0, 3], "vip")
        (expected.addressLinkPrefix, expected.disablesLocalGroups, expected.routeMaker) = ("va", true, 200)
        (expected.grace, expected.filterTable, expected.filterPriority) = (.seconds(5), "mine", -7)
        expected.countsFiltered = true
        #expect(failover.routing.settings == expected)
        #expect(failover.dumpVersion == 2 && failover.statisticsFile == "/run/s" && failover.documentFile == "/run/j")
        #expect(failover.repeatsStatesOnReload && failover.tellsOldLines)
        #expect(file.messages == [])
    }

    @Test func pacesOfAnnouncements() throws {
        let file = ReadFile(
            before: """
                global_defs {
                vrrp_garp_interval 0.001
                }
                garp_group {
                garp_interval 0.5
                interfaces {
                eth1
                eth2 eth3
                }
                }
                garp_group {
                gna_interval 0
                interface eth4
                interface eth1
                }
                """
        )
        var (first, second, rest) = (
            AnnouncementPace(interfaces: ["eth1", "eth2", "eth3"]), AnnouncementPace(interfaces: ["eth4"]),
            AnnouncementPace(interfaces: [])
        )
        (first.arp, second.arp, rest.arp) = (.milliseconds(500), .milliseconds(1), .milliseconds(1))
        #expect(file.loaded.failover?.routing.paces == [first, second, rest])
        #expect(file.messages == ["eth1 is in a garp_group already, and the first counts"])
    }

    /// A delay as long as a backup waits would let it take over from a master that is in fault.
    @Test func delaysOfInterfacesAreShorterThanBackupsWait() throws {
        let file = ReadFile(before: "interface_up_down_delays {\neth0 1.5 0.5\neth1 9\neth7 1 0\n}")
        #expect(
            file.loaded.failover?.routing.interfaceDelays == [
                "eth0": InterfaceDelays(down: .milliseconds(1500), up: .milliseconds(500)),
                "eth1": InterfaceDelays(down: .seconds(9), up: .seconds(9)),
                "eth7": InterfaceDelays(down: .seconds(1), up: .zero),
            ]
        )
        #expect(file.messages == [])
        let long = ReadFile("advert_int 2", before: "interface_up_down_delays {\neth0 5 1\n}")
        let delays = try #require(long.loaded.failover?.routing.interfaceDelays["eth0"])
        #expect(delays.down < .seconds(4) && delays.up == .seconds(1))
        #expect(long.messages.count == 1)
        let none = ReadFile("down_timer_adverts 1", before: "interface_up_down_delays {\neth0 1\n}")
        #expect(none.loaded.failover?.routing.interfaceDelays["eth0"] == InterfaceDelays(down: .zero, up: .zero))
    }

    /// Daemons of both roles run, with the number of the router, unless one role is wanted.
    @Test func syncDaemonsOfBothRoles() throws {
        let both = ReadFile(before: "global_defs {\nlvs_sync_daemon eth1 inst VI_1 port 9\n}").loaded
        #expect(both.configuration?.settings.syncDaemons.map(\.role) == [.master, .backup])
        #expect(both.configuration?.settings.syncDaemons.map(\.syncID) == [51, 51])
        #expect(both.failover?.synchronisation == nil)
        let one = ReadFile(before: "global_defs {\nlvs_sync_daemon eth1 VI_1 7 one_role\n}").loaded
        #expect(one.configuration?.settings.syncDaemons == [])
        #expect(
            one.failover?.synchronisation
                == FollowingSyncDaemons(router: "VI_1", daemon: SyncDaemon(role: .master, interface: "eth1", syncID: 7))
        )
        let old = ReadFile("lvs_sync_daemon_inteface eth1").loaded
        #expect(old.configuration?.settings.syncDaemons.map(\.syncID) == [51, 51])
        #expect(old.diagnostics.count == 1)
        #expect(ReadFile(before: "global_defs {\nlvs_sync_daemon eth1 one_role\n}").errors.count == 1)
    }

    @Test func instancesThatCanBeToldApartAreNoTwins() {
        func pair(_ first: String, _ second: String) -> [String] {
            ReadFile(
                second,
                "virtual_ipaddress {\n10.9.0.2\n}",
                before:
                    "vrrp_instance A {\ninterface eth0\nvirtual_router_id 51\n\(first)\nvirtual_ipaddress {\n10.9.0.1\n}\n}"
            ).errors
        }
        #expect(pair("", "").count == 1)
        #expect(pair("mcast_dst_ip 224.0.0.99", "") == [])
        #expect(pair("unicast_peer {\n10.9.0.8\n}", "unicast_peer {\n10.9.0.9\n}") == [])
        #expect(
            pair("unicast_peer {\n10.9.0.8\n10.9.0.9\n}", "unicast_peer {\n10.9.0.7\n10.9.0.9\n10.9.0.8\n}").count == 1
        )
    }
}
