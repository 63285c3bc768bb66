import IPVS

/// The conversation with the kernel of the network namespace in which it was opened.
final class KernelChannel: MessageChannel {
    private let socket: NetlinkSocket
    let family: UInt16
    /// A datagram that was received together with another one and is handed out next.
    private var waiting = [UInt8].datagramBuffer()
    private var waitingLength: Int?

    /// Opens the socket and asks once for the family's number.
    ///
    /// - Throws: `IPVSError.unavailable` when the kernel has no IPVS, `.transport` when it refuses the socket.
    init() throws(IPVSError) {
        socket = try NetlinkSocket()
        family = try socket.familyNumber(named: WireFormat.familyName)
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
