import CLinux
import Configuration
import Failover
import Glibc
import PlayedRouters
import System
import TestKit
import Testing
import Time
import VRRP
import VRRPControl

@testable import DirectorService

/// A director whose file has virtual routers, from its start to its end.
@Suite(.waits)
struct FailoverLifeTests {
    private static let router = """
        vrrp_instance VI_1 {
            interface eth0
            virtual_router_id 51
            priority 150
            virtual_ipaddress {
                10.9.0.100
            }
        }

        """

    private func stage(isKernelAway: Bool = false) throws -> Stage {
        try Stage(servers: 1, isKernelAway: isKernelAway) { options, environment, folder in
            environment.stateFolder = "\(folder.path)/state"
            options.language = .keepalived
            options.log = .file("\(folder.path)/log")
            options.hasRouters = true
            options.routers = RoutersPlaces(
                unit: "\(folder.path)/vrrp",
                own: "\(folder.path)/own",
                program: "/no/such/program"
            )
        }
    }

    /// Without virtual servers nobody asks for the table, which may not be there.
    @Test func aFileOfRoutersAloneNeedsNoTable() throws {
        let stage = try stage(isKernelAway: true)
        let routers = try PlayedRouters(at: "\(stage.folder.path)/vrrp", on: stage.loop)
        stage.folder.write("test.cf", Self.router)
        try stage.start()
        try stage.turn("the routers are told") { routers.configurations.count == 1 }
        #expect(routers.configurations.first?.routers.map(\.name) == ["VI_1"])
        #expect(!stage.log.contains("Can't read the table"))
        try stage.stop()
    }

    @Test func aReloadTellsBothHalvesOrNeither() throws {
        let stage = try stage()
        let routers = try PlayedRouters(at: "\(stage.folder.path)/vrrp", on: stage.loop)
        stage.folder.write("test.cf", stage.keepalivedText(Self.router))
        try stage.start()
        try stage.turn("the routers are told") { routers.configurations.count == 1 }
        // A mistake in one half, and nothing of the other is taken either.
        stage.folder.write(
            "test.cf",
            stage.keepalivedText(
                Self.router.replacing("priority 150", with: "priority 200").replacing("51", with: "951")
            )
        )
        stage.director.handle(signal: SIGHUP)
        try stage.turn("the reload is refused") { stage.log.contains("New config failed validation") }
        #expect(routers.configurations.count == 1)
        stage.folder.write(
            "test.cf",
            stage.keepalivedText(Self.router.replacing("priority 150", with: "priority 200"))
        )
        stage.director.handle(signal: SIGHUP)
        try stage.turn("the routers are told again") { routers.configurations.count == 2 }
        #expect(routers.configurations.last?.routers.first?.priority == 200)
        try stage.stop()
    }

    /// By the signals of keepalived; the counters go to zero where they are.
    @Test func whatIsKnownOfRoutersIsWrittenOnSignals() throws {
        let stage = try stage()
        let routers = try PlayedRouters(at: "\(stage.folder.path)/vrrp", on: stage.loop)
        routers.onRequest = { [unowned routers, loop = stage.loop] request in
            guard case .status = request else { return }
            var node = NodeStatus()
            var router = RouterStatus("VI_1", state: .master, since: loop.now, priority: 150, interval: .seconds(1))
            router.counters.advertisementsSent = 4_711
            node.routers = [router]
            routers.say(
                .status(
                    RoutersStatus(node: node, generation: 1, began: loop.now, moment: loop.now, worstLateness: .zero)
                )
            )
        }
        stage.folder.write("test.cf", stage.keepalivedText(Self.router))
        try stage.start()
        try stage.turn("the routers are told") { routers.configurations.count == 1 }
        for (signal, name, text) in [
            (SIGUSR1, "keepalived.data", "VRRP Instance = VI_1"), (SIGUSR2, "keepalived.stats", "    Sent: 4711"),
            (clinux_realtime_signal(2), "keepalived.json", "\"advert_sent\": 4711"),
        ] {
            stage.director.handle(signal: signal)
            try stage.turn("\(name)") { stage.folder.text("state/\(name)").contains(text) }
            var status = stat()
            #expect(stat("\(stage.folder.path)/state/\(name)", &status) == 0 && status.st_mode & 0o777 == 0o600)
        }
        stage.director.handle(signal: clinux_realtime_signal(-1))
        try stage.turn("the counters are cleared") { routers.requests.contains(.clearCounters) }
        try stage.stop()
    }

    @Test func stateLinesGoToThePipesOfRouters() throws {
        let stage = try stage()
        let routers = try PlayedRouters(at: "\(stage.folder.path)/vrrp", on: stage.loop)
        let paths = ["both", "routers", "servers"].map { "\(stage.folder.path)/\($0)" }
        for path in paths { try #require(mkfifo(path, 0o600) == 0) }
        let descriptors = paths.map { open($0, O_RDWR | O_NONBLOCK) }
        defer { for descriptor in descriptors { close(descriptor) } }
        let globals = """
            global_defs {
                notify_fifo \(paths[0])
                vrrp_notify_fifo \(paths[1])
                lvs_notify_fifo \(paths[2])
            }
            """
        stage.folder.write("test.cf", stage.keepalivedText("\(globals)\n\(Self.router)"))
        try stage.start()
        try stage.turn("the routers are told") { routers.configurations.count == 1 }
        routers.say("VI_1", .entered(.master), .master, priority: 150)
        var texts = ["", "", ""]
        func read() {
            for (index, descriptor) in descriptors.enumerated() {
                var room = [UInt8](repeating: 0, count: 4_096)
                let count = Glibc.read(descriptor, &room, room.count)
                if count > 0 { texts[index] += String(decoding: room[..<count], as: UTF8.self) }
            }
        }
        try stage.turn("the lines come") {
            read()
            return texts[1].contains("INSTANCE \"VI_1\" MASTER 150\n") && texts[2].contains("VS ")
        }
        #expect(texts[0].contains("INSTANCE \"VI_1\" MASTER 150\n") && texts[0].contains("VS "))
        #expect(!texts[1].contains("VS ") && !texts[2].contains("INSTANCE"))
        try stage.stop()
    }
}
