import Failover
import Testing
import Time
import VRRP
import VRRPSimulation

/// What is tracked, and what becomes of the router, by the measured scenarios.
struct TrackingTests {
    @Test func aRouterWaitsForTheFirstResult() {
        var stage = Stage(.simulated { $0.trackers.scripts = [Tracker("check")] })
        #expect(stage.start() == ["VI_1 wants nothing"])
        #expect(stage.pass(.seconds(10)) == [])
        #expect(stage.state() == .initial)
        stage.tracked(.script, "check", .well)
        #expect(stage.pass(.seconds(4)).moments(of: "VI_1: timedOut") == [13_609])
    }

    @Test func aFirstResultThatIsBadIsAFault() {
        var stage = Stage(.simulated { $0.trackers.scripts = [Tracker("check")] })
        stage.start()
        #expect(
            stage.tracked(.script, "check", .unwell).suffix(2) == [
                "VI_1: entering fault (init)", "VI_1: entered fault",
            ]
        )
    }

    @Test func aWeightIsAdvertisedWithTheNextAdvertisement() {
        var stage = Stage(.simulated(priority: 150) { $0.trackers.scripts = [Tracker("check", weight: -60)] })
        stage.start()
        stage.pass(.milliseconds(12_000))
        #expect(stage.tracked(.script, "check", .unwell).last == "VI_1: priority 150 -> 90")
        let lines = stage.pass(.seconds(1))
        #expect(lines.moments(of: "VI_1 sends 90 to 224.0.0.18") == [12_414])
        #expect(stage.tracked(.script, "check", .well).last == "VI_1: priority 90 -> 150")
    }

    @Test func theRunningTimeOfABackupMovesWithItsPriority() {
        var stage = Stage(.simulated(priority: 150) { $0.trackers.scripts = [Tracker("check", weight: -50)] })
        stage.start()
        stage.pass(.seconds(1))
        stage.tracked(.script, "check", .unwell)
        #expect(stage.pass(.seconds(4)).moments(of: "VI_1: timedOut") == [3609])
    }

    /// The series of S49: a file with the weight −1 beside the priority 150.
    @Test func theNumbersOfAFileMoveThePriority() {
        var stage = Stage(.simulated(priority: 150) { $0.trackers.files = [Tracker("tf", weight: -1)] })
        stage.start()
        stage.pass(.seconds(12))
        var priorities: [UInt8?] = []
        for number in [20, 60, 0, -30] {
            stage.tracked(.file, "tf", .number(number))
            priorities.append(stage.status()?.priority)
        }
        #expect(priorities == [130, 90, 150, 180])
        let lines = stage.tracked(.file, "tf", .number(300))
        #expect(lines.filter { $0.contains("sends 0") }.count == 2)
        #expect(stage.state() == .fault)
        stage.tracked(.file, "tf", .number(0))
        #expect(stage.state() == .backup)
    }

    @Test func anInterfaceWithAWeightMovesThePriorityAndOneWithoutIsAFault() {
        var stage = Stage(.simulated(priority: 150) { $0.trackers.interfaces = [Tracker("eth1", weight: -60)] })
        stage.start()
        stage.pass(.seconds(12))
        #expect(stage.setLink("eth1", isUp: false) == ["interface(\"eth1\", isUp: false)", "VI_1: priority 150 -> 90"])
        var other = Stage(.simulated(priority: 150) { $0.trackers.interfaces = [Tracker("eth1")] })
        other.start()
        other.pass(.seconds(12))
        let lines = other.setLink("eth1", isUp: false)
        #expect(lines.first == "interface(\"eth1\", isUp: false)")
        #expect(lines.filter { $0.contains("sends 0") }.count == 2)
        #expect(other.state() == .fault)
    }

    @Test func whatWasToldLastIsHeldWhenNobodyLooks() {
        var stage = Stage(.simulated(priority: 150) { $0.trackers.scripts = [Tracker("check")] })
        stage.start()
        stage.tracked(.script, "check", .well)
        stage.pass(.seconds(12))
        #expect(
            stage.note { machine, now in machine.act(at: now) { $0.trackersVanished(at: now) } } == ["trackersHeld"]
        )
        stage.pass(.seconds(60))
        #expect(stage.state() == .master)
        #expect(
            stage.note { machine, now in machine.act(at: now) { $0.trackersReturned(at: now) } } == ["trackersReturned"]
        )
    }

    @Test func connectionsAreAwaitedUntilHardlyAnyComeAnew() {
        var stage = Stage(.simulated(priority: 200) { $0.preemption = .afterSynchronisation(limit: .seconds(60)) })
        stage.start()
        #expect(stage.hear(100) == ["VI_1: awaitsSynchronisation(limit: 60.0 seconds)"])
        for (second, count) in [0, 500, 900, 1000, 1001, 1001].enumerated() {
            stage.hear(100)
            let lines = stage.note { machine, now in
                machine.act(at: now) { $0.tableMeasured(synchronised: count, total: 1000, at: now) }
            }
            #expect(lines == (second == 5 ? ["VI_1: synchronised(isComplete: true)"] : []))
            stage.pass(.milliseconds(1000))
        }
        let lines = stage.hear(100, times: 4)
        #expect(lines.moments(of: "VI_1: timedOut") == [5_000 + 3_218])
    }
}
