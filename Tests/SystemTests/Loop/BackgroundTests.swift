import Glibc
import TestKit
import Testing

@testable import System

@Suite(.waits)
struct BackgroundTests {
    private static var niceness: Int32 { getpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0) }

    /// The nice value that work has.
    private func niceness(waitsItsTurn: Bool) throws -> Int32? {
        let loop = try EventLoop()
        var niceness: Int32?
        Background.begin(on: loop, waitsItsTurn: waitsItsTurn) {
            Self.niceness
        } then: {
            niceness = $0
        }
        try loop.turn { niceness != nil }
        return niceness
    }

    @Test func longWorkComesAfterTheLoop() throws {
        let own = Self.niceness
        #expect(try niceness(waitsItsTurn: false) == own)
        #expect(try niceness(waitsItsTurn: true) == min(own + 10, 19))
        #expect(Self.niceness == own)
    }
}
