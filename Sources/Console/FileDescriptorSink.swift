package import System

/// An open file descriptor to write to.
package final class FileDescriptorSink: ByteSink {
    private let descriptor: Int32

    /// Writes to a descriptor, which stays open.
    package init(_ descriptor: Int32) {
        self.descriptor = descriptor
    }

    package func write(_ bytes: [UInt8]) throws(SystemFailure) {
        try Descriptor.write(bytes, to: descriptor)
    }
}
