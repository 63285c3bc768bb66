import Netlink

/// A channel on which a test is the kernel.
final class PlayedChannel: MessageChannel {
    /// What is received next, one after the other; with nothing left, nothing comes.
    var coming: [Result<[UInt8], NetlinkError>] = []
    /// What answers a datagram that was sent.
    var answer: ([UInt8]) -> [Result<[UInt8], NetlinkError>] = { _ in [] }
    private(set) var sent: [[UInt8]] = []
    var answerCapacity: Int { 1000 }

    func send(_ bytes: [UInt8]) throws(NetlinkError) {
        sent.append(bytes)
        coming += answer(bytes)
    }

    func receive(into buffer: inout [UInt8]) throws(NetlinkError) -> Int {
        guard !coming.isEmpty else { throw .timedOut }
        let datagram = try coming.removeFirst().get()
        buffer.replaceSubrange(..<datagram.count, with: datagram)
        return datagram.count
    }
}
