/// A socket to the kernel as a channel; two datagrams are received at a time where there are two.
package final class SocketChannel: MessageChannel {
    package let answerCapacity: Int
    /// The number by which the kernel knows the socket, and messages tell of what came of its requests.
    package let port: UInt32
    /// Readable when a datagram has come that was not received; it stays the channel's.
    package let descriptor: Int32
    private let socket: NetlinkSocket
    /// A datagram that was received together with another one and is handed out next.
    private var waiting = [UInt8].datagramBuffer()
    private var waitingLength: Int?

    /// Opens a socket.
    ///
    /// - Parameters:
    ///   - protocol: What is spoken on it.
    ///   - waitsForAnswers: Whether receiving waits for an answer that has not come, for two seconds at most.
    ///   - groups: The numbers of the groups whose messages are received: `RTNLGRP_…`.
    /// - Throws: `NetlinkError` when the kernel refuses the socket or a group.
    package init(
        _ protocol: NetlinkProtocol,
        waitsForAnswers: Bool = true,
        groups: [UInt32] = []
    ) throws(NetlinkError) {
        socket = try NetlinkSocket(`protocol`, waitsForAnswers: waitsForAnswers, groups: groups)
        answerCapacity = socket.answerCapacity
        port = socket.port
        descriptor = socket.descriptor
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
