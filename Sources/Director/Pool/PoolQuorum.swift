import Configuration

/// Whether enough of a pool's servers may take connections, by their weights.
struct PoolQuorum: Sendable {
    private enum State {
        /// It was not reached since the start, and servers are still without verdict.
        case undecided
        case held
        case lost
    }

    private let quorum: Quorum
    private let totalWeight: Int64
    private var state = State.undecided
    /// The configured weights of the servers that may take connections, together.
    private(set) var servingWeight: Int64 = 0

    /// Makes a quorum that is not reached.
    ///
    /// - Parameters:
    ///   - quorum: what is enough.
    ///   - totalWeight: the weight of all servers of the pool, which is always enough.
    init(_ quorum: Quorum, totalWeight: Int64) {
        self.quorum = quorum
        self.totalWeight = totalWeight
    }

    /// Whether the quorum is held.
    var isHeld: Bool { state == .held }

    /// Whether it is held or lost; nil while that is undecided.
    var verdict: Bool? {
        switch state {
        case .undecided: nil
        case .held: true
        case .lost: false
        }
    }

    /// The weight that decides now: below it the quorum is lost while it is held, else it is gained with it.
    var threshold: Int64 { threshold(whileHeld: state != .lost) }

    /// The weight that decides while the quorum is held, or is not.
    func threshold(whileHeld isHeld: Bool) -> Int64 { quorum.threshold(whileUp: isHeld, total: totalWeight) }

    /// Takes a server in or out.
    ///
    /// - Parameters:
    ///   - change: its weight, negative where it no longer may take connections.
    ///   - isComplete: whether every server has a verdict.
    /// - Returns: whether the quorum was gained or lost by that.
    mutating func add(_ change: Int64, isComplete: Bool) -> Bool {
        let wasHeld = isHeld
        servingWeight += change
        if servingWeight >= threshold {
            state = .held
        } else if wasHeld || isComplete {
            state = .lost
        }
        return isHeld != wasHeld
    }

    /// Goes on as a former quorum was held or lost, so that its hysteresis outlives a new configuration.
    mutating func goOn(from former: PoolQuorum) {
        if case .undecided = former.state { return }
        state = former.state
        state = servingWeight >= threshold ? .held : .lost
    }
}
