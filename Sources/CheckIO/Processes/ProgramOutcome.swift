import Dialogues
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

    /// What it said, in one line for people; nil for nothing.
    ///
    /// It is the first line of its errors and that of its output, and what may have been in its way.
    package var words: String? {
        var lines = [errors, output].compactMap(Self.firstLine)
        // Any line of its errors may tell of it.
        if let note = Sandbox.note(end, String(decoding: errors + output, as: UTF8.self)) { lines.append(note) }
        return lines.isEmpty ? nil : lines.joined(separator: "; ")
    }

    /// The first line that has something to read, bounded and printable.
    private static func firstLine(of bytes: [UInt8]) -> String? {
        for line in bytes.split(whereSeparator: { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }) {
            let isBlank = { (byte: UInt8) in byte <= 0x20 }
            var text = line.drop(while: isBlank)
            while let last = text.last, isBlank(last) { text.removeLast() }
            if !text.isEmpty { return String(printable: text) }
        }
        return nil
    }
}

extension ProgramOutcome.End {
    /// The end that `waitpid` tells.
    init(waitStatus: Int32) {
        let signal = waitStatus & 0x7f
        self = signal == 0 ? .exited(Int(waitStatus >> 8 & 0xff)) : .signalled(Int(signal))
    }
}
