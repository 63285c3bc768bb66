import Failover
import Testing
import Time
import VRRP
import VRRPSimulation

/// The election of one router, by the measured scenarios of keepalived and by what is done otherwise on purpose.
struct ElectionTests {
    @Test func aRouterAloneBecomesMasterAfterItsTime() {
        var stage = Stage(.simulated(priority: 100))
        #expect(
            stage.start() == [
                "VI_1 wants nothing", "VI_1: entering backup (init)", "VI_1: entered backup",
            ]
        )
        let lines = stage.pass(.seconds(5))
        // 3 intervals and 156/256 s (S1: 3.60 after the start).
        #expect(
            Array(lines.prefix(9)).map(\.description) == [
                "3609 VI_1: timedOut", "3609 VI_1: entering master", "3609 VI_1 sends 100 to 224.0.0.18",
                "3609 VI_1: setting addresses", "3609 VI_1 wants 10.0.0.100", "3609 VI_1: entered master",
                "3609 VI_1 announces 10.0.0.100", "3629 VI_1 announces 10.0.0.100", "3649 VI_1 announces 10.0.0.100",
            ]
        )
        #expect(lines.moments(of: "VI_1 sends 100 to 224.0.0.18") == [3609, 4609])
        #expect(stage.holds())
        // Announced in five rounds, and again after five seconds.
        let later = stage.pass(.seconds(5))
        #expect(later.moments(of: "VI_1 announces 10.0.0.100") == [8609, 8629, 8649, 8669, 8689])
    }

    @Test(arguments: [
        (100, VirtualRouter.ProtocolVersion.two, Duration.seconds(1), 3609), (150, .two, .seconds(1), 3414),
        (200, .two, .seconds(1), 3218), (100, .three, .milliseconds(100), 360), (100, .three, .seconds(1), 3609),
        (254, .three, .seconds(2), 6015), (1, .two, .seconds(1), 3996),
    ])
    func theTimeOfABackupGoesByItsPriority(
        priority: UInt8,
        version: VirtualRouter.ProtocolVersion,
        interval: Duration,
        moment: Int
    ) {
        var stage = Stage(
            .simulated(priority: priority) {
                $0.version = version
                $0.interval = interval
            }
        )
        stage.start()
        #expect(stage.pass(.seconds(7)).moments(of: "VI_1: timedOut") == [moment])
    }

    @Test func anOwnerThatBeginsAsMasterDoesSoAtOnce() {
        var stage = Stage(
            .simulated(priority: 255) { $0.beginsAsMaster = true }
        )
        #expect(
            stage.start() == [
                "VI_1 wants nothing", "VI_1: entering master (init)", "VI_1 sends 255 to 224.0.0.18",
                "VI_1: setting addresses", "VI_1 wants 10.0.0.100", "VI_1: entered master",
            ]
        )
        // The state in the file is a word for others (S2).
        var other = Stage(
            .simulated(priority: 200) { $0.beginsAsMaster = true }
        )
        other.start()
        #expect(other.state() == .backup)
        var owner = Stage(.simulated(priority: 255))
        owner.start()
        #expect(owner.pass(.seconds(4)).moments(of: "VI_1: timedOut") == [3003])
    }

    @Test func aBackupWaitsAsLongAsAMasterIsHeard() {
        var stage = Stage(.simulated(priority: 100))
        stage.start()
        #expect(stage.hear(150, times: 10) == [])
        #expect(stage.pass(.seconds(3)).moments(of: "VI_1: timedOut") == [9000 + 3609])
    }

    @Test func aBackupOfTheSamePriorityNeverTakesOver() {
        for source in ["10.0.0.0", "10.0.0.2"] {
            var stage = Stage(.simulated(priority: 150))
            stage.start()
            #expect(stage.hear(150, from: source, times: 10) == [])
            #expect(stage.state() == .backup)
        }
    }

    @Test func aLowerMasterIsDiscardedAndItsTimeRunsOn() {
        var stage = Stage(.simulated(priority: 200))
        stage.start()
        stage.pass(.milliseconds(670))
        let lines = stage.hear(100, times: 3)
        #expect(lines.moments(of: "VI_1: discarded 100 from 10.0.0.2") == [670, 1670, 2670])
        #expect(lines.moments(of: "VI_1: timedOut") == [3218])
    }

    @Test func aMasterThatLeavesIsReplacedAfterTheSkew() {
        var stage = Stage(.simulated(priority: 100))
        stage.start()
        stage.hear(200, times: 2)
        #expect(stage.hear(0) == ["VI_1: heard 0 from 10.0.0.2"])
        // Twice is meant as once.
        stage.pass(.milliseconds(200))
        stage.hear(0)
        #expect(stage.pass(.seconds(1)).moments(of: "VI_1: timedOut") == [2609])
    }

    @Test func aMasterAnswersALowerOneAndAnnouncesAgain() {
        var stage = Stage(.simulated(priority: 200))
        stage.start()
        stage.pass(.seconds(12))
        #expect(
            stage.hear(100) == [
                "VI_1: lower 100 from 10.0.0.2, own 200", "VI_1 sends 200 to 224.0.0.18",
            ]
        )
        let lines = stage.pass(.milliseconds(990))
        #expect(lines.moments(of: "VI_1 announces 10.0.0.100") == [12000, 12020, 12040, 12060, 12080])
        #expect(lines.moments(of: "VI_1 sends 200 to 224.0.0.18") == [])
        // The one after the answer is an interval later.
        #expect(stage.pass(.milliseconds(20)).moments(of: "VI_1 sends 200 to 224.0.0.18") == [13000])
    }

    @Test func aMasterNeedNotAnswer() {
        var stage = Stage(
            .simulated(priority: 200) { $0.habits.answersLowerPriority = false }
        )
        stage.start()
        stage.pass(.seconds(12))
        #expect(stage.hear(100) == ["VI_1: lower 100 from 10.0.0.2, own 200, not answered"])
        #expect(stage.pass(.milliseconds(200)) == [])
    }

    @Test func aMasterThatHearsPriorityZeroAdvertises() {
        var stage = Stage(.simulated(priority: 200))
        stage.start()
        stage.pass(.seconds(12))
        #expect(stage.hear(0) == ["VI_1 sends 200 to 224.0.0.18"])
    }

    @Test(arguments: [(150, "10.0.0.2"), (151, "10.0.0.0")])
    func aMasterYieldsToAHigherOneAndSaysAWordBefore(priority: UInt8, source: String) {
        var stage = Stage(.simulated(priority: 150))
        stage.start()
        stage.pass(.milliseconds(12_100))
        #expect(
            stage.hear(priority, from: source) == [
                "VI_1 sends 150 to 224.0.0.18", "VI_1: higher \(priority) from \(source), own 150",
                "VI_1: entering backup", "VI_1: removing addresses", "VI_1 wants nothing", "VI_1: entered backup",
            ]
        )
        #expect(!stage.holds())
        #expect(stage.pass(.seconds(4)).moments(of: "VI_1: timedOut") == [15_514])
    }

    @Test func aMasterYieldsWithoutAWordWhereTheFileSaysSo() {
        var stage = Stage(
            .simulated(priority: 150) { $0.habits.advertisesBeforeYielding = false }
        )
        stage.start()
        stage.pass(.milliseconds(12_100))
        #expect(stage.hear(200).first == "VI_1: higher 200 from 10.0.0.2, own 150")
    }

    @Test func amongTheSamePriorityTheLowerAddressYields() {
        var stage = Stage(.simulated(priority: 150))
        stage.start()
        stage.pass(.milliseconds(12_100))
        #expect(
            stage.hear(150, from: "10.0.0.0") == [
                "VI_1: lower 150 from 10.0.0.0, own 150", "VI_1 sends 150 to 224.0.0.18",
            ]
        )
    }

    @Test func bothOwnersEndWithOneMaster() {
        let router = VirtualRouter.simulated(priority: 255) { $0.beginsAsMaster = true }
        var stage = Stage(router)
        stage.start()
        stage.pass(.milliseconds(500))
        #expect(stage.hear(255, from: "10.0.0.0").first?.hasPrefix("VI_1: bothOwners") == true)
        #expect(stage.state() == .master)
        stage.hear(255, from: "10.0.0.2")
        #expect(stage.state() == .backup)
        #expect(stage.hear(255, from: "10.0.0.2", times: 5) == [])
    }

    @Test func anOwnerMayPayNoHeed() {
        let router = VirtualRouter.simulated(priority: 255) {
            $0.beginsAsMaster = true
            $0.habits.ignoresOthersAsOwner = true
        }
        var stage = Stage(router)
        stage.start()
        #expect(stage.hear(255, from: "10.0.0.2") == [])
        #expect(stage.state() == .master)
    }

    @Test func versionThreeWaitsByTheIntervalOfTheMaster() {
        let own = VirtualRouter.simulated(priority: 100) { $0.version = .three }
        var slow = own
        slow.interval = .seconds(2)
        var stage = Stage(own)
        stage.start()
        #expect(
            stage.hear(200, of: slow) == [
                "VI_1: noticed(VRRP.PacketRemark.interval(received: 2.0 seconds, own: 1.0 seconds), from: 10.0.0.2)",
                "VI_1: intervalLearned(from: 1.0 seconds, to: 2.0 seconds)",
            ]
        )
        // 3 × 2 s and 156/256 of 2 s (S25: 3 × 2 + 1.22), then adverts each second of its own.
        let lines = stage.pass(.seconds(9))
        #expect(lines.moments(of: "VI_1: timedOut") == [7218])
        #expect(lines.moments(of: "VI_1: intervalRestored(from: 2.0 seconds, to: 1.0 seconds)") == [7218])
        #expect(lines.moments(of: "VI_1 sends 100 to 224.0.0.18") == [7218, 8218])
    }

    // MARK: Preemption

    @Test func whoDoesNotPreemptStaysBackupOfALowerMaster() {
        var stage = Stage(
            .simulated(priority: 200) { $0.preemption = .never }
        )
        stage.start()
        #expect(stage.hear(100, times: 10) == [])
        stage.hear(0)
        #expect(stage.pass(.seconds(1)).moments(of: "VI_1: timedOut") == [10_218])
        // It is a rule for backups: as master it wins against a lower one (S8).
        stage.hear(100, from: "10.0.0.2")
        #expect(stage.state() == .master)
        stage.hear(201, from: "10.0.0.2")
        #expect(stage.state() == .backup)
    }

    @Test func theDelayBeginsWithTheFirstLowerAdvertisement() {
        var stage = Stage(
            .simulated(priority: 200) { $0.preemption = .after(.seconds(5)) }
        )
        stage.start()
        stage.pass(.milliseconds(170))
        let lines = stage.hear(100, times: 9)
        #expect(lines.first?.description == "170 VI_1: delayBegan(5.0 seconds)")
        // The last advertisement within the delay is that of 4.17; the time runs on from there (S9: 7.39).
        #expect(lines.moments(of: "VI_1: timedOut") == [4_170 + 3_218])
    }

    @Test func theDelayEndsWithTheMasterAndIsNoneWithoutOne() {
        var stage = Stage(
            .simulated(priority: 200) { $0.preemption = .after(.seconds(20)) }
        )
        stage.start()
        stage.hear(100, times: 2)
        #expect(stage.hear(0) == ["VI_1: heard 0 from 10.0.0.2", "VI_1: delayEnded"])
        #expect(stage.pass(.seconds(1)).moments(of: "VI_1: timedOut") == [2_218])
        var alone = Stage(
            .simulated(priority: 200) { $0.preemption = .after(.seconds(5)) }
        )
        alone.start()
        #expect(alone.pass(.seconds(4)).moments(of: "VI_1: timedOut") == [3218])
    }

    @Test func aHigherMasterEndsTheDelay() {
        var stage = Stage(
            .simulated(priority: 200) { $0.preemption = .after(.seconds(5)) }
        )
        stage.start()
        stage.hear(100)
        #expect(stage.hear(250, from: "10.0.0.3") == ["VI_1: delayEnded"])
        stage.pass(.seconds(1))
        #expect(stage.hear(100) == ["VI_1: delayBegan(5.0 seconds)"])
    }
}
