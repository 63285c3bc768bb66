import Glibc

/// The file that tells the number of a running daemon, for everybody to read.
///
/// That it runs is proven by the lock of a second file beside it, which is for its owner alone: a number can be left over
/// and be another process's by now, and a lock that everybody can take proves nothing.
package final class PIDFile {
    /// Why there is no PID file.
    package enum Failure: Error, Hashable {
        /// A living daemon holds it; its process, as far as the file tells.
        case isHeld(by: Int32?)
        case system(SystemFailure)
    }

    /// Tells whether a process that a file names is a daemon of its kind.
    ///
    /// - Parameter isLockKnown: whether it is known that nobody holds the lock of the file.
    package typealias Judge = (_ process: Int32, _ isLockKnown: Bool) -> Bool

    private let path: String
    /// Nil as long as the disk has no room for it.
    private var lock: FileLock?

    /// Takes the file for this process, and the processes that it forks.
    ///
    /// A full disk is no reason to be without a daemon: `write` then takes it once there is room.
    ///
    /// - Parameter isDaemon: whether a process that the file names is a daemon of its kind, though it holds no lock.
    /// - Throws: `isHeld` when another daemon has it, `system` when it cannot be made.
    package init(claiming path: String, unlessHeldBy isDaemon: Judge) throws(Failure) {
        self.path = path
        do throws(Failure) {
            try takeLock()
        } catch {
            guard case .system(let failure) = error, failure.isShortage else { throw error }
        }
        // A director that locks nothing, such as the original, is found by the number in its file.
        if let process = Self.process(inFile: path), process != getpid(), isDaemon(process, true) {
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
        do throws(SystemFailure) {
            try ReplacedFile.put("\(getpid())\n", at: path, mode: 0o644)
        } catch {
            throw .system(error)
        }
    }

    /// Removes the file, unless it has become somebody else's.
    package func remove() {
        if Self.process(inFile: path) == getpid() { unlink(path) }
        lock?.remove()
    }

    /// The process of the daemon that has taken the file at a path, or of one that locks nothing and is named in it.
    package static func holder(of path: String, orNamed isDaemon: Judge) -> Int32? {
        switch FileLock.look(at: lock(of: path)) {
        case .held(let note): number(in: note) ?? process(inFile: path)
        case .free: living(path, isLockKnown: true, isDaemon)
        case .unknown: living(path, isLockKnown: false, isDaemon)
        }
    }

    private static func living(_ path: String, isLockKnown: Bool, _ isDaemon: Judge) -> Int32? {
        guard let process = process(inFile: path), process != getpid() else { return nil }
        return isDaemon(process, isLockKnown) ? process : nil
    }

    private static func lock(of path: String) -> String { "\(path).lock" }

    private static func process(inFile path: String) -> Int32? {
        guard let file = try? Descriptor(open: path, O_RDONLY | O_NONBLOCK) else { return nil }
        var room = [UInt8](repeating: 0, count: 32)
        let count = pread(file.number, &room, room.count, 0)
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
