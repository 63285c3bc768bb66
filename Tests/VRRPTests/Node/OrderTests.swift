import Failover
import Testing
import Time
import VRRP
import VRRPSimulation

/// Orders of an operator.
struct OrderTests {
    private static func master(_ priority: UInt8 = 200) -> Stage {
        var stage = Stage(.simulated(priority: priority))
        stage.start()
        stage.pass(.milliseconds(12_100))
        return stage
    }

    @Test func aMasterGivesItselfUp() {
        var stage = Self.master()
        #expect(
            stage.order(.yield) == [
                "VI_1: ordered(VRRP.NodeOrder.Deed.yield)", "VI_1 sends 0 to 224.0.0.18", "VI_1: sentPriorityZero",
                "VI_1 sends 0 to 224.0.0.18", "VI_1: entering backup", "VI_1: removing addresses",
                "VI_1 wants nothing", "VI_1: entered backup",
            ]
        )
        // It does not take mastership back from whoever has it now.
        stage.pass(.milliseconds(600))
        #expect(stage.hear(100, times: 20) == [])
        stage.order(.release)
        #expect(stage.hear(100, times: 4).moments(of: "VI_1: timedOut").count == 1)
    }

    @Test func whereNobodyComesItIsMasterAgainSoon() {
        var stage = Self.master()
        stage.order(.yield)
        // A skew of at most a second for whoever comes next, an interval, and its own skew.
        #expect(stage.pass(.seconds(4)).moments(of: "VI_1: timedOut") == [12_100 + 996 + 1000 + 218])
    }

    @Test func aBackupTakesOver() {
        var stage = Stage(.simulated(priority: 50) { $0.preemption = .never })
        stage.start()
        stage.hear(100, times: 3)
        let lines = stage.order(.take)
        #expect(
            lines.prefix(4) == [
                "VI_1: ordered(VRRP.NodeOrder.Deed.take)", "VI_1: priority 50 -> 254", "VI_1: entering master",
                "VI_1 sends 254 to 224.0.0.18",
            ]
        )
        #expect(stage.order(.release) == ["VI_1: ordered(VRRP.NodeOrder.Deed.release)", "VI_1: priority 254 -> 50"])
    }

    @Test func anOwnerIsNotTakenOverFrom() {
        var stage = Stage(.simulated(priority: 50))
        stage.start()
        stage.hear(255, times: 3)
        #expect(stage.order(.take) == ["VI_1: refusedOrder(VRRP.NodeOrder.Deed.take)"])
        #expect(stage.state() == .backup)
    }

    @Test func whoIsHeldNeverBecomesMaster() {
        var stage = Stage(.simulated())
        stage.start()
        stage.order(.hold)
        #expect(stage.pass(.seconds(30)) == [])
        stage.order(.release, of: "VI_1")
        stage.pass(.seconds(4))
        #expect(stage.state() == .master)
        #expect(stage.order(.yield, of: "VI_9") == [])
    }
}
