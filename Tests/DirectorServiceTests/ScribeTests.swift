import Glibc
import HealthChecks
import Synchronization
import TestKit
import Testing
import Time

@testable import DirectorService
@testable import System

/// Writing that stands still holds up nobody but itself.
@Suite(.waits)
struct ScribeTests {
    /// A disk that stands still until it is thawed.
    private final class Ice: Sendable {
        private let ends: [Int32]
        let written = Mutex<[Int]>([])

        init() {
            var ends: [Int32] = [-1, -1]
            _ = pipe(&ends)
            self.ends = ends
        }

        deinit { for end in ends { close(end) } }

        /// Waits for the thaw, and writes.
        func write(_ number: Int) {
            var byte: UInt8 = 0
            _ = read(ends[0], &byte, 1)
            written.withLock { $0.append(number) }
        }

        func thaw(_ count: Int) { _ = Glibc.write(ends[1], [UInt8](repeating: 0, count: count), count) }
    }

    @Test func nobodyWaitsAndTheOrderIsKept() throws {
        let (scribe, ice) = (try Scribe(capacity: 1000), Ice())
        let taken = (1...300).filter { number in scribe.lay(load: 10) { ice.write(number) } }
        // One that is being written counts until it is; one more is taken as soon as no other waits.
        #expect((99...102).contains(taken.count))
        #expect(Array(taken.prefix(99)) == Array(1...99))
        #expect(!scribe.isIdle)
        #expect(!scribe.settle(within: .milliseconds(20)))
        ice.thaw(taken.count)
        #expect(scribe.settle(within: .seconds(20)))
        #expect(ice.written.withLock { $0 } == taken)
        #expect(scribe.lay(load: 5000) { ice.write(0) })
        ice.thaw(1)
        #expect(scribe.settle(within: .seconds(20)))
    }

    @Test func whatIsLaidDownIsWrittenThoughNobodyIsLeftWhoWantsIt() throws {
        let ice = Ice()
        do {
            let scribe = try Scribe(capacity: 1000)
            for number in 1...3 { #expect(scribe.lay(load: 1) { ice.write(number) }) }
        }
        ice.thaw(3)
        let end = EventLoop.clock + .seconds(20)
        while ice.written.withLock({ $0.count }) < 3, EventLoop.clock < end { sched_yield() }
        #expect(ice.written.withLock { $0 } == [1, 2, 3])
    }

    /// A pipe that is full, and whose reader sleeps, is the end of standard output that stands still.
    @Test func linesThatFindNoRoomAreCountedAndTold() throws {
        let folder = try TemporaryFolder()
        let losses = LineLosses()
        let batch = LineBatch(lines: ["one"], prefix: "", target: .sink(.file("\(folder.path)/log")))
        losses.note(3, because: "the log stood still")
        losses.note(2, because: "the log stood still")
        batch.write(losses)
        batch.write(losses)
        #expect(folder.text("log") == "5 log lines were lost: the log stood still\none\none\n")
    }

    @Test func ofSeveralStatesTheLastIsWritten() throws {
        let folder = try TemporaryFolder()
        let file = try StatusFile(path: "\(folder.path)/status", DaemonStatus(pid: 7, configuration: "x"))
        for number in 1...500 {
            file.status.reloads = number
            #expect(file.publish() == nil)
        }
        let end = EventLoop.clock + .seconds(20)
        while DaemonStatus(folder.text("status"))?.reloads != 500, EventLoop.clock < end { sched_yield() }
        #expect(DaemonStatus(folder.text("status"))?.reloads == 500)
        file.status.pid = 8
        file.remove(within: .seconds(5))
        #expect(folder.exists("status"))
        file.status.pid = 7
        file.remove(within: .seconds(5))
        #expect(!folder.exists("status"))
    }
}
