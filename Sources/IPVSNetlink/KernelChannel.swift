import Glibc
import IPVS

/// The conversation with the kernel of the network namespace in which it was opened.
final class KernelChannel: MessageChannel {
    private let socket: NetlinkSocket
    let family: UInt16
    let answerCapacity: Int
    /// A datagram that was received together with another one and is handed out next.
    private var waiting = [UInt8].datagramBuffer()
    private var waitingLength: Int?

    /// The connection table of the namespace, opened while this thread is in it, or why it could not be.
    private let connectionTable: Result<Int32, IPVSError>

    /// Opens the socket and asks once for the family's number.
    ///
    /// - Throws: `IPVSError.unavailable` when the kernel has no IPVS, `.transport` when it refuses the socket.
    init() throws(IPVSError) {
        socket = try NetlinkSocket()
        family = try socket.familyNumber(named: WireFormat.familyName)
        answerCapacity = socket.answerCapacity
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

    func send(_ bytes: [UInt8]) throws(IPVSError) {
        try socket.send(bytes)
    }

    func receive(into buffer: inout [UInt8]) throws(IPVSError) -> Int {
        if let length = waitingLength {
            waitingLength = nil
            swap(&buffer, &waiting)
            return length
        }
        let lengths = try socket.receive(into: &buffer, &waiting)
        waitingLength = lengths.second
        return lengths.first
    }
}
