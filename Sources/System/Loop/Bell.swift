import CLinux
import Glibc

/// A bell between threads: `eventfd`.
package final class Bell: Sendable {
    private let counter: Descriptor

    /// Readable after a ring, until `wait`.
    package var descriptor: Int32 { counter.number }

    /// Makes a bell; `isBlocking` tells whether `wait` waits.
    ///
    /// - Throws: `SystemFailure` of `eventfd`.
    package init(isBlocking: Bool) throws(SystemFailure) {
        counter = try Descriptor(of: "eventfd", eventfd(0, O_CLOEXEC | (isBlocking ? 0 : O_NONBLOCK)))
    }

    /// Rings; several times before somebody listens count once.
    package func ring() {
        var one: UInt64 = 1
        while Glibc.write(descriptor, &one, 8) < 0, errno == EINTR {}
    }

    /// Takes the ringing away, after waiting for it where the bell is a blocking one.
    package func wait() {
        var count: UInt64 = 0
        while Glibc.read(descriptor, &count, 8) < 0, errno == EINTR {}
    }
}
