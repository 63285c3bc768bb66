package import System
package import Testing
import Time

extension EventLoop {
    /// Turns until something is so; where that does not come, the test is over.
    ///
    /// - Parameters:
    ///   - longest: the time that one turn waits at most.
    ///   - what: what is waited for.
    package func turn(
        atMost longest: Duration = .milliseconds(20),
        _ what: @autoclosure () -> Comment? = "nothing happens any more",
        sourceLocation: SourceLocation = #_sourceLocation,
        until condition: () throws -> Bool
    ) throws {
        let end = EventLoop.clock + .seconds(60)
        while !(try condition()) {
            try #require(EventLoop.clock < end, what(), sourceLocation: sourceLocation)
            try runTurn(atMost: longest)
        }
    }

    /// Turns for so long, in which nothing is to happen.
    package func turn(for time: Duration) throws {
        let end = EventLoop.clock + time
        while EventLoop.clock < end { try runTurn(atMost: .milliseconds(50)) }
    }
}
