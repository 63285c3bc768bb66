import Failover
import TestKit
import Testing
import Time
import VRRPSimulation

@testable import VRRP

/// Groups of virtual routers, by the measured scenarios and by what is done otherwise on purpose.
struct SyncGroupTests {
    private static func stage(_ change: (inout SyncGroup) -> Void = { _ in }) -> Stage {
        var group = SyncGroup("G", members: ["VI_1", "VI_2"])
        change(&group)
        return Stage(
            .simulated(priority: 200) { $0.trackers.scripts = [Tracker("check")] },
            .simulated("VI_2", id: 52, priority: 200, on: "eth1", addresses: ["10.1.0.100"]),
            groups: [group]
        )
    }

    private static func running() -> Stage {
        var stage = stage()
        stage.start()
        stage.tracked(.script, "check", .well)
        stage.pass(.seconds(12))
        return stage
    }

    @Test func theGroupIsToldBeforeItsMembersAtTheStart() {
        var stage = Self.stage()
        #expect(stage.start() == ["VI_1 wants nothing", "VI_2 wants nothing"])
        #expect(
            stage.tracked(.script, "check", .well).dropFirst() == [
                "G: entered(VRRP.RouterState.backup)", "VI_1: entering backup (init)", "VI_1: entered backup",
                "VI_2: entering backup (init)", "VI_2: entered backup",
            ]
        )
    }

    @Test func theLastWhoseTimeRunsOutBecomesMasterFirst() {
        var stage = Self.stage()
        stage.start()
        stage.tracked(.script, "check", .well)
        stage.pass(.seconds(1))
        // The time of the second one begins anew: the first one waits for it.
        stage.hear(200, of: stage.machine.configuration.routers[1], on: "eth1")
        let lines = stage.pass(.milliseconds(3_300))
        #expect(
            lines.map(\.description).prefix(13) == [
                "4218 VI_2: timedOut", "4218 VI_2: entering master", "4218 VI_2 sends 200 to 224.0.0.18",
                "4218 VI_2: setting addresses", "4218 VI_2 wants 10.1.0.100", "4218 VI_2: entered master",
                "4218 G: synchronising(VRRP.RouterState.master)", "4218 VI_1: entering master",
                "4218 VI_1 sends 200 to 224.0.0.18", "4218 VI_1: setting addresses", "4218 VI_1 wants 10.0.0.100",
                "4218 VI_1: entered master", "4218 G: entered(VRRP.RouterState.master)",
            ]
        )
    }

    @Test func allAreToldBeforeTheFirstAddressGoes() {
        var stage = Self.running()
        #expect(
            Array(stage.tracked(.script, "check", .unwell).dropFirst(2)) == [
                "VI_1 sends 0 to 224.0.0.18", "VI_1: sentPriorityZero", "VI_2 sends 0 to 224.0.0.18",
                "VI_2: sentPriorityZero", "VI_1 sends 0 to 224.0.0.18", "VI_2 sends 0 to 224.0.0.18",
                "VI_1: entering fault", "VI_1: removing addresses", "VI_1 wants nothing", "VI_1: entered fault",
                "G: synchronising(VRRP.RouterState.fault)", "VI_2: entering fault", "VI_2: removing addresses",
                "VI_2 wants nothing", "VI_2: entered fault", "G: entered(VRRP.RouterState.fault)",
            ]
        )
        #expect(stage.pass(.seconds(10)) == [])
        stage.tracked(.script, "check", .well)
        #expect(stage.state("VI_1") == .backup)
        #expect(stage.state("VI_2") == .backup)
        #expect(stage.pass(.seconds(4)).moments(of: "VI_2: timedOut") == [25_218])
    }

    @Test func whoseLinkIsDownTellsNobody() {
        var stage = Self.running()
        let sent = stage.setLink("eth1", isUp: false).filter { $0.contains("sends") }
        #expect(sent == ["VI_1 sends 0 to 224.0.0.18", "VI_1 sends 0 to 224.0.0.18"])
        #expect(!stage.holds("10.0.0.100"))
        #expect(!stage.holds("10.1.0.100"))
    }

    @Test func aMemberThatYieldsTakesTheOthersAlong() {
        var stage = Self.running()
        let lines = stage.hear(250)
        #expect(lines.contains("VI_2 sends 0 to 224.0.0.18"))
        #expect(stage.state("VI_1") == .backup)
        #expect(stage.state("VI_2") == .backup)
        #expect(lines.last == "G: entered(VRRP.RouterState.backup)")
    }

    @Test func whoeverHearsAHigherMasterOfOneMemberStaysOutWithAll() {
        var stage = Self.stage()
        stage.start()
        stage.tracked(.script, "check", .well)
        let second = stage.machine.configuration.routers[1]
        for _ in 0..<10 {
            stage.hear(100)
            stage.hear(210, of: second, on: "eth1")
            stage.pass(.seconds(1))
        }
        #expect(stage.state("VI_1") == .backup)
        #expect(stage.state("VI_2") == .backup)
    }

    @Test func aMasterThatHearsALowerOneAnswersForAllMembers() {
        var stage = Self.running()
        #expect(
            stage.hear(100).dropFirst() == ["VI_1 sends 200 to 224.0.0.18", "VI_2 sends 200 to 224.0.0.18"]
        )
    }

    /// keepalived counts faults, and its count drifts: a group then stays in fault for ever.
    @Test func aGroupLeavesTheFaultWithTheLastReason() {
        let seed: UInt64 = 45
        var generator = SeededGenerator(seed: seed)
        var stage = Self.running()
        var (isWell, links) = (true, ["eth0": true, "eth1": true])
        for step in 0..<400 {
            switch Int.random(in: 0..<3, using: &generator) {
            case 0:
                isWell.toggle()
                stage.tracked(.script, "check", isWell ? .well : .unwell)
            case 1:
                links["eth0"]?.toggle()
                stage.setLink("eth0", isUp: links["eth0"] ?? true)
            default:
                links["eth1"]?.toggle()
                stage.setLink("eth1", isUp: links["eth1"] ?? true)
            }
            let isFaulty = !isWell || links.values.contains(false)
            #expect((stage.state("VI_1") == .fault) == isFaulty, "seed \(seed), step \(step)")
            #expect(stage.state("VI_1") == stage.state("VI_2"), "seed \(seed), step \(step)")
            stage.pass(.milliseconds(Int.random(in: 0..<5000, using: &generator)))
        }
    }
}
