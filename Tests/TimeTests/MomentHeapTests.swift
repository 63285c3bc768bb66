import Testing
import Time

struct MomentHeapTests {
    /// Random insertions, removals and expiries give what a sorted list gives.
    @Test(arguments: [UInt64(1), 2, 3, 4, 5])
    func heapAgreesWithASortedList(seed: UInt64) {
        var state = seed
        func random(_ bound: UInt64) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int((state >> 33) % bound)
        }
        var heap = MomentHeap()
        var list: [(moment: Int64, number: Int, timer: PlannedMoment)] = []
        var now: Int64 = 0
        for number in 0..<5_000 {
            switch random(4) {
            case 0, 1:
                let moment = now + Int64(random(50))
                let timer = heap.insert(number, at: MonotonicTime(nanoseconds: moment))
                let place = list.firstIndex { $0.moment > moment } ?? list.count
                list.insert((moment, number, timer), at: place)
            case 2 where !list.isEmpty:
                let removed = list.remove(at: random(UInt64(list.count)))
                let outcomes = [heap.remove(removed.timer) != nil, heap.remove(removed.timer) != nil]
                #expect(outcomes == [true, false])
            default:
                now += Int64(random(10))
                while let first = list.first, first.moment <= now {
                    let popped = heap.popFirst(at: MonotonicTime(nanoseconds: now))
                    #expect(popped == first.number)
                    list.removeFirst()
                }
                let early = heap.popFirst(at: MonotonicTime(nanoseconds: now))
                #expect(early == nil)
            }
            #expect(heap.count == list.count)
            #expect(heap.firstMoment?.nanoseconds == list.first?.moment)
        }
    }
}
