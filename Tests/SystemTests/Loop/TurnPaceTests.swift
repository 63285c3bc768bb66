import Testing
import Time

@testable import System

struct TurnPaceTests {
    private var pace = TurnPace()
    private var now = MonotonicTime(nanoseconds: 1_000_000_000)

    init() {
        pace.spacing = .milliseconds(2)
    }

    /// Makes a turn at once after the one before, and gives the rest before it.
    private mutating func turn() -> Duration {
        let rest = pace.rest(before: now)
        now = now + rest
        return rest
    }

    @Test mutating func turnsThatFollowEachOtherAreHeldApart() {
        for number in 0...TurnPace.freeTurns { #expect(turn() == .zero, "turn \(number)") }
        for _ in 0..<20 { #expect(turn() == .milliseconds(2)) }
    }

    @Test mutating func aRestMakesTurnsFreeAgain() {
        for _ in 0..<50 { _ = turn() }
        now = now + .milliseconds(10)
        // Five turns' time has passed.
        for _ in 0..<5 { #expect(turn() == .zero) }
        #expect(turn() == .milliseconds(2))
        now = now + .seconds(3600)
        for _ in 0...TurnPace.freeTurns { #expect(turn() == .zero) }
        #expect(turn() == .milliseconds(2))
    }

    @Test mutating func turnsThatComeSlowlyAreNotHeld() {
        for _ in 0..<100 {
            #expect(turn() == .zero)
            now = now + .milliseconds(2)
        }
    }
}
