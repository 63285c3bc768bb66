import Configuration
import Testing

@testable import Director

struct PoolQuorumTests {
    /// Servers of weight 1 that come and go, and whether the quorum is held after each of them.
    private func holds(_ quorum: inout PoolQuorum, _ changes: [Int64]) -> [Bool] {
        changes.map { change in
            _ = quorum.add(change, isComplete: true)
            return quorum.isHeld
        }
    }

    @Test func oneServerIsEnoughWhereNothingElseIsSaid() {
        var quorum = PoolQuorum(Quorum(weight: 1, hysteresis: 0), totalWeight: 2)
        #expect(holds(&quorum, [0, 1, 1, -1, -1, 1]) == [false, true, true, true, false, true])
    }

    /// Scenario s11 of keepalived: four servers, quorum 3, hysteresis 1.
    @Test func aQuorumIsLostBelowAndGainedAboveItsHysteresis() {
        var quorum = PoolQuorum(Quorum(weight: 3, hysteresis: 1), totalWeight: 4)
        #expect(holds(&quorum, [4]) == [true])
        #expect(quorum.threshold == 2)
        #expect(holds(&quorum, [-1, -1, -1]) == [true, true, false])
        #expect(quorum.threshold == 4)
        #expect(holds(&quorum, [1, 1, 1]) == [false, false, true])
    }

    /// Scenario s87 of keepalived: hysteresis asks for more than there is.
    @Test func allServersAreAlwaysEnough() {
        var quorum = PoolQuorum(Quorum(weight: 3, hysteresis: 2), totalWeight: 4)
        #expect(holds(&quorum, [4, -4, 3, 1]) == [true, false, false, true])
    }

    @Test func aQuorumBeyondAllServersIsHeldByAllOfThem() {
        var quorum = PoolQuorum(Quorum(weight: 5, hysteresis: 1), totalWeight: 3)
        #expect(holds(&quorum, [0, 3, 0, -1, 1]) == [false, true, true, false, true])
        var further = PoolQuorum(Quorum(weight: 5, hysteresis: 1), totalWeight: 3)
        _ = further.add(3, isComplete: true)
        further.goOn(from: quorum)
        #expect(further.isHeld)
    }

    @Test func weightsCountAndNotServers() {
        var quorum = PoolQuorum(Quorum(weight: 100, hysteresis: 0), totalWeight: 150)
        #expect(holds(&quorum, [50, 100, -100]) == [false, true, false])
    }

    @Test func nothingIsLostWhileServersAreWithoutVerdict() {
        var quorum = PoolQuorum(Quorum(weight: 3, hysteresis: 1), totalWeight: 4)
        let isHeldByOne = quorum.add(1, isComplete: false)
        #expect(!isHeldByOne)
        // The lower threshold counts as long as nothing was lost.
        let isHeldByTwo = quorum.add(1, isComplete: false)
        #expect(isHeldByTwo)
        #expect(quorum.isHeld)
    }

    @Test func withoutWeightThereIsNoQuorum() {
        var quorum = PoolQuorum(Quorum(weight: 1, hysteresis: 1), totalWeight: 0)
        #expect(holds(&quorum, [0, 0]) == [false, false])
    }

    @Test func hysteresisOutlivesAnotherConfiguration() {
        var former = PoolQuorum(Quorum(weight: 3, hysteresis: 1), totalWeight: 4)
        #expect(holds(&former, [4, -2]) == [true, true])
        var held = PoolQuorum(Quorum(weight: 3, hysteresis: 1), totalWeight: 4)
        _ = held.add(2, isComplete: true)
        held.goOn(from: former)
        #expect(held.isHeld)
        #expect(holds(&former, [-1, 1]) == [false, false])
        var lost = PoolQuorum(Quorum(weight: 3, hysteresis: 1), totalWeight: 4)
        _ = lost.add(2, isComplete: true)
        lost.goOn(from: former)
        #expect(!lost.isHeld)
    }
}
