import Failover
import Testing
import Time
import VRRP

@testable import VRRPService

struct ProcessTallyTests {
    private func moment(_ seconds: Int64) -> MonotonicTime { MonotonicTime(nanoseconds: seconds * 1_000_000_000) }

    private func said(_ values: [(TrackedSubject, TrackedValue)]) -> [String] {
        values.map { "\($0.0.name) \($0.1)" }
    }

    private var haproxy: TrackedProcesses {
        var kind = TrackedProcesses("haproxy", command: "haproxy")
        kind.quorum = 2
        kind.most = 3
        kind.startDelay = .seconds(5)
        kind.endDelay = .seconds(2)
        return kind
    }

    @Test func theFirstCountCountsAtOnceAndOthersWhenTheyHeld() {
        var tally = ProcessTally([haproxy])
        #expect(said(tally.counted([1], at: moment(10))) == ["haproxy unwell"])
        #expect(tally.nextMoment == nil)
        #expect(said(tally.counted([2], at: moment(11))).isEmpty)
        #expect(tally.nextMoment == moment(16))
        // A moment without them begins the time anew.
        #expect(said(tally.counted([1], at: moment(12))).isEmpty)
        #expect(tally.nextMoment == nil)
        #expect(said(tally.counted([3], at: moment(13))).isEmpty)
        #expect(said(tally.timePassed(at: moment(17))).isEmpty)
        #expect(said(tally.timePassed(at: moment(18))) == ["haproxy well"])
        // One too many is as bad as one too few.
        #expect(said(tally.counted([4], at: moment(20))).isEmpty)
        #expect(said(tally.counted([4], at: moment(22))) == ["haproxy unwell"])
    }

    @Test func whatStaysInTheConfigurationKeepsItsCount() {
        var tally = ProcessTally([haproxy])
        _ = tally.counted([2], at: moment(10))
        tally.change(to: [TrackedProcesses("sshd", command: "sshd"), haproxy])
        #expect(said(tally.counted([1, 2], at: moment(11))) == ["sshd well"])
    }
}
