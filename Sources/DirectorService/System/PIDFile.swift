import CheckIO
import Glibc

/// The file that tells the number of a running director, and whose lock proves that it runs.
///
/// The lock is held as long as this object lives, or the process, or one that it forked. A file that is replaced is
/// replaced as a whole, so that a reader never finds it half written.
final class PIDFile {
    /// Why there is no PID file.
    enum Failure: Error, Hashable {
        /// A living director holds it; its process, as far as the file tells.
        case isHeld(by: Int32?)
        case system(SystemFailure)
    }

    private let path: String
    private var descriptor: Int32

    /// Takes the file for this process, and the processes that it forks.
    ///
    /// - Throws: `isHeld` when another director has it, `system` when it cannot be made.
    init(claiming path: String) throws(Failure) {
        descriptor = try Self.claim(path)
        self.path = path
    }

    /// Opens and locks the file at a path.
    private static func claim(_ path: String) throws(Failure) -> Int32 {
        for _ in 0..<100 {
            let descriptor: Int32
            switch Descriptor.open(path, O_RDWR | O_CREAT) {
            case .failure(let failure): throw .system(failure)
            case .success(let opened): descriptor = opened
            }
            guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
                let number = errno
                let holder = process(in: descriptor)
                close(descriptor)
                guard number == EWOULDBLOCK else { throw .system(SystemFailure(call: "flock", number: number)) }
                throw .isHeld(by: holder)
            }
            // Between opening and locking, another process may have replaced or removed it.
            guard isSame(descriptor, path) else {
                close(descriptor)
                continue
            }
            // The original does not lock its file.
            if let process = process(in: descriptor), process != getpid(), DirectorProcess.exists(process) {
                close(descriptor)
                throw .isHeld(by: process)
            }
            return descriptor
        }
        throw .system(SystemFailure(call: "flock", number: EAGAIN))
    }

    deinit {
        close(descriptor)
    }

    /// Writes the number of this process.
    func write() throws(Failure) {
        let draft = "\(path).\(getpid())"
        let new: Int32
        switch Descriptor.open(draft, O_RDWR | O_CREAT | O_TRUNC) {
        case .failure(let failure): throw .system(failure)
        case .success(let opened): new = opened
        }
        var failure = Descriptor.write(Array("\(getpid())\n".utf8), to: new)
        if failure == nil, flock(new, LOCK_EX | LOCK_NB) != 0 { failure = SystemFailure(call: "flock", number: errno) }
        if failure == nil, rename(draft, path) != 0 { failure = SystemFailure(call: "rename", number: errno) }
        if let failure {
            close(new)
            unlink(draft)
            throw .system(failure)
        }
        close(descriptor)
        descriptor = new
    }

    /// Removes the file, unless it has become somebody else's.
    func remove() {
        if Self.isSame(descriptor, path) { unlink(path) }
    }

    private static func isSame(_ descriptor: Int32, _ path: String) -> Bool {
        var opened = stat()
        var named = stat()
        return fstat(descriptor, &opened) == 0 && stat(path, &named) == 0 && opened.st_ino == named.st_ino
            && opened.st_dev == named.st_dev
    }

    private static func process(in descriptor: Int32) -> Int32? {
        var room = [UInt8](repeating: 0, count: 32)
        let count = pread(descriptor, &room, room.count, 0)
        guard count > 0 else { return nil }
        let digits = room[..<count].prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        guard let process = Int32(String(decoding: digits, as: UTF8.self)), process > 1 else { return nil }
        return process
    }
}
