import TestKit

// What becomes of the parts of a daemon that has virtual routers: the guardian, the director, and the process of the routers.

extension SeedScenario {
    /// Those about the parts of a daemon.
    static var parts: [SeedScenario] { [killedDirector, killedRouters, orderlyStop, slowPrograms, orders] }

    private static let address = "10.0.0.100"

    private static func file(_ priority: Int, _ words: String = "") -> String {
        """
        global_defs {
            script_user root
            vrrp_notify_fifo /run/states
        }
        vrrp_script test {
            script "/usr/bin/test ! -e /run/broken"
            interval 1
        }
        vrrp_instance VI_1 {
            interface eth0
            state BACKUP
            virtual_router_id 51
            priority \(priority)
            virtual_ipaddress {
                \(address)/24
            }
            track_script {
                test
            }
            \(words)
        }

        """
    }

    private static func begin(_ stage: SeedStage, _ words: String = "") throws {
        for (machine, priority) in [(stage.a, 150), (stage.b, 100)] {
            try machine.write("keepalived.conf", file(priority, words))
            // Held open, so that lines wait for whoever reads them.
            try machine.run("mkfifo /run/states && (exec cat <>/run/states >/run/lines) &")
            try machine.startDirector()
            // The second comes when there is a master, so that nothing moves from here on.
            if machine === stage.a { try stage.wait(25, "the first is master") { machine.holds(address) } }
        }
        try stage.wait(20, "the second hears it") { stage.b.text("/run/lines").contains("BACKUP") }
        stage.pause(1)
    }

    /// The director dies, and nothing moves; another one is there at once, which tells nothing again.
    private static var killedDirector: SeedScenario {
        SeedScenario("the director is killed") { stage in
            try begin(stage)
            let lines = stage.a.text("/run/lines")
            try stage.expect(lines == "INSTANCE \"VI_1\" BACKUP 150\nINSTANCE \"VI_1\" MASTER 150\n", "told: \(lines)")
            let first = stage.a.text("/run/checkers.pid")
            let moves = stage.b.arrivals(of: address)
            for _ in 0..<3 {
                try stage.a.run("kill -KILL $(cat /run/checkers.pid)")
                stage.pause(3)
            }
            try stage.wait(10, "there is another one") {
                let process = stage.a.text("/run/checkers.pid")
                return try !process.isEmpty && process != first && stage.a.run("kill -0 \(process)").status == 0
            }
            try stage.expect(stage.b.arrivals(of: address) == moves && stage.a.holds(address), "the address has moved")
            try stage.expect(stage.a.arrivals(of: address) == 1, "the address went and came")
            try stage.expect(
                stage.a.text("/run/lines") == lines,
                "a state was told again: \(stage.a.text("/run/lines"))"
            )
            // Its scripts run again.
            try stage.a.run("touch /run/broken")
            try stage.wait(8, "the second takes over") { stage.b.holds(address) && !stage.a.holds(address) }
        }
    }

    /// The process of the routers dies, and goes on as master.
    private static var killedRouters: SeedScenario {
        SeedScenario("the process of the routers is killed") { stage in
            // Within two and a half intervals it goes on; the start of a program takes its time in the lab.
            try begin(stage, "advert_int 3")
            let moves = stage.b.arrivals(of: address)
            for _ in 0..<3 {
                try stage.a.run("killall -KILL directrix-vrrp")
                stage.pause(5)
            }
            try stage.expect(stage.a.holds(address) && stage.a.arrivals(of: address) == 1, "the address went and came")
            try stage.expect(stage.b.arrivals(of: address) == moves, "the second was master")
            try stage.expect(stage.a.log().contains("VRRP child process died: Respawning"), "it is not told")
        }
    }

    /// At the stop everybody is told, and nothing stays.
    private static var orderlyStop: SeedScenario {
        SeedScenario("the stop is told to all") { stage in
            try begin(
                stage,
                "notify_stop \"/bin/sh -c 'echo stop >>/run/told'\"\nnotify \"/bin/sh -c 'echo $2 $3 >>/run/told' x\""
            )
            try stage.a.signal("TERM")
            try stage.wait(5, "the second takes over") { stage.b.holds(address) && !stage.a.holds(address) }
            try stage.wait(10, "all has ended") {
                try stage.a.run("pgrep -x 'keepalived|directrix-vrrp'").status != 0
            }
            let lines = stage.a.text("/run/lines")
            try stage.expect(lines.hasSuffix("INSTANCE \"VI_1\" STOP 150\n"), "the pipe has: \(lines)")
            let told = stage.a.text("/run/told")
            try stage.expect(told.hasSuffix("stop\nVI_1 STOP\n"), "programs were told: \(told)")
            let files = try stage.a.run("ls /run/*.pid").output
            try stage.expect(files.isEmpty, "files are left: \(files)")
        }
    }

    /// A program that takes its time keeps no advertisement waiting, nor another state from being told.
    private static var slowPrograms: SeedScenario {
        SeedScenario("slow programs keep nobody waiting") { stage in
            try begin(stage, "notify_master \"/bin/sleep 100\"")
            let moves = stage.b.arrivals(of: address)
            stage.pause(3)
            try stage.expect(stage.b.arrivals(of: address) == moves, "the second was master")
            try stage.a.run("touch /run/broken")
            try stage.wait(8, "the second takes over") { stage.b.holds(address) && !stage.a.holds(address) }
            try stage.wait(20, "the fault is told") {
                stage.a.text("/run/lines").contains("INSTANCE \"VI_1\" FAULT 150\n")
            }
        }
    }

    /// Orders of an operator.
    private static var orders: SeedScenario {
        SeedScenario("an operator gives orders") { stage in
            try begin(stage)
            let directrix = "\(Lab.programs)/directrix vrrp"
            let table = try stage.a.run(directrix).output
            try stage.expect(table.contains("VI_1") && table.contains("MASTER"), "the table is: \(table)")
            let yielded = try stage.a.run("\(directrix) yield")
            try stage.expect(yielded.status == 0, "\(yielded.errors)")
            try stage.wait(4, "the second takes over") { stage.b.holds(address) && !stage.a.holds(address) }
            stage.pause(5)
            try stage.expect(stage.b.holds(address), "it came back unasked")
            try stage.a.run("\(directrix) release")
            try stage.wait(8, "the first takes it back") { stage.a.holds(address) && !stage.b.holds(address) }
            let kept = try stage.a.run("\(directrix) restart --keep")
            try stage.expect(kept.status == 0, "\(kept.errors)")
            stage.pause(4)
            try stage.expect(
                stage.a.holds(address) && stage.a.arrivals(of: address) == 2,
                "the restart moved the address"
            )
            let seen = try stage.a.run("timeout 10 \(directrix) watch --count 2 eth0")
            try stage.expect(seen.status == 0 && seen.output.contains("vrid=51"), "seen: \(seen.output)\(seen.errors)")
        }
    }
}
