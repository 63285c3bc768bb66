import CLinux
import Glibc

/// A file that is written beside the one it will replace, and renamed when it is complete: whoever reads it sees the old one or
/// the new one, whole.
///
/// What is written goes by a name that nobody can foresee, and to no file that is there already.
package final class ReplacedFile {
    /// The file to replace.
    private let path: String
    /// Where it is written; nil when there is nothing that could be renamed, as with a device.
    private let draft: String?
    /// Whether it is forced to the disk before it takes its place, and so outlasts a crash of the machine.
    private let isForced: Bool
    private var descriptor: Descriptor?

    /// Begins a file that takes the place of the one that a path leads to: links stay, and so do owner and mode.
    ///
    /// - Throws: `SystemFailure` of `open` or `fchmod`.
    package convenience init(at path: String) throws(SystemFailure) {
        let target = Self.resolved(path)
        var old = stat()
        let exists = stat(target, &old) == 0
        if exists, old.st_mode & S_IFMT != S_IFREG {
            self.init(open: try Descriptor(open: target, O_WRONLY), at: target)
            return
        }
        try self.init(beside: target, isForced: true)
        if exists { changeOwner(old.st_uid, old.st_gid) }
        try changeMode(exists ? old.st_mode & 0o7777 : 0o666 & ~Self.fileModeMask)
    }

    private init(open descriptor: consuming Descriptor, at path: String) {
        self.path = path
        draft = nil
        isForced = false
        self.descriptor = consume descriptor
    }

    private init(beside path: String, isForced: Bool) throws(SystemFailure) {
        self.path = path
        self.isForced = isForced
        for _ in 0..<100 {
            let name = "\(path).\(String(UInt64.random(in: .min ... .max), radix: 36))"
            do throws(SystemFailure) {
                descriptor = try Descriptor(open: name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, mode: 0o600)
            } catch  where error.number == EEXIST {
                continue
            }
            draft = name
            return
        }
        throw SystemFailure(call: "open", number: EEXIST)
    }

    deinit {
        discard()
    }

    /// Puts a file with that text and mode at a path, in the place of whatever has that name.
    ///
    /// It is not forced to the disk: it tells of a process, and means nothing after a crash of the machine.
    ///
    /// - Throws: `SystemFailure` of `open`, `write`, `fchmod`, `close` or `rename`.
    package static func put(_ text: String, at path: String, mode: UInt32) throws(SystemFailure) {
        let file = try ReplacedFile(beside: path, isForced: false)
        try file.write(Array(text.utf8))
        try file.changeMode(mode)
        try file.commit()
    }

    /// Writes all bytes.
    ///
    /// - Throws: `SystemFailure` of `write`; `EBADF` when it was given up or is complete.
    package func write(_ bytes: [UInt8]) throws(SystemFailure) {
        try Descriptor.write(bytes, to: number)
    }

    /// Puts the file in the place of the old one.
    ///
    /// - Throws: `SystemFailure` of `fsync`, `close` or `rename`; the old one stays then.
    package func commit() throws(SystemFailure) {
        do throws(SystemFailure) {
            if isForced { guard fsync(number) == 0 else { throw SystemFailure.last("fsync") } }
            try descriptor.take()?.close()
            guard let draft else { return }
            guard rename(draft, path) == 0 else { throw SystemFailure.last("rename") }
        } catch {
            removeDraft()
            throw error
        }
        if isForced { forceFolder() }
    }

    /// Gives the file up; the old one stays.
    package func discard() {
        guard number >= 0 else { return }
        descriptor = nil
        removeDraft()
    }

    private var number: Int32 {
        switch descriptor {
        case .some(let descriptor): descriptor.number
        case .none: -1
        }
    }

    private func removeDraft() {
        if let draft { unlink(draft) }
    }

    /// Gives it to somebody else, which only root can.
    private func changeOwner(_ user: uid_t, _ group: gid_t) {
        _ = fchown(number, user, group)
    }

    /// Gives it exactly that mode, from which the mask of the process may have taken something away.
    private func changeMode(_ mode: mode_t) throws(SystemFailure) {
        guard fchmod(number, mode) == 0 else { throw .last("fchmod") }
    }

    /// Makes the new name last; where a folder cannot be forced to the disk the file is complete all the same.
    private func forceFolder() {
        let name = path.utf8.lastIndex(of: UInt8(ascii: "/")).map { String(path[..<$0]) } ?? "."
        guard let folder = try? Descriptor(open: name.isEmpty ? "/" : name, O_RDONLY | O_DIRECTORY) else { return }
        fsync(folder.number)
    }

    private static var fileModeMask: mode_t {
        let mask = umask(0)
        umask(mask)
        return mask
    }

    private static func resolved(_ path: String) -> String {
        guard let resolved = realpath(path, nil) else { return path }
        defer { free(resolved) }
        return String(cString: resolved)
    }
}
