import CLinux
import Glibc

/// A file that is written beside the one it will replace, and renamed when it is complete.
package final class ReplacedFile {
    /// The file to replace, with all symbolic links followed.
    private let path: String
    /// Where it is written; nil when there is nothing that could be renamed, as with a device.
    private let temporaryPath: String?
    private var descriptor: Int32

    /// Begins a file that takes the place of the one at a path when it is complete.
    ///
    /// - Throws: `SystemFailure` of `open`, `mkstemp` or `fchmod`.
    package init(at path: String) throws(SystemFailure) {
        let target = Self.resolved(path)
        var old = stat()
        let exists = stat(target, &old) == 0
        if exists, old.st_mode & S_IFMT != S_IFREG {
            let opened = open(target, O_WRONLY | O_CLOEXEC)
            guard opened >= 0 else { throw .last("open") }
            self.path = target
            temporaryPath = nil
            descriptor = opened
            return
        }
        var template = Array("\(target).XXXXXX".utf8CString)
        let opened = mkstemp(&template)
        guard opened >= 0 else { throw .last("mkstemp") }
        _ = fcntl(opened, F_SETFD, FD_CLOEXEC)
        self.path = target
        temporaryPath = template.withUnsafeBufferPointer { $0.baseAddress.map { String(cString: $0) } }
        descriptor = opened
        if exists { _ = fchown(opened, old.st_uid, old.st_gid) }
        guard fchmod(opened, exists ? old.st_mode & 0o7777 : 0o666 & ~Self.fileModeMask) == 0 else {
            let error = SystemFailure.last("fchmod")
            discard()
            throw error
        }
    }

    deinit {
        discard()
    }

    /// Writes all bytes.
    package func write(_ bytes: [UInt8]) throws(SystemFailure) {
        try Descriptor.write(bytes, to: descriptor)
    }

    /// Puts the file, safely on the disk, in the place of the old one.
    package func commit() throws(SystemFailure) {
        guard let temporaryPath else { return try close() }
        do throws(SystemFailure) {
            guard fsync(descriptor) == 0 else { throw SystemFailure.last("fsync") }
            try close()
            guard rename(temporaryPath, path) == 0 else { throw SystemFailure.last("rename") }
        } catch {
            unlink(temporaryPath)
            throw error
        }
        syncDirectory()
    }

    /// Gives the file up; the old one stays.
    package func discard() {
        guard descriptor >= 0 else { return }
        Glibc.close(descriptor)
        descriptor = -1
        if let temporaryPath { unlink(temporaryPath) }
    }

    private func close() throws(SystemFailure) {
        let result = Glibc.close(descriptor)
        let error = SystemFailure.last("close")
        descriptor = -1
        if result != 0 { throw error }
    }

    /// Makes the new name last; where a directory cannot be synchronised the file is complete all the same.
    private func syncDirectory() {
        let name = path.utf8.lastIndex(of: UInt8(ascii: "/")).map { String(path[..<$0]) } ?? "."
        let directory = open(name.isEmpty ? "/" : name, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard directory >= 0 else { return }
        fsync(directory)
        Glibc.close(directory)
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
