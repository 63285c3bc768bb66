import Glibc
import IPVS
import Netlink

/// The conversation with the kernel of the network namespace in which it was opened.
final class KernelChannel: IPVSChannel {
    private let socket: SocketChannel
    let family: UInt16
    var answerCapacity: Int { socket.answerCapacity }

    /// The connection table of the namespace, opened while this thread is in it, or why it could not be.
    private let connectionTable: Result<Int32, IPVSError>

    /// Opens the socket and asks once for the family's number.
    ///
    /// - Throws: `IPVSError.unavailable` when the kernel has no IPVS, `.transport` when it refuses the socket.
    init() throws(IPVSError) {
        do throws(NetlinkError) {
            socket = try SocketChannel(.generic)
            family = try socket.familyNumber(named: WireFormat.familyName)
        } catch .noSuchEntry {
            throw .unavailable
        } catch {
            throw .transport(KernelError(error))
        }
        connectionTable = Self.openConnectionTable()
    }

    deinit {
        if case .success(let descriptor) = connectionTable { close(descriptor) }
    }

    func rewoundConnectionTable() throws(IPVSError) -> Int32 {
        let descriptor = try connectionTable.get()
        guard lseek(descriptor, 0, SEEK_SET) == 0 else { throw .transport(KernelError(rawValue: errno)) }
        return descriptor
    }

    private static func openConnectionTable() -> Result<Int32, IPVSError> {
        let descriptor = open("/proc/thread-self/net/ip_vs_conn", O_RDONLY | O_CLOEXEC)
        return descriptor < 0 ? .failure(.transport(KernelError(rawValue: errno))) : .success(descriptor)
    }

    func provide(_ module: KernelModule) {
        if !module.isLoaded { module.load(silently: true) }
    }

    func send(_ bytes: [UInt8]) throws(NetlinkError) {
        try socket.send(bytes)
    }

    func receive(into buffer: inout [UInt8]) throws(NetlinkError) -> Int {
        try socket.receive(into: &buffer)
    }
}
