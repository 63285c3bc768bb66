import Glibc

/// The few calls on descriptors that several files need.
package enum Descriptor {
    /// Opens a file, not to be inherited by other programs.
    package static func open(_ path: String, _ flags: Int32, mode: UInt32 = 0o644) -> Result<Int32, SystemFailure> {
        let descriptor = Glibc.open(path, flags | O_CLOEXEC | O_NOCTTY, mode)
        return descriptor < 0 ? .failure(SystemFailure(call: "open", number: errno)) : .success(descriptor)
    }

    /// Writes all bytes, in as many calls as it takes; the failure of the first call that fails.
    package static func write(_ bytes: [UInt8], to descriptor: Int32) -> SystemFailure? {
        bytes.withUnsafeBytes { buffer in
            var position = 0
            while position < buffer.count {
                let count = Glibc.write(descriptor, buffer.baseAddress?.advanced(by: position), buffer.count - position)
                if count > 0 {
                    position += count
                } else if count == 0 || errno != EINTR {
                    return SystemFailure(call: "write", number: count == 0 ? EIO : errno)
                }
            }
            return nil
        }
    }

    /// Reads to the end; fails with `EFBIG` when there are more than `limit` bytes.
    package static func read(_ descriptor: Int32, limit: Int) -> Result<[UInt8], SystemFailure> {
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = Glibc.read(descriptor, &chunk, chunk.count)
            if count == 0 { return .success(bytes) }
            guard count > 0 else {
                if errno == EINTR { continue }
                return .failure(SystemFailure(call: "read", number: errno))
            }
            guard bytes.count + count <= limit else { return .failure(SystemFailure(call: "read", number: EFBIG)) }
            bytes += chunk[..<count]
        }
    }

    /// Replaces a file by one with that text, so that whoever reads it sees the old one or the new one.
    ///
    /// What is written goes by a name that nobody can foresee, and to no file that is there already.
    package static func replace(_ path: String, with text: String, mode: UInt32) -> SystemFailure? {
        let (draft, opened) = newFile(beside: path)
        let descriptor: Int32
        switch opened {
        case .failure(let failure): return failure
        case .success(let number): descriptor = number
        }
        var failure = write(Array(text.utf8), to: descriptor)
        // The mask of the process may have taken something away.
        if failure == nil, fchmod(descriptor, mode) != 0 { failure = SystemFailure(call: "fchmod", number: errno) }
        close(descriptor)
        if failure == nil, rename(draft, path) != 0 { failure = SystemFailure(call: "rename", number: errno) }
        if failure != nil { unlink(draft) }
        return failure
    }

    private static func newFile(beside path: String) -> (name: String, Result<Int32, SystemFailure>) {
        var name = path
        for _ in 0..<100 {
            name = "\(path).\(String(UInt64.random(in: .min ... .max), radix: 36))"
            let opened = open(name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, mode: 0o600)
            if case .failure(let failure) = opened, failure.number == EEXIST { continue }
            return (name, opened)
        }
        return (name, .failure(SystemFailure(call: "open", number: EEXIST)))
    }
}
