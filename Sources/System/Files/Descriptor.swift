import CLinux
import Glibc

/// An open descriptor: it is closed at the end of this value, by whatever way that comes, and by nobody else.
package struct Descriptor: ~Copyable {
    /// Its number, for calls that borrow it.
    package let number: Int32

    /// Takes over what a system call has given just now.
    ///
    /// - Throws: the call's failure where that is less than 0.
    package init(of call: String, _ number: Int32) throws(SystemFailure) {
        guard number >= 0 else { throw .last(call) }
        self.number = number
    }

    /// Opens a file, not to be inherited by other programs.
    ///
    /// - Throws: `SystemFailure` of `open`.
    package init(open path: String, _ flags: Int32, mode: UInt32 = 0o644) throws(SystemFailure) {
        try self.init(of: "open", Glibc.open(path, flags | O_CLOEXEC | O_NOCTTY, mode))
    }

    deinit {
        Glibc.close(number)
    }

    /// Closes it before the end of this value, for those who want to know whether all that was written is kept.
    ///
    /// - Throws: `SystemFailure` of `close`, after which it is closed all the same.
    consuming func close() throws(SystemFailure) {
        let result = Glibc.close(number)
        let failure = SystemFailure.last("close")
        discard self
        if result != 0 { throw failure }
    }

    /// What the kernel tells of it; nil where it tells nothing.
    var status: stat? {
        var status = stat()
        return fstat(number, &status) == 0 ? status : nil
    }

    /// Whether the file at a path is the one that it leads to; a link at that path is a file of its own.
    func isNamed(_ path: String) -> Bool {
        var named = stat()
        guard let status, lstat(path, &named) == 0 else { return false }
        return status.st_ino == named.st_ino && status.st_dev == named.st_dev
    }

    /// Writes all bytes, in as many calls as it takes.
    ///
    /// - Throws: `SystemFailure` of the first `write` that fails; `EIO` of one that takes nothing.
    package borrowing func write(_ bytes: [UInt8]) throws(SystemFailure) {
        try Self.write(bytes, to: number)
    }

    /// The same for a descriptor that is somebody else's, such as a standard stream.
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
    package borrowing func read(limit: Int) throws(SystemFailure) -> [UInt8] {
        try Self.read(number, limit: limit)
    }

    /// The same from a descriptor that is somebody else's, such as standard input.
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
}
