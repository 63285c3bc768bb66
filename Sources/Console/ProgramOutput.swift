package import System
package import Texts

/// What a program says: answers on standard output, collected and written in large pieces, and complaints.
///
/// A program goes on when nobody takes its answers any more, for its work may be half done; `finish` tells in the end.
package final class ProgramOutput {
    /// The name under which the program was called.
    package let program: String
    /// What is to be written next.
    package var text = TextBuffer()
    private var output: any ByteSink
    private let errors: any ByteSink
    private var failure: SystemFailure?
    private static let pieceSize = 1 << 16

    /// Makes the output of the program that was called by that name.
    package init(program: String, output: any ByteSink, errors: any ByteSink) {
        self.program = program
        self.output = output
        self.errors = errors
        // Memory that is never written to is never paid for; text that outgrew its room would be copied.
        text.reserve(Self.pieceSize + Self.pieceSize / 8)
    }

    /// Whether what is written still goes somewhere.
    package var isHeard: Bool { failure == nil }

    /// Writes what has been collected if it is worth a system call.
    package func flushIfLarge() {
        if text.count >= Self.pieceSize { flush() }
    }

    /// Writes what has been collected.
    package func flush() {
        write(&text)
    }

    /// Writes and empties a text.
    package func write(_ text: inout TextBuffer) {
        defer { text.removeAll() }
        guard failure == nil, !text.isEmpty else { return }
        do {
            try output.write(text.bytes)
        } catch {
            failure = error
        }
    }

    /// Writes lines to standard error, after all answers so far.
    package func complain(_ lines: String) {
        flush()
        var text = TextBuffer(lines)
        text.append("\n")
        // There is nobody left to tell.
        try? errors.write(text.bytes)
    }

    /// Lets the answers go somewhere else while `body` runs.
    package func redirect(to sink: any ByteSink, _ body: () -> Void) {
        flush()
        let usual = output
        output = sink
        body()
        flush()
        output = usual
    }

    /// The failure of writing so far, which is then forgotten.
    package func takeFailure() -> SystemFailure? {
        defer { failure = nil }
        return failure
    }

    /// Writes what is left and gives the program's exit status: a success whose answer was lost is none.
    package func finish(_ status: Int32) -> Int32 {
        flush()
        guard let failure = takeFailure() else { return status }
        if !failure.isBrokenPipe { complain("\(program): write error: \(failure.message)") }
        return status == ExitStatus.success ? ExitStatus.failure : status
    }
}
