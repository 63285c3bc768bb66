import Addresses

/// The last place of each sender's advertisements, so that nobody plays them again.
struct SenderSequences: Hashable {
    /// The most senders that are remembered, the one whose last advertisement is oldest is forgotten first.
    ///
    /// Whoever is remembered has proved that it knows the key, so that strangers cannot crowd one out.
    static let limit = 256

    private struct Entry: Hashable {
        var header: UInt32?
        var trailer: TrailerSequence?
        var turn: UInt64
    }

    private var entries: [IPAddress: Entry] = [:]
    private var turn: UInt64 = 0

    /// Whether the place of an authentication header comes after the last one of its sender.
    func isNew(header sequence: UInt32, from sender: IPAddress) -> Bool {
        guard let last = entries[sender]?.header else { return true }
        // The number of a sender that advertises for years begins again.
        return sequence > last || (last > 0xffff_0000 && sequence < 0x1_0000)
    }

    /// The last place of a sender's trailers; nil where none came.
    func lastTrailer(from sender: IPAddress) -> TrailerSequence? {
        entries[sender]?.trailer
    }

    /// Notes the place of an advertisement that was accepted.
    mutating func note(_ proof: Advertisement.Proof, from sender: IPAddress) {
        switch proof {
        case .none, .password: return
        case .header(let sequence): update(sender) { $0.header = sequence }
        case .trailer(_, let sequence): update(sender) { $0.trailer = sequence }
        }
    }

    private mutating func update(_ sender: IPAddress, _ change: (inout Entry) -> Void) {
        turn += 1
        var entry = entries[sender] ?? Entry(turn: turn)
        entry.turn = turn
        change(&entry)
        entries[sender] = entry
        guard entries.count > Self.limit, let oldest = entries.min(by: { $0.value.turn < $1.value.turn }) else {
            return
        }
        entries[oldest.key] = nil
    }
}
