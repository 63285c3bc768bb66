import Glibc

/// A limit to the wait for something that the kernel does in its own time.
public enum Deadline {
    /// Asks again and again until the answer is yes, and returns whether it was in time.
    ///
    /// - Parameter pause: the microseconds from an answer to the next question.
    public static func wait(seconds: Int, pause: UInt32 = 20_000, until isReached: () throws -> Bool) rethrows -> Bool {
        let end = ContinuousClock.now + .seconds(seconds)
        while ContinuousClock.now < end {
            if try isReached() { return true }
            usleep(pause)
        }
        return try isReached()
    }
}
