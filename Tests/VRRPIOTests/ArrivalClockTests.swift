import Testing
import Time

@testable import VRRPIO

/// A packet has come at a moment between the last time that none waited and now, whatever the wall clock did meanwhile.
struct ArrivalClockTests {
    private let wall = Duration.seconds(1_700_000_000)
    private let now = MonotonicTime(nanoseconds: 100_000_000_000)

    @Test(
        arguments: [
            (-1, 99), (0, 100), (-30, 90), (3_600, 100), (-3_600, 90),
        ] as [(Int, Int64)]
    )
    func arrivalsStayBetweenWhatIsKnown(secondsFromNow: Int, expected: Int64) {
        var clock = ArrivalClock()
        clock.begin(at: MonotonicTime(nanoseconds: 80_000_000_000))
        clock.wasEmpty(at: MonotonicTime(nanoseconds: 90_000_000_000))
        let stamp = (wall + .seconds(secondsFromNow)).nanoseconds
        let (moment, time) = clock.arrival(stamp: stamp, at: now, wall: wall)
        #expect(moment == MonotonicTime(nanoseconds: expected * 1_000_000_000))
        #expect(time == wall - (now - moment))
    }

    @Test func withoutAStampItCameNow() {
        #expect(ArrivalClock().arrival(stamp: 0, at: now, wall: wall) == (now, wall))
    }
}
