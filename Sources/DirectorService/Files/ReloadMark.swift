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
        self.path = path
        _ = scribe.lay(load: 1) { try? ReplacedFile.put("", at: path, mode: 0o644) }
    }

    /// Removes it.
    func remove() {
        guard let path else { return }
        self.path = nil
        _ = scribe.lay(load: 1) { unlink(path) }
    }
}
