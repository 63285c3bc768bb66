import Failover
import Testing
import Time
import VRRP
import VRRPSimulation

/// Packets that do not count, a process that slept, and how many are told of it.
struct HostileTests {
    private static let one = VirtualRouter.simulated(priority: 150) { $0.authentication = .password(Array("one".utf8)) }

    private static var others: [VirtualRouter] {
        var others = [VirtualRouter](repeating: one, count: 5)
        others[0].authentication = .password(Array("two".utf8))
        others[1].authentication = nil
        others[2].version = .three
        others[2].authentication = nil
        others[3].interval = .seconds(2)
        others[4].authentication = .header(Array("one".utf8))
        return others
    }

    /// keepalived's master begins its interval anew with each of them, and falls silent (S30, S31).
    @Test(arguments: others.indices, [true, false])
    func aPacketThatDoesNotCountMovesNothing(other: Int, isMaster: Bool) {
        var stage = Stage(Self.one)
        stage.start()
        stage.pass(isMaster ? .milliseconds(12_500) : .milliseconds(500))
        let (state, next) = (stage.state(), stage.machine.nextMoment)
        for priority in [UInt8(0), 1, 150, 254, 255] {
            let lines = stage.hear(priority, from: "10.0.0.9", of: Self.others[other])
            #expect(!lines.contains { $0.contains("sends") || $0.contains("wants") || $0.contains("enter") })
            #expect(stage.state() == state)
            #expect(stage.machine.nextMoment == next)
        }
    }

    @Test func aMasterIsHeardWhateverIsThrownAtIt() {
        var stage = Stage(Self.one)
        stage.start()
        stage.pass(.milliseconds(12_300))
        let first = stage.actions.count
        for _ in 0..<5_000 {
            stage.hear(200, from: "10.0.0.9", of: Self.others[0])
            stage.pass(.milliseconds(1))
        }
        let actions = stage.actions[first...]
        let lines = actions.map(\.action.summary)
        #expect(lines.filter { $0 == "VI_1 sends 150 to 224.0.0.18" }.count == 5)
        // One line about the reason, and one about the other master.
        #expect(lines.filter { $0.contains("rejected") }.count == 1)
        #expect(lines.filter { $0.contains("twoMasters") }.count == 1)
        #expect(stage.status()?.counters.authenticationFailures == 5_000)
        // The rest is told a minute after the first, with its number.
        let later = stage.pass(.seconds(60)).filter { $0.text.contains("rejected") }
        #expect(later.count == 1)
        #expect(later.first?.text.contains("count: 4999") == true)
    }

    @Test func aMasterSpeaksWhilePacketsWait() {
        var stage = Stage(Self.one)
        stage.start()
        stage.pass(.milliseconds(12_300))
        stage.sleep(.milliseconds(1_500))
        stage.hear(200, from: "10.0.0.9", of: Self.others[0])
        #expect(stage.advertise() == ["VI_1 sends 150 to 224.0.0.18"])
        #expect(stage.advertise() == [])
        stage.sleep(.seconds(1))
        #expect(stage.advertise() == ["VI_1 sends 150 to 224.0.0.18"])
    }

    /// Who might hear a master among the packets that wait hears them all first.
    @Test func aBackupTakesNothingWhilePacketsWait() {
        var stage = Stage(Self.one)
        stage.start()
        stage.hear(200, of: Self.one)
        stage.sleep(.seconds(6))
        #expect(stage.advertise() == [])
        #expect(stage.machine.nextMoment.map { $0 <= stage.now } == true)
        stage.hear(200, of: Self.one)
        #expect(stage.wake() == [])
        #expect(stage.state() == .backup)
    }

    /// What neighbours learned from a router that died in a partition leads nowhere until the master announces anew, which a lower
    /// advertisement makes it do.
    @Test func whoComesBackFromAFaultLetsTheMasterAnnounceItself() {
        var stage = Stage(Self.one)
        stage.start()
        stage.pass(.milliseconds(12_300))
        stage.setLink("eth0", isUp: false)
        stage.pass(.seconds(1))
        stage.setLink("eth0", isUp: true)
        #expect(stage.hear(200, of: Self.one) == ["VI_1 sends 150 to 224.0.0.18"])
        #expect(stage.hear(200, of: Self.one) == [])
        #expect(stage.state() == .backup)
    }

    @Test func packetsThatWaitedAreHeardBeforeTimePasses() {
        var stage = Stage(Self.one)
        stage.start()
        stage.hear(200, of: Self.one, times: 2)
        stage.sleep(.seconds(6))
        for _ in 0..<6 { stage.hear(200, of: Self.one) }
        #expect(stage.wake() == [])
        #expect(stage.state() == .backup)
    }

    @Test func whoSleptAndMissedWhatCameWaitsAMoment() {
        var stage = Stage(Self.one)
        stage.start()
        stage.hear(200, of: Self.one, times: 2)
        stage.sleep(.seconds(6))
        let lines = stage.wake()
        #expect(lines.count == 1)
        #expect(lines.first?.hasPrefix("VI_1: stalled") == true)
        #expect(stage.hear(200, of: Self.one) == [])
        #expect(stage.state() == .backup)
        // Once, and no longer.
        stage.sleep(.seconds(6))
        stage.wake()
        stage.pass(.seconds(2))
        #expect(stage.state() == .master)
    }

    @Test(arguments: [Preemption.never, .atOnce])
    func aMasterThatSleptLeavesItToWhoeverCameWhereNobodyPreempts(preemption: Preemption) {
        var router = Self.one
        router.preemption = preemption
        var stage = Stage(router)
        stage.start()
        stage.pass(.milliseconds(12_500))
        stage.sleep(.seconds(6))
        let first = stage.actions.count
        let lines = stage.hear(100, of: router)
        #expect((stage.state() == .backup) == (preemption == .never))
        #expect(lines.contains("VI_1: entering backup") == (preemption == .never))
        // Waiting advertisements are answered once (S32: three times, with fifteen announcements).
        stage.hear(100, of: router)
        stage.hear(100, of: router)
        #expect(stage.actions[first...].filter { $0.action.summary == "VI_1 sends 150 to 224.0.0.18" }.count <= 1)
    }

    @Test func unknownRoutersAreToldOnceAMinute() {
        var stage = Stage(Self.one) { $0.settings.tellsUnknownRouters = true }
        stage.start()
        var other = Self.one
        other.routerID = 99
        #expect(stage.hear(100, of: other).count == 1)
        #expect(stage.hear(100, of: other) == [])
        stage.sleep(.seconds(60))
        #expect(stage.hear(100, of: other).first?.contains("count: 2") == true)
    }
}
