import Configuration
import Testing
import Time

@testable import DirectorService

struct NoticeScheduleTests {
    private var schedule = NoticeSchedule()
    private var now = MonotonicTime(nanoseconds: 0)
    /// The programs that run, by what they are called.
    private var running: [String: Int] = [:]

    private func subject(_ name: String) -> NoticeSubject {
        NoticeSubject(kind: name.hasPrefix("G") ? .group : .router, name: name)
    }

    /// Tells of a state by some of: a program of the state `s`, one of all states `n`, a line `l`.
    private mutating func tell(_ name: String, _ word: String, _ hooks: String = "snl", isState: Bool = true)
        -> [String]
    {
        let notices = hooks.map { hook -> StateNotice in
            switch hook {
            case "s": StateNotice(.state, .run(NoticeProgram(.words(["\(name) \(word) state"])), variables: [:]))
            case "n": StateNotice(.any, .run(NoticeProgram(.words(["\(name) \(word) any"])), variables: [:]))
            case "p":
                StateNotice(.lowerPriority, .run(NoticeProgram(.words(["\(name) \(word) lower"])), variables: [:]))
            default: StateNotice(.line, .write("\(name) \(word)"))
            }
        }
        schedule.tell(of: subject(name), notices, isState: isState)
        return proceed()
    }

    private mutating func proceed() -> [String] {
        schedule.proceed(at: now).map { action in
            switch action {
            case .begin(.run(let program, _), let number):
                guard case .words(let words) = program.command else { return "?" }
                running[words[0]] = number
                return words[0]
            case .begin(.write(let line), _): return "line \(line)"
            case .begin(.send, _): return "mail"
            case .terminate(let number): return "end \(running.first { $0.value == number }?.key ?? "?")"
            }
        }
    }

    private mutating func ended(_ name: String) throws -> [String] {
        let number = running.removeValue(forKey: name)
        schedule.ended(try #require(number))
        return proceed()
    }

    private mutating func wait(_ time: Duration) -> [String] {
        now = now + time
        return proceed()
    }

    @Test mutating func whatIsToldOfOneIsToldOneAfterTheOther() throws {
        #expect(tell("A", "M") == ["A M state"])
        #expect(tell("B", "M") == ["B M state"])
        #expect(try ended("A M state") == ["A M any"])
        #expect(try ended("A M any") == ["line A M"])
        #expect(!schedule.isIdle)
        #expect(try ended("B M state") == ["B M any"])
        #expect(try ended("B M any") == ["line B M"])
        #expect(schedule.isIdle && schedule.nextMoment == nil)
    }

    @Test mutating func aNewerStateTakesThePlaceOfThoseThatWait() throws {
        #expect(tell("A", "M") == ["A M state"])
        #expect(tell("A", "B") == [])
        #expect(tell("A", "M2") == [])
        // Each line is written, programs are told the newest state.
        #expect(try ended("A M state") == ["line A M", "line A B", "A M2 state"])
        #expect(try ended("A M2 state") == ["A M2 any"])
        #expect(try ended("A M2 any") == ["line A M2"])
    }

    @Test mutating func aSlowProgramKeepsOthersForTenSecondsOnly() throws {
        #expect(tell("A", "M") == ["A M state"])
        #expect(schedule.nextMoment == now + .seconds(10))
        #expect(wait(.milliseconds(9_999)) == [])
        // It goes on beside what tells of the same state.
        #expect(wait(.milliseconds(1)) == ["A M any"])
        #expect(try ended("A M any") == ["line A M"])
        #expect(schedule.isIdle)
        // A newer state has it end, and does not wait for that.
        #expect(tell("A", "B") == ["end A M state", "A B state"])
        #expect(try ended("A M state") == [])
        #expect(try ended("A B state") == ["A B any"])
    }

    @Test mutating func aNewerStateLetsAProgramHaveItsTime() throws {
        #expect(tell("A", "M", "s") == ["A M state"])
        #expect(wait(.seconds(4)) == [])
        #expect(tell("A", "B", "s") == [])
        #expect(wait(.seconds(6)) == ["end A M state", "A B state"])
    }

    @Test mutating func somethingThatIsNoStateEndsNothing() throws {
        #expect(tell("A", "M", "s") == ["A M state"])
        #expect(wait(.seconds(10)) == [])
        #expect(tell("A", "x", "p", isState: false) == ["A x lower"])
        #expect(tell("A", "y", "p", isState: false) == [])
        #expect(tell("A", "z", "p", isState: false) == [])
        #expect(try ended("A x lower") == ["A z lower"])
    }

    @Test mutating func aGroupComesAfterItsMembers() throws {
        schedule.know(groups: ["G": ["A", "B"]])
        #expect(tell("A", "M", "sl") == ["A M state"])
        #expect(tell("B", "M", "l") == ["line B M"])
        #expect(tell("G", "M", "sl") == [])
        #expect(tell("C", "M", "l") == ["line C M"])
        // A newer state of a member comes after what its group is told before.
        #expect(tell("B", "B", "l") == [])
        #expect(try ended("A M state") == ["line A M", "G M state"])
        #expect(try ended("G M state") == ["line G M", "line B B"])
    }

    @Test mutating func aGroupThatIsToldFirstComesFirst() throws {
        schedule.know(groups: ["G": ["A", "B"]])
        #expect(tell("G", "B", "sl") == ["G B state"])
        #expect(tell("A", "B", "l") == [])
        #expect(tell("B", "B", "sl") == [])
        #expect(try ended("G B state") == ["line G B", "line A B", "B B state"])
    }

    @Test mutating func atTheStopNothingWaitsLong() throws {
        #expect(tell("A", "M", "sl") == ["A M state"])
        schedule.beginStop()
        #expect(tell("A", "STOP", "snl") == [])
        #expect(wait(.seconds(1)) == ["line A M", "end A M state", "A STOP state"])
        #expect(wait(.seconds(1)) == ["A STOP any"])
        #expect(wait(.seconds(1)) == ["line A STOP"])
        #expect(schedule.isIdle)
    }

    @Test mutating func whatWaitsIsBounded() throws {
        #expect(tell("A", "M", "s") == ["A M state"])
        for number in 0..<1_000 { _ = tell("A", "\(number)", "snl") }
        #expect(schedule.lostCount > 700)
        #expect(try ended("A M state").last == "A 999 state")
        // So are programs that run at once.
        for number in 0..<150 { _ = tell("R\(number)", "M", "s") }
        #expect(running.count == 100)
        #expect(try ended("R0 M state").count == 1)
    }
}
