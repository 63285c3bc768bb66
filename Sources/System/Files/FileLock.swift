import CLinux
import Glibc

/// A lock that nobody but its owner can hold, for it is on a file that nobody else can open.
///
/// It ends with the last process that was given it, whatever ends it, and asking for its holder takes it from nobody:
/// `F_OFD_SETLK` and `F_OFD_GETLK`.
package final class FileLock {
    /// Why the lock was not given.
    package enum Refusal: Error, Hashable {
        /// Somebody has it, who left that note.
        case held(note: String)
        case unusable(SystemFailure)
    }

    private let path: String
    private let file: Descriptor

    /// The most bytes of a note.
    private static let longestNote = 1 << 13

    /// Takes the lock of the file at a path, which is made if need be.
    ///
    /// A file that others could open, or that is somebody else's, is no proof of anything; another takes its place.
    package init(at path: String) throws(Refusal) {
        for _ in 0..<100 {
            let file: Descriptor
            do throws(SystemFailure) {
                file = try Descriptor(open: path, O_RDWR | O_CREAT | O_NOFOLLOW | O_NONBLOCK, mode: 0o600)
            } catch {
                guard [ELOOP, EACCES, ENXIO].contains(error.number), Self.isForeign(path), unlink(path) == 0 else {
                    throw .unusable(error)
                }
                continue
            }
            guard Self.isOurs(file) else {
                // Another process may have put a good one in its place.
                guard file.isNamed(path) else { continue }
                guard unlink(path) == 0 || errno == ENOENT else {
                    throw .unusable(SystemFailure(call: "unlink", number: errno))
                }
                continue
            }
            guard Self.control(file.number, Self.setLock) != nil else {
                let number = errno
                guard number == EAGAIN || number == EACCES else {
                    throw .unusable(SystemFailure(call: "fcntl", number: number))
                }
                throw .held(note: Self.note(of: file.number))
            }
            // Between opening and locking, another process may have removed it.
            guard file.isNamed(path) else { continue }
            self.path = path
            self.file = file
            return
        }
        throw .unusable(SystemFailure(call: "fcntl", number: EAGAIN))
    }

    /// Leaves a note for those who come later; a full disk leaves them without one.
    package func leave(note: String) {
        let bytes = Array(note.utf8.prefix(Self.longestNote))
        _ = ftruncate(file.number, 0)
        _ = pwrite(file.number, bytes, bytes.count, 0)
    }

    /// Removes the file, unless it has become somebody else's.
    package func remove() {
        if file.isNamed(path) { unlink(path) }
    }

    /// What can be found out about a lock.
    package enum Look: Hashable {
        /// Nobody has it.
        case free
        /// Somebody has it, who left that note.
        case held(note: String)
        /// The file is another user's, who alone knows.
        case unknown
    }

    /// Looks at the lock of the file at a path.
    package static func look(at path: String) -> Look {
        let file: Descriptor
        do throws(SystemFailure) {
            file = try Descriptor(open: path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK)
        } catch {
            return error.number == EACCES || error.number == EPERM ? .unknown : .free
        }
        guard isOurs(file) else {
            // Root can open what it does not trust; its owner knows more.
            return file.status.map { $0.st_uid != geteuid() } == true ? .unknown : .free
        }
        guard let found = control(file.number, getLock), Int32(found.l_type) != F_UNLCK else { return .free }
        return .held(note: note(of: file.number))
    }

    // MARK: What Glibc names only for GNU programs

    private static let getLock: Int32 = 36
    private static let setLock: Int32 = 37

    /// Asks for, or about, an exclusive lock on the whole of a file; nil when that fails, with the reason in `errno`.
    private static func control(_ descriptor: Int32, _ command: Int32) -> flock? {
        var lock = flock()
        lock.l_type = Int16(F_WRLCK)
        lock.l_whence = Int16(SEEK_SET)
        return withUnsafeMutablePointer(to: &lock) { fcntl(descriptor, command, $0) } == 0 ? lock : nil
    }

    // MARK: Whose file it is

    /// Whether it is a file that root or this user alone can open, under one name.
    private static func isOurs(_ file: borrowing Descriptor) -> Bool {
        guard let status = file.status else { return false }
        return status.st_mode & S_IFMT == S_IFREG && status.st_mode & 0o077 == 0 && status.st_nlink == 1
            && (status.st_uid == geteuid() || status.st_uid == 0)
    }

    /// Whether what is there is a link, no file, or another user's.
    private static func isForeign(_ path: String) -> Bool {
        var status = stat()
        guard lstat(path, &status) == 0 else { return false }
        return status.st_mode & S_IFMT != S_IFREG || (status.st_uid != geteuid() && status.st_uid != 0)
    }

    private static func note(of descriptor: Int32) -> String {
        var room = [UInt8](repeating: 0, count: longestNote)
        let count = pread(descriptor, &room, room.count, 0)
        return String(decoding: room.prefix(max(0, count)), as: UTF8.self)
    }
}
