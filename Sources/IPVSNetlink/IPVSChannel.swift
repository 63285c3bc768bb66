import IPVS
import Netlink

/// What a client of IPVS needs of the machine, so that a test can be the kernel.
protocol IPVSChannel: MessageChannel {
    /// The number of the IPVS family.
    var family: UInt16 { get }

    /// The descriptor of the connection table of the network namespace, at its beginning; it stays the channel's.
    ///
    /// - Throws: `IPVSError.transport` when the table could not be opened.
    func rewoundConnectionTable() throws(IPVSError) -> Int32

    /// Loads a module unless the kernel has it; when it cannot be loaded, nothing happens.
    func provide(_ module: KernelModule)
}
