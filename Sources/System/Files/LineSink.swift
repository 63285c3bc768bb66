import CLinux
import Glibc

/// The end of a file or stream that lines are written to.
///
/// A file is opened for each writing, so that one that was moved away or lost its folder comes back by itself.
package enum LineSink: Hashable, Sendable {
    case file(String)
    case stream(Int32)

    /// The most bytes that a pipe takes at once or not at all.
    private static let pieceSize = 4096

    /// Writes what can be written.
    ///
    /// - Parameter patience: the milliseconds for which whoever reads a stream is waited for, before each piece.
    /// - Throws: `SystemFailure` of `open` or `write`; `EAGAIN` of a stream that nobody reads.
    package func write(_ bytes: [UInt8], patience: Int32 = 0) throws(SystemFailure) {
        switch self {
        case .file(let path):
            try Descriptor(open: path, O_WRONLY | O_APPEND | O_CREAT | O_NONBLOCK).write(bytes)
        case .stream(let descriptor):
            var rest = bytes[...]
            while !rest.isEmpty {
                // O_NONBLOCK would hold for every process that shares the stream, so room is asked for instead.
                var watched = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
                guard poll(&watched, 1, patience) > 0 else { throw SystemFailure(call: "write", number: EAGAIN) }
                let piece = Array(rest.prefix(Self.pieceSize))
                try Descriptor.write(piece, to: descriptor)
                rest = rest.dropFirst(piece.count)
            }
        }
    }
}
