import Testing
import Time

@testable import DirectorService

struct RespawnPaceTests {
    @Test func aProcessThatDiesIsStartedAtOnceAndLaterWhereItDiesAgainAndAgain() {
        var pace = RespawnPace()
        var now = MonotonicTime(nanoseconds: 0)
        var pauses: [Duration] = []
        for _ in 0..<7 {
            pace.began(at: now)
            now = now + .milliseconds(50)
            let pause = pace.pause(at: now)
            pauses.append(pause)
            now = now + pause
        }
        #expect(pauses == [.zero, .zero, .zero, .milliseconds(200), .seconds(1), .seconds(5), .seconds(5)])
        // One that lived counts as sound.
        pace.began(at: now)
        now = now + .seconds(10)
        #expect(pace.isSound(at: now))
        #expect(pace.pause(at: now) == .zero)
    }
}
