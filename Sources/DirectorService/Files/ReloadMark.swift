import Glibc
import System

/// A file that is there while a director loads its configuration again, for those who wait for the end of that.
final class ReloadMark {
    /// Makes and removes it in the order in which that was wanted, whatever its disk is doing.
    private let scribe: Scribe
    /// The path of the file that is there; nil for none.
    private var path: String?

    /// - Throws: `SystemFailure` of `eventfd`.
    init() throws(SystemFailure) {
        scribe = try Scribe(capacity: 16)
    }

    /// Makes the file at a path; nil for no file.
    func set(_ path: String?) {
        guard let path, self.path == nil else { return }
        let isTaken = scribe.lay(load: 1) { try? ReplacedFile.put("", at: path, mode: 0o644) }
        if isTaken { self.path = path }
    }

    /// Has it removed.
    func remove() {
        guard let path else { return }
        self.path = nil
        // There is room always: what was made is removed, whatever its disk is doing.
        _ = scribe.lay(load: 0) { unlink(path) }
    }

    /// Has it removed, and waits for that, but no longer than that.
    func remove(within limit: Duration) {
        remove()
        scribe.settle(within: limit)
    }
}
