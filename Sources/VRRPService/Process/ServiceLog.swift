import CLinux
import Glibc
import System

/// What the process itself has to say to whoever started it, by its standard error; a reader who does not read is not waited for.
struct ServiceLog {
    /// The most lines in a minute of one kind.
    private static let burst = 5
    private var counts: [String: Int] = [:]

    /// Writes a line.
    ///
    /// - Parameter kind: what its repetitions are counted by; nil where it cannot come often.
    mutating func write(_ text: String, kind: String? = nil) {
        if let kind {
            guard counts.count < 1_000 else { return }
            counts[kind, default: 0] += 1
            guard counts[kind, default: 0] <= Self.burst else { return }
        }
        Self.write("directrix-vrrp: \(text)\n")
    }

    /// Lets kinds be told again; called each minute.
    mutating func forget() {
        for (kind, count) in counts where count > Self.burst {
            Self.write("directrix-vrrp: \(count - Self.burst) more of: \(kind)\n")
        }
        counts = [:]
    }

    /// Writes to standard error if that takes it now.
    static func write(_ text: String) {
        var descriptor = pollfd(fd: STDERR_FILENO, events: Int16(POLLOUT), revents: 0)
        guard poll(&descriptor, 1, 0) == 1, descriptor.revents & Int16(POLLOUT) != 0 else { return }
        let bytes = Array(text.utf8.prefix(2_048))
        _ = Glibc.write(STDERR_FILENO, bytes, bytes.count)
    }
}
