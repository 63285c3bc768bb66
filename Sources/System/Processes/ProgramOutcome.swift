import Glibc

/// How a program ended.
package struct ProgramOutcome: Hashable, Sendable {
    /// The way it ended.
    package enum End: Hashable, Sendable {
        /// It returned that status, 0...255.
        case exited(Int)
        /// That signal ended it.
        case signalled(Int)
        /// It has ended, but the kernel does not tell how, as where it is told to ignore `SIGCHLD`.
        case untold
    }

    /// The way it ended.
    package var end: End
    /// Whether it was told to end because its time was over.
    package var isTimedOut: Bool
    /// What was captured of its output.
    package var output: [UInt8]
    /// What was captured of its errors.
    package var errors: [UInt8]

    /// Makes an outcome.
    package init(_ end: End, isTimedOut: Bool = false, output: [UInt8] = [], errors: [UInt8] = []) {
        self.end = end
        self.isTimedOut = isTimedOut
        self.output = output
        self.errors = errors
    }

    /// Whether it returned 0 in its time.
    package var isSuccess: Bool { end == .exited(0) && !isTimedOut }
}

extension ProgramOutcome.End {
    /// The end that `waitpid` tells.
    init(waitStatus: Int32) {
        let signal = waitStatus & 0x7f
        self = signal == 0 ? .exited(Int(waitStatus >> 8 & 0xff)) : .signalled(Int(signal))
    }
}
