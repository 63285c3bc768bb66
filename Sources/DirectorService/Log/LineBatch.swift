import Glibc
import System

/// Lines of one turn of the loop, on their way to the log; written by a thread that may be held up.
struct LineBatch: Sendable {
    let lines: [String]
    /// What stands before each line.
    let prefix: String
    let target: Target

    /// The milliseconds for which the thread waits for a slow reader of a stream.
    private static let patience: Int32 = 1_000

    enum Target: Sendable {
        case sink(LineSink)
        case syslog(SyslogSocket)
    }

    /// How many bytes it keeps, roughly.
    var load: Int { lines.reduce(0) { $0 + $1.utf8.count + prefix.utf8.count + 17 } }

    /// Writes the lines behind a word on those that were lost before; what cannot be written is noted there.
    func write(_ losses: LineLosses) {
        let former = losses.line
        if let number = send((former.map { [$0] } ?? []) + lines) {
            losses.note(lines.count, because: SystemFailure.text(of: number))
        } else if former != nil {
            losses.forget()
        }
    }

    /// Sends them; the number of the error when they are lost.
    private func send(_ lines: [String]) -> Int32? {
        switch target {
        case .syslog(let socket):
            for line in lines {
                if let number = socket.send(message: prefix + line) { return number }
            }
            return nil
        case .sink(let sink):
            var bytes: [UInt8] = []
            for line in lines {
                bytes += prefix.utf8
                bytes += line.utf8
                bytes.append(UInt8(ascii: "\n"))
            }
            do throws(SystemFailure) {
                try sink.write(bytes, patience: Self.patience)
                return nil
            } catch {
                return error.number
            }
        }
    }
}
