import Addresses
import Time

/// A master whose advertisements have ceased to count, as one of the two was configured anew, and that is left master for a while.
///
/// The time of a backup runs on; only when it has run out does it matter whether that master was heard. A forger gains nothing
/// that he would not gain by silence, and no more than once: only an advertisement that counts lets another such time begin.
struct PeerHold: Sendable {
    /// What it differs in; nil for nobody.
    private(set) var difference: PeerDifference?
    private var lastHeard: MonotonicTime?
    private var limit: MonotonicTime?
    /// Whether the time was used up since an advertisement counted.
    private var isSpent = false

    /// Takes note of an advertisement that differs.
    ///
    /// - Parameters:
    ///   - difference: the setting that differs.
    ///   - source: where it came from.
    ///   - master: the master that was heard last, whom alone this is for.
    ///   - grace: how long it is left master.
    /// - Returns: whether the time begins with it.
    mutating func differs(
        _ difference: PeerDifference,
        from source: IPAddress,
        master: IPAddress?,
        grace: Duration,
        at now: MonotonicTime
    ) -> Bool {
        guard source == master, !isSpent, grace > .zero else { return false }
        lastHeard = now
        self.difference = difference
        guard limit == nil else { return false }
        limit = now + grace
        return true
    }

    /// The moment to which a backup whose time has run out goes on waiting; nil where it takes over.
    mutating func prolonged(by patience: Duration, at now: MonotonicTime) -> MonotonicTime? {
        guard let limit, let lastHeard else { return nil }
        // A master whose interval was made longer is heard that much later.
        var patience = patience
        if case .interval(let received, let own)? = difference, received > own {
            patience = .nanoseconds(Int64(Double(patience.nanoseconds) * (received / own)))
        }
        let next = min(lastHeard + patience, limit)
        guard next > now else {
            isSpent = true
            (difference, self.lastHeard, self.limit) = (nil, nil, nil)
            return nil
        }
        return next
    }

    /// Ends it, as an advertisement counts again.
    ///
    /// - Returns: whether it was going on.
    @discardableResult
    mutating func end() -> Bool {
        defer { self = PeerHold() }
        return limit != nil
    }
}
