/// The server that serves in the place of a pool's real servers while these cannot; nobody checks it.
///
/// While it serves it has its server's weight, and at least 1; else it is not in the kernel's table.
package struct Standby: Hashable, Sendable {
    /// The server; it has no checks.
    package var server: RealServer

    /// Makes a standby of a server.
    package init(_ server: RealServer) {
        self.server = server
    }
}
