import Dialogues
import System
import Testing
import Time

@testable import CheckIO

struct ProbeSlotsTests {
    private let start = MonotonicTime(nanoseconds: 1_000_000_000)
    private var slots = ProbeSlots()

    /// A probe that does nothing.
    private final class Idle: ProbeSession {
        func begin() {}
        func ready(_ channel: Int, generation: UInt32, _ readiness: Readiness) {}
        func wakened() {}
        func abandon() {}
        var lateness: (layer: CheckLayer, text: String) { (.transport(.timeout), "") }
    }

    @Test mutating func slotsAreUsedAgainByOthers() {
        let first = slots.take(token: 7, timeout: .seconds(1), at: start)
        let second = slots.take(token: 8, timeout: .seconds(1), at: start)
        let generation = slots[first].generation
        slots[first].probe = Idle()
        #expect(slots.probe(in: first, generation: generation) != nil)
        #expect(slots.probe(in: 100, generation: generation) == nil)
        #expect(slots.count == 2 && slots.slot(of: 7) == first && slots.slot(of: 8) == second)
        let ended = slots.giveBack(first)
        #expect(ended.token == 7 && ended.probe != nil)
        #expect(slots.slot(of: 7) == nil && slots.count == 1)
        let third = slots.take(token: 7, timeout: .seconds(1), at: start)
        #expect(third == first)
        slots[third].probe = Idle()
        #expect(slots.probe(in: third, generation: generation) == nil)
        #expect(slots.probe(in: third, generation: slots[third].generation) != nil)
    }

    @Test mutating func theTimerIsForWhatComesFirst() {
        let slot = slots.take(token: 1, timeout: .seconds(5), at: start)
        #expect(slots[slot].moment(at: start) == start + .seconds(5))
        slots[slot].wake = start + .seconds(2)
        #expect(slots[slot].moment(at: start) == start + .seconds(2))
        slots[slot].wake = start + .seconds(9)
        #expect(slots[slot].moment(at: start) == start + .seconds(5))
        slots[slot].early = CheckResult(.down, .transport(.refused))
        #expect(slots[slot].moment(at: start) == start)
    }

    @Test mutating func aLoopThatIsALittleLateGivesNothingBack() {
        let slot = slots.take(token: 1, timeout: .seconds(1), at: start)
        let answers = [
            slots.isOver(slot, at: start + .milliseconds(999)), slots.isOver(slot, at: start + .milliseconds(1_099)),
        ]
        #expect(answers == [false, true])
    }

    @Test mutating func timeInWhichTheLoopStoodStillIsGivenBackOnce() {
        let slot = slots.take(token: 1, timeout: .seconds(1), at: start)
        let late = start + .milliseconds(1_400)
        let answers = [
            slots.isOver(slot, at: late), slots.isOver(slot, at: late + .milliseconds(399)),
            slots.isOver(slot, at: late + .milliseconds(400)),
        ]
        #expect(answers == [false, false, true])
        // No more than the check had at all, and never again.
        let other = slots.take(token: 2, timeout: .seconds(1), at: start)
        let muchLater = start + .seconds(100)
        let more = [
            slots.isOver(other, at: muchLater), slots.isOver(other, at: muchLater + .milliseconds(999)),
            slots.isOver(other, at: muchLater + .seconds(100)),
        ]
        #expect(more == [false, false, true])
    }
}
