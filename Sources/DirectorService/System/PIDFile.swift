package import CheckIO
import Glibc

/// The file that tells the number of a running director, for everybody to read.
///
/// That it runs is proven by the lock of a second file beside it, which is for its owner alone: a number can be left over
/// and be another process's by now, and a lock that everybody can take proves nothing.
package final class PIDFile {
    /// Why there is no PID file.
    package enum Failure: Error, Hashable {
        /// A living director holds it; its process, as far as the file tells.
        case isHeld(by: Int32?)
        case system(SystemFailure)
    }

    private let path: String
    /// Nil as long as the disk has no room for it.
    private var lock: FileLock?

    /// Takes the file for this process, and the processes that it forks.
    ///
    /// A full disk is no reason to be without a director: `write` then takes it once there is room.
    ///
    /// - Throws: `isHeld` when another director has it, `system` when it cannot be made.
    package init(claiming path: String) throws(Failure) {
        self.path = path
        do throws(Failure) {
            try takeLock()
        } catch {
            guard case .system(let failure) = error, failure.isShortage else { throw error }
        }
        // The original does not lock anything.
        if let process = Self.process(inFile: path), process != getpid(),
            DirectorProcess.exists(process, ofPIDFile: path, isLockKnown: true)
        {
            throw .isHeld(by: process)
        }
    }

    private func takeLock() throws(Failure) {
        do throws(FileLock.Refusal) {
            lock = try FileLock(at: Self.lock(of: path))
        } catch {
            switch error {
            case .held(let note): throw .isHeld(by: Self.number(in: note) ?? Self.process(inFile: path))
            case .unusable(let failure): throw .system(failure)
            }
        }
        lock?.leave(note: "\(getpid())\n")
    }

    /// Writes the number of this process; on a full disk it can be tried again.
    package func write() throws(Failure) {
        if lock == nil { try takeLock() }
        lock?.leave(note: "\(getpid())\n")
        if let failure = Descriptor.replace(path, with: "\(getpid())\n", mode: 0o644) { throw .system(failure) }
    }

    /// Removes the file, unless it has become somebody else's.
    package func remove() {
        if Self.process(inFile: path) == getpid() { unlink(path) }
        lock?.remove()
    }

    /// The process of the director that has taken the file at a path, or of one of the original that is named in it.
    package static func holder(of path: String) -> Int32? {
        switch FileLock.look(at: lock(of: path)) {
        case .held(let note): number(in: note) ?? process(inFile: path)
        case .free: living(path, isLockKnown: true)
        case .unknown: living(path, isLockKnown: false)
        }
    }

    private static func living(_ path: String, isLockKnown: Bool) -> Int32? {
        guard let process = process(inFile: path), process != getpid() else { return nil }
        return DirectorProcess.exists(process, ofPIDFile: path, isLockKnown: isLockKnown) ? process : nil
    }

    private static func lock(of path: String) -> String { "\(path).lock" }

    private static func process(inFile path: String) -> Int32? {
        guard case .success(let opened) = Descriptor.open(path, O_RDONLY | O_NONBLOCK) else { return nil }
        defer { close(opened) }
        var room = [UInt8](repeating: 0, count: 32)
        let count = pread(opened, &room, room.count, 0)
        guard count > 0 else { return nil }
        return number(in: String(decoding: room[..<count], as: UTF8.self))
    }

    /// The number in the first line of a text, which may stand between blanks.
    private static func number(in text: String) -> Int32? {
        let line = text.prefix { !$0.isNewline }.filter { !$0.isWhitespace }
        guard let process = Int32(line), process > 1 else { return nil }
        return process
    }
}
