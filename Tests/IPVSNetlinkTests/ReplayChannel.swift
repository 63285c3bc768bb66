import IPVS
import Netlink

@testable import IPVSNetlink

/// A kernel that answers whatever it is asked with the same datagrams, to the number of the question.
final class ReplayChannel: IPVSChannel {
    let family: UInt16
    let answerCapacity = 1000
    private let datagrams: [[UInt8]]
    private var pending: [[UInt8]] = []

    /// Whether everything has been received.
    var isDrained: Bool { pending.isEmpty }

    init(family: UInt16, datagrams: [[UInt8]]) {
        self.family = family
        self.datagrams = datagrams
    }

    func send(_ bytes: [UInt8]) {
        let sequence = bytes[8..<12]
        pending = datagrams.map { datagram in
            var datagram = datagram
            var offset = 0
            while offset + 16 <= datagram.count {
                let length = datagram[offset..<offset + 4].reversed().reduce(0) { $0 << 8 | Int($1) }
                datagram.replaceSubrange(offset + 8..<offset + 12, with: sequence)
                offset += max(16, (length + 3) & ~3)
            }
            return datagram
        }
    }

    func rewoundConnectionTable() throws(IPVSError) -> Int32 { throw .transport(.noSuchEntry) }

    func provide(_ module: KernelModule) {}

    func receive(into buffer: inout [UInt8]) throws(NetlinkError) -> Int {
        guard !pending.isEmpty else { throw .timedOut }
        let datagram = pending.removeFirst()
        buffer.replaceSubrange(..<datagram.count, with: datagram)
        return datagram.count
    }
}
