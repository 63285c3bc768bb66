import Configuration
import Diagnostics
import Failover
import Testing

/// What virtual routers look at besides, and what becomes of weights in groups.
struct TrackerReadingTests {
    private static let things = """
        global_defs {
        script_user root
        }
        vrrp_script soft {
        script "/bin/true a"
        interval 2
        weight -20
        fall 3
        }
        vrrp_script hard {
        script /bin/true
        timeout 0.5
        rise 2
        init_fail
        user nobody
        }
        vrrp_script unused {
        script /bin/false
        }
        track_file load {
        file /run/load
        weight -2
        }
        track_file plain {
        file /run/plain
        }
        vrrp_track_process proxy {
        process haproxy -Ws
        param_match partial
        quorum_max 0
        delay 0.5
        weight 5 reverse
        }
        """

    @Test func trackersHaveTheWeightsOfWhatTheyLookAt() throws {
        let file = ReadFile(
            "track_script {\nsoft\nhard weight 9 reverse\n}\ntrack_file {\nload\nplain weight 3\n}",
            "track_process {\nproxy\n}\ntrack_interface {\neth1 weight -254\neth2\neth0\n}",
            before: Self.things
        )
        let trackers = try file.router().trackers
        #expect(trackers.scripts == [Tracker("soft", weight: -20), Tracker("hard", weight: 9, isReversed: true)])
        #expect(trackers.files == [Tracker("load", weight: -2), Tracker("plain", weight: 3)])
        #expect(trackers.processes == [Tracker("proxy", weight: 5, isReversed: true)])
        #expect(trackers.interfaces == [Tracker("eth1", weight: -253), Tracker("eth2")])
        #expect(
            file.messages == ["-254 is out of range, -253 taken", "its own interface is looked at in any case"]
        )
    }

    @Test func whatIsTrackedIsRun() throws {
        let file = ReadFile("track_script {\nhard\nsoft\n}\ntrack_process {\nproxy\n}", before: Self.things)
        let failover = try #require(file.loaded.failover, "\(file.messages)")
        var soft = TrackedScript(
            "soft",
            program: NoticeProgram(.words(["/bin/true", "a"]), user: "root"),
            interval: .seconds(2)
        )
        soft.fall = 3
        var hard = TrackedScript(
            "hard",
            program: NoticeProgram(.words(["/bin/true"]), user: "nobody"),
            interval: .seconds(1)
        )
        (hard.timeout, hard.rise, hard.beginsFailed) = (.milliseconds(500), 2, true)
        #expect(failover.scripts == [soft, hard])
        #expect(failover.files == [])
        var proxy = TrackedProcesses("proxy", command: "haproxy")
        (proxy.parameters, proxy.match, proxy.quorum, proxy.most) = (["-Ws"], .partial, 0, 0)
        proxy.comparesWholeCommand = true
        (proxy.startDelay, proxy.endDelay) = (.milliseconds(500), .milliseconds(500))
        #expect(failover.routing.processes == [proxy])
    }

    /// What keepalived 2.2.7 leaves out of members and owners is left out, with a warning.
    @Test func weightsDoNotCountInGroups() throws {
        let lines =
            "track_script {\nsoft\nhard\n}\ntrack_file {\nload\nplain\n}\ntrack_interface {\neth1 weight 5\n}"
        let group =
            Self.things + "\nvrrp_sync_group G {\ngroup {\nVI_1\nVI_2\n}\ntrack_script {\nsoft\n}\n%\n}\n"
            + "vrrp_instance VI_2 {\ninterface eth9\nvirtual_router_id 2\nvirtual_ipaddress {\n10.2.0.1\n}\n}"
        let file = ReadFile(lines, before: group.replacing("%", with: ""))
        let router = try #require(file.loaded.failover?.routing.routers.last, "\(file.messages)")
        #expect(router.trackers.scripts == [Tracker("hard")])
        #expect(router.trackers.files == [Tracker("plain")])
        #expect(router.trackers.interfaces == [Tracker("eth1")])
        #expect(file.messages.count == 4)
        #expect(file.loaded.failover?.routing.groups.first?.trackers.scripts == [Tracker("soft", weight: -20)])
        let weighed = ReadFile(lines, before: group.replacing("%", with: "sync_group_tracking_weight"))
        #expect(weighed.messages == [])
        #expect(weighed.loaded.failover?.routing.groups.first?.hasWeights == true)
        let owner = ReadFile("priority 255", "track_interface {\neth1 weight 5\neth2\n}")
        #expect(try owner.router().trackers.interfaces == [Tracker("eth2")])
        #expect(owner.messages.count == 1)
    }

    @Test func aVirtualServerIsTrackedByWhatItIs() throws {
        let services = """
            virtual_server 10.9.0.100 53 {
            protocol UDP
            lb_algo rr
            lb_kind NAT
            real_server 10.9.1.11 53 {
            }
            }
            virtual_server 10.9.0.100 53 {
            protocol TCP
            lb_algo rr
            lb_kind NAT
            real_server 10.9.1.11 53 {
            }
            }
            virtual_server fwmark 7 {
            lb_algo rr
            lb_kind NAT
            real_server 10.9.1.11 53 {
            }
            }
            """
        let file = ReadFile("track_virtual_server {\n10.9.0.100 53 tcp weight 20\nfwmark 7\n}", before: services)
        #expect(
            try file.router().trackers.servers == [Tracker("[10.9.0.100]:tcp:53", weight: 20), Tracker("FWM 7")],
            "\(file.messages)"
        )
        #expect(
            file.loaded.configuration?.virtualServers.map(\.label) == [
                "[10.9.0.100]:udp:53", "[10.9.0.100]:tcp:53", "FWM 7",
            ]
        )
        #expect(ReadFile("track_virtual_server {\n10.9.0.100 53\n}", before: services).errors.count == 1)
    }

    @Test func groupsAndWhoIsTold() throws {
        let text = """
            global_defs {
            notification_email {
            a@example.net
            }
            smtp_server 127.0.0.1
            smtp_alert_vrrp on
            notify_fifo /run/both
            vrrp_notify_fifo /run/vrrp nobody
            vrrp_notify_fifo_script "/bin/cat x" root
            no_email_faults
            script_user root
            }
            vrrp_sync_group G {
            group {
            VI_1 VI_2 VI_1
            }
            notify "/bin/true g"
            notify_priority_changes on
            smtp_alert off
            }
            vrrp_instance VI_2 {
            interface eth9
            virtual_router_id 2
            virtual_ipaddress {
            10.2.0.1
            }
            notify_deleted
            notify_priority_changes off
            }
            """
        let file = ReadFile(
            "notify_master \"/bin/true m\" nobody",
            "notify_master /bin/false",
            "notify_deleted /bin/true",
            before: text
        )
        let failover = try #require(file.loaded.failover, "\(file.messages)")
        #expect(failover.routing.groups == [SyncGroup("G", members: ["VI_1", "VI_2"])])
        var first = FailoverNotices()
        first.master = NoticeProgram(.words(["/bin/true", "m"]), user: "nobody")
        (first.deleted, first.tellsDeletion) = (NoticeProgram(.words(["/bin/true"]), user: "root"), true)
        (first.tellsPriorities, first.sendsMail) = (true, true)
        #expect(failover.routerNotices["VI_1"] == first)
        #expect(failover.routerNotices["VI_2"]?.tellsDeletion == true && failover.routerNotices["VI_2"]?.deleted == nil)
        #expect(failover.routerNotices["VI_2"]?.tellsPriorities == false)
        #expect(failover.groupNotices["G"]?.sendsMail == false && failover.groupNotices["G"]?.any != nil)
        #expect(failover.pipes.map(\.path) == ["/run/both", "/run/vrrp"] && failover.pipes.last?.reader != nil)
        #expect(failover.mail?.recipients == ["a@example.net"] && failover.mailsNoFaults)
        #expect(file.loaded.configuration?.process.pipes.map(\.path) == ["/run/both"])
    }
}
