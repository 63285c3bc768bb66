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

    /// The folder `net` of the namespace in /proc, or a negative number when there is none to be had.
    private let statusFolder: Int32

    /// Opens the socket and asks once for the family's number.
    ///
    /// - Throws: `IPVSError.unavailable` when the kernel has no IPVS, `.transport` when it refuses the socket.
    init() throws(IPVSError) {
        socket = try NetlinkSocket()
        family = try socket.familyNumber(named: WireFormat.familyName)
        answerCapacity = socket.answerCapacity
        statusFolder = open("/proc/thread-self/net", O_DIRECTORY | O_CLOEXEC)
    }

    deinit {
        if statusFolder >= 0 { close(statusFolder) }
    }

    func openStatusFile(_ name: String) throws(IPVSError) -> Int32 {
        guard statusFolder >= 0 else { throw .transport(.noSuchEntry) }
        let descriptor = openat(statusFolder, name, O_RDONLY | O_CLOEXEC)
        let number = errno
        guard descriptor >= 0 else { throw number == ENOENT ? .unavailable : .transport(KernelError(rawValue: number)) }
        return descriptor
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
