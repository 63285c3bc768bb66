import CLinux
import Glibc
import TestKit
import Testing
import Time

@testable import System

@Suite(.waits)
struct EventLoopTests {
    private let loop: EventLoop

    init() throws {
        loop = try EventLoop()
    }

    @Test func timersFireInTheOrderOfTheirMoments() throws {
        var time = MonotonicTime(nanoseconds: 0)
        let loop = try EventLoop { time }
        var fired: [Int] = []
        for (number, delay) in [30, 10, 20, 10].enumerated() {
            loop.at(loop.now + .milliseconds(delay)) { fired.append(number) }
        }
        for (moment, expected) in [(9, []), (10, [1, 3]), (19, [1, 3]), (29, [1, 3, 2]), (30, [1, 3, 2, 0])] {
            time = MonotonicTime(nanoseconds: 0) + .milliseconds(moment)
            try loop.runTurn(atMost: .zero)
            #expect(fired == expected, "after \(moment) ms")
        }
    }

    @Test func cancelledTimersDoNotFire() throws {
        var fired: [Int] = []
        let timers = (0..<3).map { number in loop.at(loop.now) { fired.append(number) } }
        loop.cancel(timers[1])
        loop.cancel(timers[1])
        try loop.runTurn(atMost: .zero)
        #expect(fired == [0, 2])
        loop.cancel(timers[0])
    }

    @Test func timerMayCancelAnotherOfTheSameTurn() throws {
        var fired: [Int] = []
        var second: LoopTimer?
        loop.at(loop.now) {
            fired.append(1)
            if let second { self.loop.cancel(second) }
        }
        second = loop.at(loop.now) { fired.append(2) }
        try loop.runTurn(atMost: .zero)
        try loop.runTurn(atMost: .zero)
        #expect(fired == [1])
    }

    @Test func timerSetInATurnWaitsForTheNext() throws {
        var count = 0
        func again() {
            count += 1
            loop.at(MonotonicTime(nanoseconds: 0), again)
        }
        loop.at(loop.now, again)
        try loop.runTurn(atMost: .zero)
        #expect(count == 1)
        try loop.runTurn()
        #expect(count == 2)
    }

    @Test func descriptorsAreToldUntilTheWatchEnds() throws {
        let counter = eventfd(1, Int32(EFD_CLOEXEC))
        defer { close(counter) }
        var told: [Readiness] = []
        let watch = try loop.watch(counter, for: .readable) { told.append($0) }
        try loop.runTurn(atMost: .zero)
        try loop.runTurn(atMost: .zero)
        #expect(told == [.readable, .readable])
        try loop.change(watch, to: .writable)
        try loop.runTurn(atMost: .zero)
        #expect(told == [.readable, .readable, .writable])
        loop.end(watch)
        loop.end(watch)
        try loop.runTurn(atMost: .zero)
        #expect(told.count == 3)
    }

    @Test func watchEndedByAnotherOfTheSameTurnIsNotTold() throws {
        let counters = (0..<2).map { _ in eventfd(1, Int32(EFD_CLOEXEC)) }
        defer { for counter in counters { close(counter) } }
        var watches: [Watch] = []
        var told = 0
        for counter in counters {
            watches.append(
                try loop.watch(counter, for: .readable) { _ in
                    told += 1
                    for watch in watches { self.loop.end(watch) }
                }
            )
        }
        try loop.runTurn(atMost: .zero)
        #expect(told == 1)
    }

    @Test func whatCannotBeWatchedIsAnError() throws {
        let file = open("/proc/self/exe", O_RDONLY | O_CLOEXEC)
        defer { close(file) }
        #expect(throws: SystemFailure(call: "epoll_ctl", number: EPERM)) {
            try loop.watch(file, for: .readable) { _ in }
        }
        #expect(throws: SystemFailure(call: "epoll_ctl", number: EBADF)) {
            try loop.watch(-1, for: .readable) { _ in }
        }
    }

    @Test func aLoopWaitsUntilItsFirstTimer() throws {
        let moment = loop.now + .milliseconds(20)
        var hasFired = false
        loop.at(moment) { hasFired = true }
        while !hasFired { try loop.runTurn() }
        #expect(loop.now >= moment)
    }

    @Test func stopEndsTheRun() throws {
        var turns = 0
        func turn() {
            turns += 1
            if turns == 3 { loop.stop() }
            loop.at(loop.now, turn)
        }
        loop.at(loop.now, turn)
        try loop.run()
        #expect(turns == 3)
    }
}
