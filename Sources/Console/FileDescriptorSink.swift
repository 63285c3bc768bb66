import Glibc

/// An open file descriptor to write to.
package final class FileDescriptorSink: ByteSink {
    private let descriptor: Int32

    /// Writes to a descriptor, which stays open.
    package init(_ descriptor: Int32) {
        self.descriptor = descriptor
    }

    package func write(_ bytes: [UInt8]) throws(SystemError) {
        try Self.write(bytes, to: descriptor)
    }

    /// Writes all bytes, in as many calls as it takes.
    package static func write(_ bytes: [UInt8], to descriptor: Int32) throws(SystemError) {
        var position = 0
        while position < bytes.count {
            let (count, error) = bytes.withUnsafeBytes { buffer in
                let count = Glibc.write(descriptor, buffer.baseAddress?.advanced(by: position), buffer.count - position)
                return (count, errno)
            }
            if count > 0 {
                position += count
            } else if count == 0 {
                throw SystemError(code: EIO)
            } else if error != EINTR {
                throw SystemError(code: error)
            }
        }
    }

    /// Reads to the end, or nil after `limit` bytes.
    package static func read(_ descriptor: Int32, limit: Int) throws(SystemError) -> [UInt8]? {
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
                throw .last
            }
            guard bytes.count + count <= limit else { return nil }
            bytes.append(contentsOf: chunk[..<count])
        }
    }
}
