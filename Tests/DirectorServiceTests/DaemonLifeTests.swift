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
        _ = life.tableRead()
        return life
    }

    private func after(_ duration: Duration) -> MonotonicTime { Self.start + duration }

    @Test mutating func aStartLoadsReadsTheTableAndDirects() {
        #expect(life.begin() == [.load(.request)])
        #expect(life.loaded(.usable, at: Self.start) == [.take, .readTable])
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
                .refuse, .end(status, signal: nil, isKernelLate: false),
            ]
        )
        #expect(life.exitStatus == status)
        #expect(life.tableRead() == [])
        #expect(life.wantStop("TERM", at: Self.start) == [])
    }

    @Test mutating func aTableThatDoesNotComeIsReadAgainForAWhile() {
        _ = life.begin()
        _ = life.loaded(.usable, at: Self.start)
        #expect(life.tableFailed(isPassing: true, at: Self.start) == [])
        #expect(life.nextMoment == after(.milliseconds(200)))
        #expect(life.timePassed(at: after(.milliseconds(199))) == [])
        #expect(life.timePassed(at: after(.milliseconds(200))) == [.readTable])
        #expect(life.nextMoment == nil)
        #expect(
            life.tableFailed(isPassing: true, at: after(.seconds(5))) == [
                .giveUp, .end(1, signal: nil, isKernelLate: false),
            ]
        )
    }

    @Test mutating func aTableThatWillNeverComeEndsTheStart() {
        _ = life.begin()
        _ = life.loaded(.usable, at: Self.start)
        #expect(
            life.tableFailed(isPassing: false, at: Self.start) == [.giveUp, .end(1, signal: nil, isKernelLate: false)]
        )
    }

    @Test mutating func aReloadThatIsWantedBeforeTheStartFollowsIt() {
        _ = life.begin()
        #expect(life.wantLoad(.change) == [])
        _ = life.loaded(.usable, at: Self.start)
        #expect(life.wantLoad(.request) == [])
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
        let end = DaemonLife.Action.end(0, signal: "TERM", isKernelLate: false)
        #expect(life.becameIdle() == [end])
        #expect(other.timePassed(at: after(.seconds(4))) == [end])
        var patient = Self.ready
        _ = patient.wantStop("TERM", at: Self.start)
        #expect(patient.stopped(at: after(.seconds(1)), patience: .seconds(20)) == [.sumUpMails])
        #expect(patient.nextMoment == after(.seconds(21)))
    }

    @Test func aKernelThatDoesNotAnswerIsNotWaitedForWithoutEnd() {
        var life = Self.ready
        _ = life.wantStop("INT", at: Self.start)
        var twice = life
        #expect(life.timePassed(at: after(.seconds(10))) == [.end(1, signal: nil, isKernelLate: true)])
        #expect(
            twice.wantStop("INT", at: Self.start) == [
                .end(0, signal: "INT", isKernelLate: true)
            ]
        )
        #expect(twice.wantStop("INT", at: Self.start) == [])
    }

    @Test mutating func aStopBeforeTheTableIsThereEndsTheStart() {
        _ = life.begin()
        #expect(life.wantStop("TERM", at: Self.start) == [.announceStop, .failStart(1)])
        #expect(life.loaded(.usable, at: Self.start) == [])
        #expect(life.becameIdle() == [.end(0, signal: "TERM", isKernelLate: false)])
    }
}
