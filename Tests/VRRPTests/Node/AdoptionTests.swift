import Failover
import Testing
import Time
import VRRP
import VRRPSimulation

/// Mastership that outlives the process.
struct AdoptionTests {
    private static func crashed(_ router: VirtualRouter = .simulated(priority: 200)) -> Stage {
        var stage = Stage(router)
        stage.start()
        // The last advertisement is that of 12.218.
        stage.pass(.milliseconds(12_218 + 1))
        stage.machine.crash()
        return stage
    }

    @Test(arguments: [100, 300, 1000, 1600, 2400])
    func aProcessThatComesBackInTimeIsMasterAtOnce(milliseconds: Int) {
        var stage = Self.crashed()
        stage.sleep(.milliseconds(milliseconds))
        #expect(stage.holds())
        let lines = stage.start()
        #expect(lines.first == "VI_1 wants nothing")
        #expect(
            lines.dropFirst(2).prefix(4) == [
                "VI_1: entering master (init)", "VI_1 sends 200 to 224.0.0.18", "VI_1: setting addresses",
                "VI_1 wants 10.0.0.100",
            ]
        )
        #expect(lines.contains { $0.hasPrefix("VI_1: adopted") })
        #expect(stage.holds())
        #expect(stage.pass(.milliseconds(10)).moments(of: "VI_1 announces 10.0.0.100").count == 1)
    }

    @Test(arguments: [2500, 4000, 100_000])
    func laterTheAddressesGoFirst(milliseconds: Int) {
        var stage = Self.crashed()
        stage.sleep(.milliseconds(milliseconds))
        #expect(
            stage.start() == [
                "VI_1: removing addresses", "VI_1: removedStale(count: 1)", "VI_1 wants nothing",
                "VI_1: entering backup (init)", "VI_1: entered backup",
            ]
        )
        #expect(!stage.holds())
    }

    @Test func whatIsOfAnotherBootOrHasOtherAddressesMeansNothing() {
        var stage = Self.crashed()
        stage.machine.boot.low += 1
        stage.start()
        #expect(stage.state() == .backup)
        var other = Self.crashed()
        other.machine.configuration.routers[0].interval = .seconds(2)
        other.start()
        #expect(other.state() == .backup)
        #expect(!other.holds())
        var named = Self.crashed()
        named.machine.configuration.routers[0].name = "VI_9"
        named.start()
        #expect(named.state("VI_9") == .master)
        var forgotten = Self.crashed()
        forgotten.machine.forgetRecords()
        forgotten.start()
        #expect(forgotten.state() == .backup)
    }

    @Test func addressesThatAreNoLongerConfiguredGo() {
        var stage = Self.crashed()
        stage.machine.configuration.routers = []
        #expect(stage.start() == ["removedLeftovers(count: 1)"])
        #expect(!stage.holds())
    }

    @Test func aPlannedRestartTellsNobody() {
        var stage = Stage(.simulated(priority: 200))
        stage.start()
        stage.pass(.milliseconds(12_700))
        #expect(stage.stop(keeping: true) == ["stopping(keeps: true)", "VI_1 sends 200 to 224.0.0.18"])
        #expect(stage.holds())
        stage.sleep(.milliseconds(2_000))
        stage.start()
        #expect(stage.state() == .master)
    }

    @Test func aStopTellsOthersBeforeTheAddressesGo() {
        var stage = Stage(.simulated(priority: 200))
        stage.start()
        stage.pass(.milliseconds(12_700))
        #expect(
            stage.stop() == [
                "stopping(keeps: false)", "VI_1 sends 0 to 224.0.0.18", "VI_1: sentPriorityZero",
                "VI_1 sends 0 to 224.0.0.18", "VI_1: removing addresses", "VI_1 wants nothing", "VI_1: stopped",
            ]
        )
        #expect(!stage.holds())
        #expect(stage.machine.records.isEmpty)
    }

    @Test func nobodyTakesOverBeforeItsDelayIsOver() {
        var stage = Stage(.simulated(priority: 200)) { $0.settings.startDelay = .seconds(4) }
        #expect(stage.start() == ["VI_1 wants nothing", "delayed(4.0 seconds)"])
        let lines = stage.pass(.seconds(8))
        #expect(lines.moments(of: "delayEnded") == [4000])
        #expect(lines.moments(of: "VI_1: timedOut") == [7218])
    }
}
