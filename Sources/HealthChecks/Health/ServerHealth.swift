package import Dialogues

/// What is believed of one check of a real server behind one virtual server: its results counted against the two
/// thresholds.
package struct ServerHealth: Hashable, Sendable {
    /// What is believed.
    package enum Belief: Hashable, Sendable {
        /// No verdict yet, and it was not in service before.
        case unknown
        /// No verdict yet, but it was in service when the director came, and stays until it has failed.
        case adopted
        /// It succeeded as often as it has to, and has not failed as often since.
        case up
        /// It failed as often as it may, or at its first check.
        case down
    }

    /// What a result changed.
    package enum Transition: Hashable, Sendable {
        /// It is up, after so many failures.
        case up(after: Int)
        /// It is down.
        case down
        /// It failed, but not often enough to be down.
        case softFailure(count: Int)
        /// It succeeded after so many failures that were not enough to be down.
        case recovered(after: Int)
    }

    /// What is believed.
    package private(set) var belief: Belief
    /// The failures since the last success.
    package private(set) var failures = 0
    /// The successes since the last failure, counted while it is down.
    package private(set) var successes = 0

    /// Makes the health of a server that nothing is known of.
    package init(_ belief: Belief = .unknown) {
        self.belief = belief
    }

    /// Whether it has failed of late, but not often enough to be down.
    package var isFailing: Bool { failures > 0 && belief != .down }

    /// Counts a result.
    ///
    /// The first success of a server that nothing is known of is enough, and so is its first failure.
    package mutating func count(
        _ verdict: CheckResult.Verdict,
        failureCount: Int,
        riseCount: Int
    ) -> Transition? {
        switch verdict {
        case .up:
            let previous = failures
            failures = 0
            switch belief {
            case .up: return previous > 0 ? .recovered(after: previous) : nil
            case .adopted, .unknown:
                belief = .up
                return .up(after: previous)
            case .down:
                let earlier = successes == 0 ? previous : 0
                successes += 1
                guard successes >= riseCount else { return earlier > 0 ? .recovered(after: earlier) : nil }
                successes = 0
                belief = .up
                return .up(after: earlier)
            }
        case .down:
            successes = 0
            if failures < .max { failures += 1 }
            switch belief {
            case .down: return nil
            case .unknown:
                belief = .down
                return .down
            case .up, .adopted:
                guard failures >= failureCount else { return .softFailure(count: failures) }
                belief = .down
                return .down
            }
        }
    }

    /// Sets what the operator says: up or down without counting.
    ///
    /// - Returns: whether that is new.
    package mutating func force(_ belief: Belief) -> Bool {
        defer { self = ServerHealth(belief) }
        return self.belief != belief
    }
}

extension ServerHealth.Belief {
    /// Whether it may take connections.
    package var isInService: Bool {
        switch self {
        case .up, .adopted: true
        case .down, .unknown: false
        }
    }

    /// Whether a verdict was given.
    package var isKnown: Bool {
        switch self {
        case .up, .down: true
        case .adopted, .unknown: false
        }
    }
}
