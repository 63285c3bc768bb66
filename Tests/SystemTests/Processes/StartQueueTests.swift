import Testing

@testable import System

struct StartQueueTests {
    @Test func fewStartsOfOneProgramGoOnAtOnce() {
        var queue = StartQueue()
        for ticket in 1...4 { queue.enqueue(ticket, program: "a") }
        queue.enqueue(5, program: "b")
        #expect(next(&queue) == [1, 2, 5])
        #expect(next(&queue) == [])
        queue.ended(2)
        #expect(next(&queue) == [3])
        queue.ended(1)
        queue.ended(3)
        #expect(next(&queue) == [4])
    }

    @Test func programsThatStandStillLeaveRoomForOthers() {
        var queue = StartQueue()
        for ticket in 0..<1_000 { queue.enqueue(ticket, program: "still") }
        #expect(next(&queue).count == StartQueue.width)
        queue.enqueue(1_000, program: "other")
        #expect(next(&queue) == [1_000])
    }

    @Test func allTogetherAreBounded() {
        var queue = StartQueue()
        for ticket in 0..<200 { queue.enqueue(ticket, program: "\(ticket)") }
        #expect(next(&queue) == Array(0..<StartQueue.capacity))
        #expect(queue.underwayCount == StartQueue.capacity)
        queue.ended(7)
        #expect(next(&queue) == [StartQueue.capacity])
    }

    @Test func startThatHasNotBegunCanBeWithdrawn() {
        var queue = StartQueue()
        for ticket in 1...3 { queue.enqueue(ticket, program: "a") }
        #expect(next(&queue) == [1, 2])
        #expect(!withdraw(1, &queue))
        #expect(withdraw(3, &queue))
        #expect(!withdraw(3, &queue))
        queue.ended(1)
        #expect(next(&queue) == [])
    }

    private func next(_ queue: inout StartQueue) -> [Int] { queue.next() }

    private func withdraw(_ ticket: Int, _ queue: inout StartQueue) -> Bool { queue.withdraw(ticket) }
}
