import Addresses
import Failover
import Testing
import Time

@testable import VRRP

struct TrailerSequenceTests {
    @Test func hasSecondsAndTheirPart() {
        let sequence = TrailerSequence(clock: .seconds(0x6b00_f2d8) + .milliseconds(500))
        #expect(sequence.rawValue == 0x6b00_f2d8_8000_0000)
        #expect(sequence.seconds == 0x6b00_f2d8)
        #expect(sequence.fraction == 0x8000)
        #expect(sequence.counter == 0)
    }

    @Test(arguments: [Duration.seconds(10), .seconds(9), .seconds(-5)])
    func growsWhereTheClockStandsOrGoesBack(clock: Duration) {
        let last = TrailerSequence(clock: .seconds(10))
        #expect(TrailerSequence.following(last, clock: clock).rawValue == last.rawValue + 1)
    }

    @Test func staysWithinItsBits() {
        let last = TrailerSequence(rawValue: .max)
        #expect(TrailerSequence.following(last, clock: .seconds(Int64.max)) == last)
    }
}
