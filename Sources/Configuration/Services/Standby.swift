/// The server that serves in the place of a pool's real servers while these cannot; nobody checks it.
///
/// While it serves it has its server's weight, and at least 1.
package struct Standby: Hashable, Sendable {
    /// The server; it has no checks.
    package var server: RealServer
    /// Whether it stands in the kernel's table without weight while it is not needed, instead of being removed.
    package var staysWithoutWeight = false

    /// Makes a standby of a server that is removed while it is not needed.
    package init(_ server: RealServer) {
        self.server = server
    }
}
