package import Addresses
package import Time

/// Counts the packets of one virtual router that were rejected, and says when that is worth a line: the first of a reason at once,
/// then one a minute with the number of those since.
///
/// Its size does not depend on who sends what: a place for each reason, whatever the facts.
package struct RejectionLog: Sendable {
    /// The least time between two lines about one reason.
    package static let pause = Duration.seconds(60)

    /// What a line says.
    package struct Report: Hashable, Sendable {
        /// The reason, with the facts of the last packet.
        package var reason: RejectionReason
        /// Where the last packet came from.
        package var source: IPAddress
        /// The interface that it came by.
        package var interface: String
        /// How many were rejected for the reason since the last line, this one too.
        package var count: UInt64
        /// Whether not all of them came from `source`.
        package var hasOtherSources: Bool
    }

    private struct Entry: Sendable {
        var total: UInt64 = 0
        /// When the last line about it was written.
        var lastLine: MonotonicTime?
        /// What has come since.
        var pending: Report?
    }

    private var entries: [RejectionReason.Kind: Entry] = [:]

    /// Makes a log that nothing was rejected for.
    package init() {}

    /// The packets that were rejected, by reason.
    package var counts: [RejectionReason.Kind: UInt64] { entries.mapValues(\.total) }

    /// Counts a packet.
    ///
    /// - Returns: what is to be said now; nil when something was said less than a minute ago.
    package mutating func note(_ reason: RejectionReason, of packet: ReceivedPacket) -> Report? {
        var entry = entries[reason.kind] ?? Entry()
        entry.total &+= 1
        var report = Report(
            reason: reason,
            source: packet.source,
            interface: packet.interface,
            count: 1,
            hasOtherSources: false
        )
        if let pending = entry.pending {
            report.count = pending.count &+ 1
            report.hasOtherSources = pending.hasOtherSources || pending.source != report.source
        }
        let isDue = entry.lastLine.map { packet.arrival >= $0 + Self.pause } ?? true
        entry.pending = isDue ? nil : report
        if isDue { entry.lastLine = packet.arrival }
        entries[reason.kind] = entry
        return isDue ? report : nil
    }

    /// When something that was counted and not said is due; nil where all was said.
    package var nextMoment: MonotonicTime? {
        entries.values.compactMap { entry in
            entry.pending == nil ? nil : entry.lastLine.map { $0 + Self.pause }
        }.min()
    }

    /// What was counted and not said for a minute, in the order of the checks.
    package mutating func due(at now: MonotonicTime) -> [Report] {
        guard let next = nextMoment, next <= now else { return [] }
        var reports: [Report] = []
        for kind in RejectionReason.Kind.allCases {
            guard var entry = entries[kind], let report = entry.pending, let last = entry.lastLine,
                last + Self.pause <= now
            else { continue }
            entry.pending = nil
            entry.lastLine = now
            entries[kind] = entry
            reports.append(report)
        }
        return reports
    }

    /// Forgets the numbers, as an operator asks (`SIGRTMAX-1`); pauses go on.
    package mutating func clearCounts() {
        for kind in entries.keys { entries[kind]?.total = 0 }
    }
}
