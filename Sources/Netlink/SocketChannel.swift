/// A socket to the kernel as a channel; two datagrams are received at a time where there are two.
package final class SocketChannel: MessageChannel {
    package let answerCapacity: Int
    private let socket: NetlinkSocket
    /// A datagram that was received together with another one and is handed out next.
    private var waiting = [UInt8].datagramBuffer()
    private var waitingLength: Int?

    /// Opens a socket.
    ///
    /// - Parameters:
    ///   - protocol: What is spoken on it.
    ///   - waitsForAnswers: Whether receiving waits for an answer that has not come, for two seconds at most.
    /// - Throws: `NetlinkError` when the kernel refuses the socket.
    package init(_ protocol: NetlinkProtocol, waitsForAnswers: Bool = true) throws(NetlinkError) {
        socket = try NetlinkSocket(`protocol`, waitsForAnswers: waitsForAnswers)
        answerCapacity = socket.answerCapacity
    }

    /// The number that the kernel gave the family of generic netlink of that name.
    ///
    /// - Throws: `NetlinkError.noSuchEntry` when no module has registered it.
    package func familyNumber(named name: String) throws(NetlinkError) -> UInt16 {
        try socket.familyNumber(named: name)
    }

    package func send(_ bytes: [UInt8]) throws(NetlinkError) {
        try socket.send(bytes)
    }

    package func receive(into buffer: inout [UInt8]) throws(NetlinkError) -> Int {
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
