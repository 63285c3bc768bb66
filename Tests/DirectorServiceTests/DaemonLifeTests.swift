import HealthChecks
import Testing
import Time

@testable import DirectorService

/// What a director's process does of itself, told by whole lists of what follows from each thing that happens.
struct DaemonLifeTests {
    private static let start = MonotonicTime(nanoseconds: 1_000_000_000)
    private var life = DaemonLife()

    /// A life that directs and is ready.
    private static var ready: DaemonLife {
        var life = running
        _ = life.becameReady()
        return life
    }

    private static var running: DaemonLife {
        var life = DaemonLife()
        _ = life.begin()
        _ = life.loaded(.usable, at: start)
        _ = life.prepared(at: start)
        _ = life.tableRead()
        return life
    }

    private func after(_ duration: Duration) -> MonotonicTime { Self.start + duration }

    @Test mutating func aStartLoadsReadsTheTableAndDirects() {
        #expect(life.begin() == [.load(.request)])
        #expect(life.loaded(.usable, at: Self.start) == [.take, .prepare])
        #expect(life.nextMoment == nil)
        #expect(life.prepared(at: after(.seconds(3))) == [.readTable])
        #expect(life.prepared(at: after(.seconds(3))) == [])
        #expect(life.tableRead() == [.publish(.starting), .direct, .goOn])
        #expect(life.beginDueLoad() == [])
        #expect(life.becameReady() == [.announceReady, .publish(.running), .changeCompanions])
        #expect(life.becameReady() == [.announceReady])
        #expect(life.nextMoment == nil)
    }

