import CLinux
import Glibc

/// The few calls on descriptors that several files need.
package enum Descriptor {
    /// Opens a file, not to be inherited by other programs.
    ///
    /// - Throws: `SystemFailure` of `open`.
    package static func open(_ path: String, _ flags: Int32, mode: UInt32 = 0o644) throws(SystemFailure) -> Int32 {
        let descriptor = Glibc.open(path, flags | O_CLOEXEC | O_NOCTTY, mode)
        guard descriptor >= 0 else { throw .last("open") }
        return descriptor
    }

    /// Writes all bytes, in as many calls as it takes.
    ///
    /// - Throws: `SystemFailure` of the first `write` that fails; `EIO` of one that takes nothing.
    package static func write(_ bytes: [UInt8], to descriptor: Int32) throws(SystemFailure) {
        var position = 0
        while position < bytes.count {
            let (count, number) = bytes.withUnsafeBytes { buffer in
                let count = Glibc.write(descriptor, buffer.baseAddress?.advanced(by: position), buffer.count - position)
                return (count, errno)
            }
            if count > 0 {
                position += count
            } else if count == 0 || number != EINTR {
                throw SystemFailure(call: "write", number: count == 0 ? EIO : number)
            }
        }
    }

    /// Reads to the end.
    ///
    /// - Throws: `SystemFailure` of `read`; with `EFBIG` when there are more than `limit` bytes.
    package static func read(_ descriptor: Int32, limit: Int) throws(SystemFailure) -> [UInt8] {
        var status = stat()
        var bytes: [UInt8] = []
        if fstat(descriptor, &status) == 0, status.st_size > 0, status.st_size < limit {
            bytes.reserveCapacity(Int(status.st_size) + 1)
        }
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = Glibc.read(descriptor, &chunk, chunk.count)
            if count == 0 { return bytes }
            guard count > 0 else {
                if errno == EINTR { continue }
                throw .last("read")
            }
            guard bytes.count + count <= limit else { throw SystemFailure(call: "read", number: EFBIG) }
            bytes += chunk[..<count]
        }
    }

    /// Replaces a file by one with that text, so that whoever reads it sees the old one or the new one.
    ///
    /// What is written goes by a name that nobody can foresee, and to no file that is there already. It is not forced to
    /// the disk: `ReplacedFile` is for what must outlast a crash of the machine.
    ///
    /// - Throws: `SystemFailure` of `open`, `write`, `fchmod` or `rename`.
    package static func replace(_ path: String, with text: String, mode: UInt32) throws(SystemFailure) {
        let (draft, descriptor) = try newFile(beside: path)
        do throws(SystemFailure) {
            defer { close(descriptor) }
            try write(Array(text.utf8), to: descriptor)
            // The mask of the process may have taken something away.
            guard fchmod(descriptor, mode) == 0 else { throw .last("fchmod") }
            guard rename(draft, path) == 0 else { throw .last("rename") }
        } catch {
            unlink(draft)
            throw error
        }
    }

    private static func newFile(beside path: String) throws(SystemFailure) -> (name: String, descriptor: Int32) {
        for _ in 0..<100 {
            let name = "\(path).\(String(UInt64.random(in: .min ... .max), radix: 36))"
            do throws(SystemFailure) {
                return (name, try open(name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, mode: 0o600))
            } catch  where error.number == EEXIST {
                continue
            }
        }
        throw SystemFailure(call: "open", number: EEXIST)
    }
}
