/// A quorum that was gained or lost.
package struct QuorumEvent: Hashable, Sendable {
    /// Whether enough servers may take connections from now on.
    package let isHeld: Bool
    /// The weights of the servers that may take connections, together.
    package let weight: Int64
    /// The weight that decided: with it the quorum is gained, below it it is lost.
    package let threshold: Int64
    /// Why it is told.
    package let occasion: Occasion

    /// Makes an event.
    package init(isHeld: Bool, weight: Int64, threshold: Int64, _ occasion: Occasion) {
        self.isHeld = isHeld
        self.weight = weight
        self.threshold = threshold
        self.occasion = occasion
    }
}