    @Test(arguments: [1, 2, 75] as [Int32])
    func aFileThatCannotBeUsedEndsTheStart(status: Int32) {
        var life = DaemonLife()
        _ = life.begin()
        #expect(
            life.loaded(.unusable(status), at: Self.start) == [
                .refuse, .end(DaemonLife.End(status: status)),
            ]
        )
        #expect(life.exitStatus == status)
        #expect(life.tableRead() == [])
        #expect(life.wantStop("TERM", at: Self.start) == [])
    }

    @Test mutating func aTableThatDoesNotComeIsReadAgainForAWhile() {
        _ = life.begin()
        _ = life.loaded(.usable, at: Self.start)
        _ = life.prepared(at: Self.start)
        #expect(life.tableFailed(isPassing: true, at: Self.start) == [])
        #expect(life.nextMoment == after(.milliseconds(200)))
        #expect(life.timePassed(at: after(.milliseconds(199))) == [])
        #expect(life.timePassed(at: after(.milliseconds(200))) == [.readTable])
        #expect(life.nextMoment == nil)
        #expect(
            life.tableFailed(isPassing: true, at: after(.seconds(5))) == [.giveUp, .close]
        )
        #expect(life.closed() == [.end(DaemonLife.End(status: 1))])
        #expect(life.closed() == [])
    }

    @Test mutating func aTableThatWillNeverComeEndsTheStart() {
        _ = life.begin()
        _ = life.loaded(.usable, at: Self.start)
        _ = life.prepared(at: Self.start)
        #expect(life.tableFailed(isPassing: false, at: Self.start) == [.giveUp, .close])
        #expect(life.closed() == [.end(DaemonLife.End(status: 1))])
    }

    @Test mutating func aReloadThatIsWantedBeforeTheStartFollowsIt() {
        _ = life.begin()
        #expect(life.wantLoad(.change) == [])
        _ = life.loaded(.usable, at: Self.start)
        #expect(life.wantLoad(.request) == [])
        _ = life.prepared(at: Self.start)
        #expect(life.wantLoad(.change) == [])
        #expect(life.tableRead() == [.publish(.starting), .direct, .goOn])
        // It may have become ready at once.
        _ = life.becameReady()
        #expect(life.beginDueLoad() == [.announceReload, .load(.request)])
    }

    @Test func aReloadIsOverWithTheNextRoundOfVerdictsOrAfterAWhile() {
        for isLate in [false, true] {
            var life = Self.ready
            #expect(life.wantLoad(.change) == [.announceReload, .load(.change)])
            #expect(life.nextMoment == nil)
            #expect(
                life.loaded(.usable, at: Self.start) == [.replace, .changeCompanions, .publish(.running), .goOn]
            )
            #expect(life.nextMoment == after(.seconds(10)))
            #expect((isLate ? life.timePassed(at: after(.seconds(10))) : life.becameReady()) == [.announceReady])
            #expect(life.nextMoment == nil)
        }
    }

    @Test func aReloadOfADirectorThatIsNotReadyIsOverWhenItIs() {
        var life = Self.running
        #expect(life.wantLoad(.request) == [.announceReload, .load(.request)])
        #expect(life.loaded(.usable, at: Self.start) == [.replace, .publish(.starting), .goOn])
        #expect(life.nextMoment == nil)
        #expect(life.becameReady() == [.announceReady, .publish(.running), .changeCompanions])
    }

    @Test func aFileThatCannotBeUsedChangesNothing() {
        var life = Self.ready
        _ = life.wantLoad(.request)
        #expect(life.loaded(.unusable(2), at: Self.start) == [.keep, .announceReady, .publish(.running), .goOn])
        life = Self.running
        _ = life.wantLoad(.request)
        #expect(life.loaded(.unusable(2), at: Self.start) == [.keep, .publish(.starting), .goOn])
    }

    @Test func whatIsWantedDuringALoadIsLoadedOnceAfterIt() {
        var life = Self.ready
        _ = life.wantLoad(.change)
        for _ in 0..<3 { #expect(life.wantLoad(.request) == []) }
        #expect(life.wantLoad(.change) == [])
        #expect(life.loaded(.usable, at: Self.start).last == .goOn)
        #expect(life.beginDueLoad() == [.announceReload, .load(.request)])
        #expect(life.loaded(.usable, at: Self.start).last == .goOn)
        #expect(life.beginDueLoad() == [])
    }

    @Test func aStopLeavesTheKernelAndGivesWhatWasBegunALittleTime() {
        var life = Self.ready
        #expect(
            life.wantStop("TERM", at: Self.start) == [.announceStop, .publish(.stopping), .leave]
        )
        #expect(life.nextMoment == after(.seconds(10)))
        #expect(life.wantLoad(.request) == [])
        #expect(life.becameIdle() == [])
        #expect(life.stopped(at: after(.seconds(1))) == [.sumUpMails])
        #expect(life.nextMoment == after(.seconds(4)))
        var other = life
        let end = DaemonLife.Action.end(DaemonLife.End(status: 0, signal: "TERM"))
        #expect(life.becameIdle() == [.close])
        #expect(life.nextMoment == nil)
        #expect(life.closed() == [end])
        #expect(other.timePassed(at: after(.seconds(4))) == [.close])
        // Whoever wants it twice waits for no program either.
        #expect(other.wantStop("INT", at: after(.seconds(5))) == [end])
        #expect(other.closed() == [])
        var patient = Self.ready
        _ = patient.wantStop("TERM", at: Self.start)
        #expect(patient.stopped(at: after(.seconds(1)), patience: .seconds(20)) == [.sumUpMails])
        #expect(patient.nextMoment == after(.seconds(21)))
    }

    @Test func aKernelThatDoesNotAnswerIsNotWaitedForWithoutEnd() {
        var life = Self.ready
        _ = life.wantStop("INT", at: Self.start)
        var twice = life
        #expect(life.timePassed(at: after(.seconds(10))) == [.close])
        #expect(life.closed() == [.end(DaemonLife.End(status: 1, isKernelLate: true))])
        #expect(
            twice.wantStop("INT", at: Self.start) == [
                .end(DaemonLife.End(status: 0, signal: "INT", isKernelLate: true))
            ]
        )
        #expect(twice.wantStop("INT", at: Self.start) == [])
    }

    @Test(arguments: 0...2)
    func aStopBeforeTheTableIsThereEndsTheStart(step: Int) {
        var life = DaemonLife()
        _ = life.begin()
        if step > 0 { _ = life.loaded(.usable, at: Self.start) }
        if step > 1 { _ = life.prepared(at: Self.start) }
        let expected: [DaemonLife.Action] = [.announceStop, .failStart(1)] + (step == 1 ? [.endPreparation] : [])
        #expect(life.wantStop("TERM", at: Self.start) == expected)
        #expect(life.loaded(.usable, at: Self.start) == [])
        #expect(life.prepared(at: Self.start) == [])
        #expect(life.tableRead() == [])
        #expect(life.becameIdle() == [.close])
        #expect(life.closed() == [.end(DaemonLife.End(status: 0, signal: "TERM"))])
    }
}
