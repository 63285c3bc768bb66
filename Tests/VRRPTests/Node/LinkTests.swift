import Addresses
import Failover
import Links
import Testing
import Time
import VRRP
import VRRPSimulation

/// Interfaces and addresses of the machine, and what others do to them.
struct LinkTests {
    private static func master(_ change: (inout RouterSet) -> Void = { _ in }) -> Stage {
        var stage = Stage(.simulated(priority: 200), change: change)
        stage.start()
        stage.pass(.milliseconds(12_300))
        return stage
    }

    @Test func anAddressThatWasTakenAwayComesBackAtOnce() {
        var stage = Self.master()
        #expect(stage.takeAway("10.0.0.100") == ["VI_1: taken away 1"])
        #expect(stage.holds())
        #expect(stage.state() == .master)
        // Its neighbours are told again.
        #expect(stage.pass(.milliseconds(200)).moments(of: "VI_1 announces 10.0.0.100").count == 5)
    }

    @Test func fiveTimesInAMinuteIsAFault() {
        var stage = Self.master()
        for _ in 1...4 {
            stage.takeAway("10.0.0.100")
            stage.pass(.seconds(10))
        }
        let lines = stage.takeAway("10.0.0.100")
        #expect(lines.prefix(2) == ["VI_1: taken away 5", "VI_1: faultBegan(VRRP.FaultReason.takenAway)"])
        #expect(lines.filter { $0.contains("sends 0") }.count == 2)
        #expect(stage.state() == .fault)
        #expect(!stage.holds())
        // It tries again after a minute.
        stage.pass(.seconds(61))
        #expect(stage.state() == .backup)
    }

    @Test func moreSeldomIsNone() {
        var stage = Self.master()
        for _ in 1...12 {
            stage.takeAway("10.0.0.100")
            stage.pass(.seconds(16))
        }
        #expect(stage.state() == .master)
    }

    @Test func theFallOfItsInterfaceIsAFault() {
        var stage = Self.master()
        #expect(
            stage.setLink("eth0", isUp: false) == [
                "interface(\"eth0\", isUp: false)", "VI_1: faultBegan(VRRP.FaultReason.interfaceDown(\"eth0\"))",
                "VI_1: entering fault", "VI_1: removing addresses", "VI_1 wants nothing", "VI_1: entered fault",
            ]
        )
        stage.pass(.seconds(5))
        #expect(
            stage.setLink("eth0", isUp: true) == [
                "interface(\"eth0\", isUp: true)", "VI_1: faultEnded(VRRP.FaultReason.interfaceDown(\"eth0\"))",
                "VI_1: entering backup", "VI_1: entered backup",
            ]
        )
        #expect(stage.pass(.seconds(4)).moments(of: "VI_1: timedOut") == [17_300 + 3_218])
    }

    @Test func aFlapShorterThanItsDelayIsNone() {
        var stage = Self.master {
            $0.interfaceDelays = ["eth0": InterfaceDelays(down: .milliseconds(1500), up: .milliseconds(500))]
        }
        #expect(stage.setLink("eth0", isUp: false) == [])
        stage.pass(.milliseconds(800))
        #expect(stage.setLink("eth0", isUp: true) == [])
        stage.pass(.seconds(3))
        #expect(stage.state() == .master)
        stage.setLink("eth0", isUp: false)
        #expect(stage.pass(.seconds(2)).moments(of: "VI_1: entering fault") == [12_300 + 3_800 + 1_500])
    }

    @Test func withoutAnOwnAddressItTakesNoPart() {
        var stage = Self.master()
        #expect(stage.takeAway("10.0.0.1").contains("VI_1: entering fault"))
        let address = LinkAddress(.v4(IPv4Address(value: 0x0a00_0001)), prefixLength: 24, on: "eth0")
        stage.note { machine, now in machine.give(address, at: now) }
        #expect(stage.state() == .backup)
    }

    @Test func aSourceThatAppearsEndsTheFault() throws {
        let source = try #require(IPAddress("10.0.0.7"))
        let peer = try #require(IPAddress("10.0.0.2"))
        var stage = Stage(
            .simulated(priority: 200) {
                $0.audience = .unicast(UnicastSettings(source: source, peers: [UnicastSettings.Peer(peer)]))
            }
        )
        stage.start()
        #expect(stage.state() == .fault)
        #expect(stage.status()?.reasons == [.sourceMissing(source)])
        let lines = stage.note { machine, now in
            machine.give(LinkAddress(source, prefixLength: 24, on: "eth0"), at: now)
        }
        #expect(stage.state() == .backup)
        // The peers may have forgotten how to reach it.
        #expect(lines.contains("VI_1 announces 10.0.0.7"))
        #expect(stage.pass(.seconds(4)).moments(of: "VI_1 sends 200 to 10.0.0.2").count == 1)
    }

    @Test func silenceOnALinkThatCameUpProvesNothing() {
        var stage = Self.master { $0.settings.linkSettling = .seconds(30) }
        stage.setLink("eth0", isUp: false)
        stage.pass(.seconds(1))
        stage.setLink("eth0", isUp: true)
        #expect(stage.pass(.seconds(29)).moments(of: "VI_1: timedOut") == [])
        #expect(stage.pass(.seconds(2)).moments(of: "VI_1: timedOut") == [43_300])
        // Whoever was heard is known to be gone after the usual time.
        stage.setLink("eth0", isUp: false)
        stage.setLink("eth0", isUp: true)
        stage.hear(250)
        #expect(stage.pass(.seconds(5)).moments(of: "VI_1: timedOut").count == 1)
    }
}
