import Glibc

/// What a program writes into a pipe: the beginning is kept, the rest read and thrown away.
final class CapturedOutput {
    private let descriptor: Int32
    private let limit: Int
    private var bytes: [UInt8] = []
    private var watch: Watch?
    private var isClosed = false
    /// Whether nobody can write into it any more.
    private var isOver = false

    /// Takes over the reading end of a pipe, which does not block.
    init(descriptor: Int32, limit: Int) {
        self.descriptor = descriptor
        self.limit = max(limit, 0)
    }

    deinit {
        if !isClosed { close(descriptor) }
    }

    /// Reads whenever something comes.
    func begin(on loop: EventLoop) throws(SystemFailure) {
        watch = try loop.watch(descriptor, for: .readable) { [unowned self, unowned loop] _ in
            if !readOnce(), let watch {
                loop.end(watch)
                self.watch = nil
            }
        }
    }

    /// Reads what is left, as far as it is kept, and gives all of it.
    ///
    /// Nobody waits for the end of the pipe: what the program left running may hold it open, and is read on then.
    @discardableResult
    func end(on loop: EventLoop) -> [UInt8] {
        guard !isClosed else { return bytes }
        while bytes.count < limit, readOnce() {}
        if let watch { loop.end(watch) }
        watch = nil
        isClosed = true
        if isOver { close(descriptor) } else { loop.drain.keep(descriptor) }
        return bytes
    }

    /// Reads what is there; whether there may be more.
    private func readOnce() -> Bool {
        withUnsafeTemporaryAllocation(byteCount: 16_384, alignment: 16) { buffer in
            let count = read(descriptor, buffer.baseAddress, buffer.count)
            guard count > 0 else {
                if count < 0, errno == EINTR { return true }
                if count == 0 || errno != EAGAIN { isOver = true }
                return false
            }
            bytes += buffer.prefix(min(count, limit - bytes.count))
            return true
        }
    }
}
