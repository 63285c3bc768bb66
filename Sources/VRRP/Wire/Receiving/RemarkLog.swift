import Addresses
import Time

/// Says which remarks on accepted packets are worth a line: each once until the router's state or master changes, and again when
/// its facts change, at most once a minute.
package struct RemarkLog: Sendable {
    private struct Entry: Sendable {
        var remark: PacketRemark
        var source: IPAddress
        var moment: MonotonicTime
    }

    private var told: [PacketRemark.Kind: Entry] = [:]

    /// Makes a log in which nothing was said.
    package init() {}

    /// The remarks of a packet that are to be said now.
    package mutating func note(_ remarks: [PacketRemark], of packet: ReceivedPacket) -> [PacketRemark] {
        guard !remarks.isEmpty else { return [] }
        return remarks.filter { remark in
            if let last = told[remark.kind] {
                if last.remark == remark, last.source == packet.source { return false }
                if packet.arrival < last.moment + RejectionLog.pause { return false }
            }
            told[remark.kind] = Entry(remark: remark, source: packet.source, moment: packet.arrival)
            return true
        }
    }

    /// Lets each be said again: the router's state or its master is another one.
    package mutating func reset() {
        told = [:]
    }
}
