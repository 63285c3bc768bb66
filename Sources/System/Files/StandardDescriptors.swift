import Glibc

/// The three descriptors that every program takes to be open.
package enum StandardDescriptors {
    /// Puts something that can be neither read nor written in the place of those that are closed.
    ///
    /// Otherwise the socket to the kernel would get such a number, and answers and complaints would be sent there.
    package static func occupy() {
        for descriptor in STDIN_FILENO...STDERR_FILENO where fcntl(descriptor, F_GETFD) < 0 {
            // open(2) gives the lowest number that is free, which is that of the stream.
            _ = open("/", __O_PATH | O_CLOEXEC)
        }
    }
}
