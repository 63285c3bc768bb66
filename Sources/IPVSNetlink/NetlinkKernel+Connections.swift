import Glibc
public import IPVS

extension NetlinkKernel {
    /// Hands every entry of the file `ip_vs_conn` of `/proc` to `body` until it answers false.
    ///
    /// Lines that do not read as a connection are left out, the heading among them.
    ///
    /// - Throws: `IPVSError.transport` when the file could not be opened or cannot be read, with the error number of the
    ///   system call.
    public func forEachConnection(_ body: (Connection) -> Bool) throws(IPVSError) {
        // The kernel shows the connection table to no netlink client.
        let descriptor = try channel.rewoundConnectionTable()
        var buffer = [UInt8](repeating: 0, count: 64 << 10)
        var lines = LineAssembler()
        while true {
            let (count, number) = buffer.withUnsafeMutableBytes { target in
                let count = read(descriptor, target.baseAddress, target.count)
                return (count, count < 0 ? errno : 0)
            }
            if number == EINTR { continue }
            guard count >= 0 else { throw .transport(KernelError(rawValue: number)) }
            if count == 0 { return }
            let isMoreWanted = lines.take(buffer[..<count]) { line in
                Connection(line: line).map(body) ?? true
            }
            if !isMoreWanted { return }
        }
    }
}
