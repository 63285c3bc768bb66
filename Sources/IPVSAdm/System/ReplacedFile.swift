import Console
import Glibc

/// A file that is written beside the one it will replace, and renamed when it is complete.
final class ReplacedFile: FileReplacement {
    /// The file to replace, with all symbolic links followed.
    private let path: String
    /// Where it is written; nil when there is nothing that could be renamed, as with a device.
    private let temporaryPath: String?
    private var descriptor: Int32

    init(at path: String) throws(SystemError) {
        let target = Self.resolved(path)
        var old = stat()
        let exists = stat(target, &old) == 0
        if exists, old.st_mode & S_IFMT != S_IFREG {
            let opened = open(target, O_WRONLY | O_CLOEXEC)
            guard opened >= 0 else { throw .last }
            self.path = target
            temporaryPath = nil
            descriptor = opened
            return
        }
        var template = Array("\(target).XXXXXX".utf8CString)
        let opened = mkstemp(&template)
        guard opened >= 0 else { throw .last }
        _ = fcntl(opened, F_SETFD, FD_CLOEXEC)
        self.path = target
        temporaryPath = template.withUnsafeBufferPointer { $0.baseAddress.map { String(cString: $0) } }
        descriptor = opened
        if exists { _ = fchown(opened, old.st_uid, old.st_gid) }
        guard fchmod(opened, exists ? old.st_mode & 0o7777 : 0o666 & ~Self.fileModeMask) == 0 else {
            let error = SystemError.last
            discard()
            throw error
        }
    }

    deinit {
        discard()
    }

    func write(_ bytes: [UInt8]) throws(SystemError) {
        try FileDescriptorSink.write(bytes, to: descriptor)
    }

    func commit() throws(SystemError) {
        guard let temporaryPath else { return try close() }
        do throws(SystemError) {
            guard fsync(descriptor) == 0 else { throw SystemError.last }
            try close()
            guard rename(temporaryPath, path) == 0 else { throw SystemError.last }
        } catch {
            unlink(temporaryPath)
            throw error
        }
        syncDirectory()
    }

    func discard() {
        guard descriptor >= 0 else { return }
        Glibc.close(descriptor)
        descriptor = -1
        if let temporaryPath { unlink(temporaryPath) }
    }

    private func close() throws(SystemError) {
        let result = Glibc.close(descriptor)
        let error = SystemError.last
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
