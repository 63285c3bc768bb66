// Words that all voices have in common: no original tells of differences, so no operator looks for other ones.

extension Drift {
    /// What follows the name of what is different.
    package var text: String {
        switch self {
        case .missing: "is missing"
        case .added: "was added"
        case .weight(let weight, let wanted): "has weight \(weight), not \(wanted)"
        case .settings: "has other settings"
        }
    }
}

extension DriftResponse {
    /// What is made of a difference.
    package var text: String {
        switch self {
        case .left: "left as it is"
        case .repaired: "being repaired"
        case .putBack: "being put back"
        case .putBackLater(let pause): "removed again and again, put back in \(pause.components.seconds) s"
        }
    }
}
