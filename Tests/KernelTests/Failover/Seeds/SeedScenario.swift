import TestKit

/// What the seed documents tell of, with their files as they are, two machines and Debian's haproxy.
struct SeedScenario: Sendable {
    let name: String
    let play: @Sendable (SeedStage) throws -> Void

    init(_ name: String, play: @escaping @Sendable (SeedStage) throws -> Void) {
        self.name = name
        self.play = play
    }

    static var all: [SeedScenario] {
        [
            // The pair of one document, which has both its files.
            weightedPair("004b, 004c", files: ("004b_haproxy_failover", "004c_haproxy_failover"), "192.168.10.100"),
            // Those of which the other file differs in the priority alone, as their comments say.
            weightedPair("003a", files: ("003a_haproxy_failover", nil), "192.168.1.1"),
            weightedPair("000f", files: ("000f_haproxy_failover", nil), "192.168.8.201", interface: "enp0s25"),
            stoppingScript, restartingNotice, crossedPriorities, synchronisedInterfaces, handOverByPriority,
        ] + parts
    }
}

extension SeedScenario {
    /// `killall -0 haproxy` with weight 2: the address goes where haproxy runs.
    private static func weightedPair(
        _ name: String,
        files: (String, String?),
        _ address: String,
        interface: String = "eth0"
    ) -> SeedScenario {
        SeedScenario("the pair in front of haproxy, \(name)") { stage in
            try stage.rename(interface)
            let (a, b) = (stage.a, stage.b)
            try a.useSeed(files.0)
            if let second = files.1 {
                try b.useSeed(second)
            } else {
                let path = "Fixtures/keepalived/seeds/\(files.0).conf"
                let text = String(decoding: try [UInt8](contentsOf: path), as: UTF8.self)
                try b.write("keepalived.conf", text.replacing("priority 101", with: "priority 100"))
            }
            for machine in [a, b] {
                try machine.startProxy()
                try machine.startDirector()
            }
            try stage.wait(20, "the first is master") { a.holds(address) && !b.holds(address) }
            try stage.expectAnswer("a", at: address)
            try a.stopProxy()
            // Two seconds until the script runs, one until the priority is told, and what the other one waits then.
            try stage.wait(9, "the second takes over") { b.holds(address) && !a.holds(address) }
            try stage.expectAnswer("b", at: address)
            try a.startProxy()
            try stage.wait(9, "the first takes it back") { a.holds(address) && !b.holds(address) }
            try stage.expectAnswer("a", at: address)
            try stage.expect(
                a.log().contains("VRRP_Script(chk_haproxy) failed (exited with status 1)"),
                "the line is missing"
            )
            try stage.expect(
                a.log().contains("(VI_1) Changing effective priority from 103 to 101"),
                "the priority is not told"
            )
        }
    }

    /// The script that tries to start haproxy again, and stops the daemon where that does not help.
    private static var stoppingScript: SeedScenario {
        SeedScenario("a check script stops the daemon") { stage in
            for (machine, priority) in [(stage.a, 150), (stage.b, 120)] {
                try machine.write(
                    "check_haproxy.sh",
                    """
                    #!/bin/bash
                    if ! killall -0 haproxy; then
                        test -e /run/broken || haproxy -D -f /etc/keepalived/haproxy.cfg
                        sleep 1
                        if ! killall -0 haproxy; then
                            killall keepalived
                        fi
                    fi

                    """,
                    isProgram: true
                )
                // The file of the seeds with the brace that it lacks; its interval leaves the script its time.
                try machine.write("keepalived.conf", Self.fileOfStoppingScript(priority: priority))
                try machine.startProxy()
                try machine.startDirector()
            }
            try stage.wait(20, "the first is master") { stage.a.holds("192.168.1.200") }
            // It comes up again, and nothing moves.
            try stage.a.stopProxy()
            try stage.wait(10, "haproxy is started again") { try stage.a.hasProxy() }
            try stage.expect(stage.b.arrivals(of: "192.168.1.200") == 0, "the address has moved")
            // It does not: the daemon is stopped by its own script, and leaves in order.
            try stage.a.run("touch /run/broken")
            try stage.a.stopProxy()
            try stage.wait(15, "the second takes over") {
                stage.b.holds("192.168.1.200") && !stage.a.holds("192.168.1.200")
            }
            try stage.expectAnswer("b", at: "192.168.1.200")
            try stage.wait(10, "the daemon has ended") { try !stage.a.hasDirector() }
            try stage.expect(stage.a.log().contains("(VI_1) sent 0 priority"), "it did not take its leave")
        }
    }

    private static func fileOfStoppingScript(priority: Int) -> String {
        """
        ! Configuration File for keepalived
        vrrp_script chk_http_port {
        script "/etc/keepalived/check_haproxy.sh"
        interval 3
        weight 2
        }
        global_defs {
        router_id LVS_DEVEL
        }
        vrrp_instance VI_1 {
        state MASTER
        interface eth0
        virtual_router_id 51
        priority \(priority)
        advert_int 1
        authentication {
        auth_type PASS
        auth_pass 1111
        }
        track_script {
        chk_http_port
        }
        virtual_ipaddress {
        192.168.1.200
        }
        }

        """
    }

