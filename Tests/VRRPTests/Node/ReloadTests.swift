import Failover
import Testing
import Time
import VRRP
import VRRPSimulation

/// Another configuration in the place of the one in force.
struct ReloadTests {
    private static func master(_ router: VirtualRouter = .simulated(priority: 200)) -> Stage {
        var stage = Stage(router)
        stage.start()
        stage.pass(.milliseconds(12_300))
        return stage
    }

    private static let around = ["reloading", "reloaded"]

    @Test func whatDidNotChangeIsNotTouched() {
        var stage = Self.master()
        let next = stage.machine.nextMoment
        #expect(stage.reload { _ in } == Self.around)
        #expect(stage.machine.nextMoment == next)
        // Neither is a router beside which another one is new.
        let lines = stage.reload { $0.routers.append(.simulated("VI_2", id: 52, addresses: ["10.0.0.200"])) }
        #expect(!lines.contains { $0.hasPrefix("VI_1") })
        #expect(stage.state("VI_2") == .backup)
    }

    @Test func anAddressComesAndGoesWithoutASwitch() {
        var stage = Self.master()
        #expect(
            stage.reload {
                $0.routers[0] = .simulated(priority: 200, addresses: ["10.0.0.100", "10.0.0.101"])
            } == ["reloading", "VI_1: setting addresses", "VI_1 wants 10.0.0.100 10.0.0.101", "reloaded"]
        )
        #expect(stage.pass(.milliseconds(100)).moments(of: "VI_1 announces 10.0.0.101").count == 5)
        #expect(
            stage.reload { $0.routers[0] = .simulated(priority: 200) } == [
                "reloading", "VI_1: removing addresses", "VI_1 wants 10.0.0.100", "reloaded",
            ]
        )
        #expect(!stage.holds("10.0.0.101"))
    }

    @Test func anotherNameIsNoOtherRouter() {
        var stage = Self.master()
        let lines = stage.reload { $0.routers[0].name = "VI_9" }
        #expect(lines.prefix(3) == ["reloading", "VI_9 wants 10.0.0.100", "VI_1 wants nothing"])
        #expect(stage.state("VI_9") == .master)
        #expect(stage.holds())
    }

    @Test func anotherPriorityIsAdvertisedWithTheNext() {
        var stage = Self.master()
        #expect(stage.reload { $0.routers[0].priority = 90 } == ["reloading", "VI_1: priority 200 -> 90", "reloaded"])
        #expect(stage.pass(.seconds(1)).moments(of: "VI_1 sends 90 to 224.0.0.18") == [13_218])
    }

    @Test func whoIsKnownToComeNextGetsItAtOnce() {
        var stage = Self.master()
        stage.hear(150)
        let lines = stage.reload { $0.routers[0].priority = 90 }
        #expect(lines.filter { $0.contains("sends 0") }.count == 2)
        #expect(stage.state() == .backup)
    }

    @Test func aRouterThatIsGoneTellsTheOthersAndIsDeleted() {
        var stage = Self.master()
        #expect(
            stage.reload { $0.routers = [] } == [
                "reloading", "VI_1 sends 0 to 224.0.0.18", "VI_1: sentPriorityZero", "VI_1 sends 0 to 224.0.0.18",
                "VI_1: removing addresses", "VI_1 wants nothing", "VI_1: deleted", "reloaded",
            ]
        )
        #expect(!stage.holds())
    }

    @Test func anotherNumberIsSaidBesideTheOldOneForAWhile() {
        var stage = Self.master()
        let old = stage.machine.configuration.routers[0]
        stage.reload { $0.routers[0].routerID = 77 }
        #expect(stage.state() == .master)
        #expect(stage.pass(.seconds(1)).moments(of: "VI_1 sends 200 to 224.0.0.18") == [13_218, 13_218])
        // Whoever was not changed yet is heard.
        #expect(stage.hear(100, of: old).first == "VI_1: lower 100 from 10.0.0.2, own 200")
        stage.pass(.seconds(70))
        #expect(stage.hear(100, of: old) == [])
        #expect(stage.pass(.seconds(1)).moments(of: "VI_1 sends 200 to 224.0.0.18").count == 1)
    }

    @Test func whatOthersStillSayCountsForAWhile() {
        let one = VirtualRouter.simulated { $0.authentication = .password(Array("one".utf8)) }
        var stage = Stage(one)
        stage.start()
        stage.hear(200, of: one, times: 2)
        stage.reload { $0.routers[0].authentication = .password(Array("two".utf8)) }
        stage.hear(200, of: one, times: 55)
        #expect(stage.state() == .backup)
    }

    /// The other way round: the master was changed, this one not yet.
    @Test func aMasterThatWasChangedFirstIsLeftMasterForAWhile() {
        let one = VirtualRouter.simulated { $0.authentication = .password(Array("one".utf8)) }
        var two = one
        two.authentication = .password(Array("two".utf8))
        var stage = Stage(one)
        stage.start()
        stage.hear(200, of: one, times: 2)
        let lines = stage.hear(200, of: two, times: 30)
        #expect(lines.filter { $0.text.hasPrefix("VI_1: heldForPeer") }.count == 1)
        #expect(stage.state() == .backup)
        // When it falls silent it is replaced.
        #expect(stage.pass(.seconds(4)).moments(of: "VI_1: timedOut") == [31_000 + 3_609])
        // And where it stays otherwise, there is an end of patience.
        var other = Stage(one)
        other.start()
        other.hear(200, of: one, times: 2)
        other.hear(200, of: two, times: 70)
        #expect(other.state() == .master)
        #expect(other.status()?.rival?.difference == .password)
    }

    @Test func aStrangerThatDiffersHoldsNobody() {
        let one = VirtualRouter.simulated { $0.authentication = .password(Array("one".utf8)) }
        var two = one
        two.authentication = .password(Array("two".utf8))
        var stage = Stage(one)
        stage.start()
        stage.hear(200, of: one)
        stage.hear(200, from: "10.0.0.9", of: two, times: 5)
        #expect(stage.state() == .master)
    }

    @Test func aLongerIntervalIsWaitedFor() {
        let one = VirtualRouter.simulated()
        var slow = one
        slow.interval = .seconds(5)
        var stage = Stage(one)
        stage.start()
        stage.hear(200, of: one, times: 2)
        stage.hear(200, of: slow, times: 4, every: .seconds(5))
        #expect(stage.state() == .backup)
    }
}

extension ReloadTests {
    /// An address that goes may still stand before the own ones; advertisements must not come from it.
    @Test func anAddressThatGoesIsNobodysSource() {
        var stage = Self.master(.simulated(priority: 200, addresses: ["10.0.0.100", "10.0.0.101"]))
        let lines = stage.reload { $0.routers[0] = .simulated(priority: 200) }
        #expect(!lines.contains { $0.contains("sourceChanged") || $0.contains("address") && $0.contains("101") })
        #expect(stage.status()?.source.map { "\($0)" } == "10.0.0.1")
    }
}
