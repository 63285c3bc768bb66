import Configuration

/// Whether a pool has its quorum, as far as that is certain from outside.
enum SimulatedLevel {
    /// Since the start there was none, and not every server has answered.
    case undecided
    case held
    case lost
    /// It depends on servers of which nobody has an answer.
    case open

    /// What comes of other weights.
    ///
    /// - Parameters:
    ///   - least: the weight of all that are certain to be in service.
    ///   - most: the weight of all that may be.
    ///   - isComplete: whether every server has answered.
    ///   - mayBeComplete: whether it may be that every server has.
    mutating func follow(
        _ quorum: Quorum,
        total: Int64,
        least: Int64,
        most: Int64,
        isComplete: Bool,
        mayBeComplete: Bool
    ) {
        let (lower, upper) = (Self.lower(quorum, total: total), Self.upper(quorum, total: total))
        switch self {
        case .held: if least < lower { self = most < lower ? .lost : .open }
        case .lost: if most >= upper { self = least >= upper ? .held : .open }
        case .undecided:
            if least >= lower {
                self = .held
            } else if most >= lower {
                self = .open
            } else if isComplete {
                self = .lost
            } else if mayBeComplete {
                self = .open
            }
        case .open:
            if least >= upper {
                self = .held
            } else if most < lower, isComplete {
                self = .lost
            }
        }
    }

    /// The weight without which a quorum is lost; no more than there is.
    static func lower(_ quorum: Quorum, total: Int64) -> Int64 {
        min(max(1, Int64(quorum.weight) - Int64(quorum.hysteresis)), max(1, total))
    }

    /// The weight with which a quorum is gained; no more than there is.
    static func upper(_ quorum: Quorum, total: Int64) -> Int64 {
        min(Int64(quorum.weight) + Int64(quorum.hysteresis), max(1, total))
    }
}
