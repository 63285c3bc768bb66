import Dialogues
import System
import Time

/// The checks under way, each in a slot: which it is, when its time is over, and when it wants to be wakened.
///
/// Slots are used again. Each use has a generation, by which what comes back for a check that is over is known.
struct ProbeSlots {
    /// A loop that comes to a deadline so much later stood still, as it does while the machine is paused.
    static let standstill = Duration.milliseconds(100)

    /// A slot in one use, or in none.
    struct Slot {
        fileprivate(set) var generation: UInt32 = 0
        fileprivate(set) var token = 0
        fileprivate(set) var start = MonotonicTime(nanoseconds: 0)
        fileprivate(set) var deadline = MonotonicTime(nanoseconds: 0)
        /// Whether the deadline was put off because the loop stood still.
        fileprivate var isPutOff = false
        /// When the probe wants to be wakened; nil for never.
        var wake: MonotonicTime?
        var timer: LoopTimer?
        var probe: (any ProbeSession)?
        /// The verdict of a check that failed as it was started; told in the next turn.
        var early: CheckResult?

        /// The moment for its timer.
        func moment(at now: MonotonicTime) -> MonotonicTime {
            if early != nil { return now }
            return wake.map { min(deadline, $0) } ?? deadline
        }
    }

    private var slots: ContiguousArray<Slot> = []
    private var unused: ContiguousArray<UInt32> = []
    private var slotOfToken: [Int: UInt32] = [:]

    subscript(slot: UInt32) -> Slot {
        _read { yield slots[Int(slot)] }
        _modify { yield &slots[Int(slot)] }
    }

    /// The checks under way.
    var count: Int { slotOfToken.count }

    /// All slots, those in use and the others.
    var all: some Sequence<Slot> { slots }

    /// The slot of a check under way; nil when it is over.
    func slot(of token: Int) -> UInt32? { slotOfToken[token] }

    /// The probe in a slot, while it is that use of it.
    func probe(in slot: UInt32, generation: UInt32) -> (any ProbeSession)? {
        guard slot < slots.count, self[slot].generation == generation else { return nil }
        return self[slot].probe
    }

    /// Takes a slot for a check, whose token no other one under way may have.
    mutating func take(token: Int, timeout: Duration, at now: MonotonicTime) -> UInt32 {
        let slot: UInt32
        if let last = unused.popLast() {
            slot = last
        } else {
            slot = UInt32(slots.count)
            slots.append(Slot())
        }
        let former = slotOfToken.updateValue(slot, forKey: token)
        precondition(former == nil, "a check under way has the token \(token)")
        self[slot].token = token
        self[slot].start = now
        self[slot].deadline = now + timeout
        return slot
    }

    /// Gives a slot back, whose check is over.
    ///
    /// - Returns: the use that has ended.
    mutating func giveBack(_ slot: UInt32) -> Slot {
        let former = self[slot]
        slotOfToken[former.token] = nil
        self[slot] = Slot(generation: former.generation &+ 1)
        unused.append(slot)
        return former
    }

    /// Whether the time of a check is over.
    ///
    /// Time in which the loop stood still is given back to it, once and as much as its timeout at most: answers that came
    /// meanwhile have yet to be read.
    mutating func isOver(_ slot: UInt32, at now: MonotonicTime) -> Bool {
        let lateness = now - self[slot].deadline
        if lateness >= Self.standstill, !self[slot].isPutOff {
            self[slot].isPutOff = true
            self[slot].deadline = now + min(lateness, self[slot].deadline - self[slot].start)
        }
        return self[slot].deadline <= now
    }
}