    /// `notify_backup` that restarts haproxy, as some have it so that it lets go of the address.
    private static var restartingNotice: SeedScenario {
        SeedScenario("notify_backup restarts haproxy") { stage in
            for (machine, priority) in [(stage.a, 101), (stage.b, 100)] {
                try machine.write(
                    "restart.sh",
                    """
                    #!/bin/bash
                    killall haproxy
                    sleep 0.5
                    haproxy -D -f /etc/keepalived/haproxy.cfg
                    echo "$@ $VRRP_STATE" >>/run/told

                    """,
                    isProgram: true
                )
                try machine.write(
                    "keepalived.conf",
                    """
                    vrrp_instance VI_1 {
                        interface eth0
                        state BACKUP
                        virtual_router_id 51
                        priority \(priority)
                        virtual_ipaddress {
                            192.168.1.1
                        }
                        notify_backup "/etc/keepalived/restart.sh backup"
                    }

                    """
                )
                try machine.startProxy()
            }
            try stage.a.startDirector()
            try stage.wait(20, "the first is master") { stage.a.holds("192.168.1.1") }
            try stage.wait(10, "it was told to be a backup at first") { stage.a.text("/run/told") == "backup BACKUP\n" }
            let before = stage.b.text("/run/haproxy.pid")
            try stage.b.startDirector()
            try stage.wait(20, "the second restarts its haproxy") {
                stage.b.text("/run/told") == "backup BACKUP\n" && stage.b.text("/run/haproxy.pid") != before
            }
            try stage.expect(stage.b.hasProxy() && stage.a.holds("192.168.1.1"), "something has moved")
        }
    }

    /// Two instances, each of which another machine is preferred for.
    private static var crossedPriorities: SeedScenario {
        SeedScenario("two instances with crossed priorities") { stage in
            let (a, b) = (stage.a, stage.b)
            let (first, second) = ("192.168.10.141", "192.168.10.142")
            try a.useSeed("001a_two_instances_first")
            try b.useSeed("001b_two_instances_second")
            try a.startDirector()
            try b.startDirector()
            try stage.wait(25, "each holds one") {
                a.holds(second) && !a.holds(first) && b.holds(first) && !b.holds(second)
            }
            try b.signal("TERM")
            try stage.wait(8, "one holds both") { a.holds(first) && a.holds(second) && !b.holds(first) }
            try stage.wait(10, "the other one has ended") { try !b.hasDirector() }
            try b.startDirector()
            try stage.wait(20, "each holds one again") { a.holds(second) && !a.holds(first) && b.holds(first) }
        }
    }

    /// A sync group over eth0 and eth1, with the same number on both and a virtual server.
    private static var synchronisedInterfaces: SeedScenario {
        SeedScenario("a sync group over two interfaces") { stage in
            let (a, b) = (stage.a, stage.b)
            try stage.connect("eth1")
            let all = ["172.16.0.1", "172.18.1.254"]
            let path = "Fixtures/keepalived/seeds/004a_nat_with_two_instances.conf"
            let text = String(decoding: try [UInt8](contentsOf: path), as: UTF8.self)
            try a.write("keepalived.conf", text.replacing("priority 100", with: "priority 150"))
            try b.useSeed("004a_nat_with_two_instances")
            try a.startDirector()
            try b.startDirector()
            try stage.wait(25, "the first has both addresses") {
                all.allSatisfy(a.holds) && !all.contains(where: b.holds)
            }
            // A link that fails takes the whole group along.
            try a.run("ip link set eth1 down")
            try stage.wait(10, "the second has both") { all.allSatisfy(b.holds) && !all.contains(where: a.holds) }
            try stage.expect(
                a.log().contains("VRRP_Group(VG1) Syncing instances to FAULT state"),
                "the group is not told of"
            )
            try a.run("ip link set eth1 up")
            try stage.wait(20, "the first has both again") {
                all.allSatisfy(a.holds) && !all.contains(where: b.holds)
            }
            try stage.expect(a.run("ls /proc/net/ip_vs").status == 0, "there is no table")
        }
    }

    /// `nopreempt` and BACKUP on both: whoever is master stays it, until a priority is raised on purpose.
    private static var handOverByPriority: SeedScenario {
        SeedScenario("nopreempt on both") { stage in
            let (a, b) = (stage.a, stage.b)
            let address = "192.168.1.1"
            func file(_ priority: Int, _ words: String = "nopreempt") -> String {
                """
                vrrp_instance VI_1 {
                    interface eth0
                    state BACKUP
                    \(words)
                    virtual_router_id 51
                    priority \(priority)
                    virtual_ipaddress {
                        \(address)
                    }
                }

                """
            }
            try a.write("keepalived.conf", file(100))
            try b.write("keepalived.conf", file(150))
            try a.startDirector()
            try stage.wait(20, "the first is master") { a.holds(address) }
            try b.startDirector()
            stage.pause(6)
            try stage.expect(a.holds(address) && !b.holds(address), "the better one took over")
            // It is told to by leaving the word out, and reading the file again.
            try b.write("keepalived.conf", file(160, ""))
            try b.signal("HUP")
            try stage.wait(10, "the second takes over") { b.holds(address) && !a.holds(address) }
            try b.write("keepalived.conf", file(160))
            try b.signal("HUP")
            stage.pause(2)
            try a.write("keepalived.conf", file(200))
            try a.signal("HUP")
            stage.pause(5)
            try stage.expect(b.holds(address) && !a.holds(address), "the reload alone has moved it")
            try b.signal("TERM")
            try stage.wait(8, "the first follows") { a.holds(address) && !b.holds(address) }
        }
    }
}
