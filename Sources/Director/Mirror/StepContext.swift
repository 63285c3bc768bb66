/// What the steps of a mirror depend on beside the wish.
struct StepContext: Sendable {
    /// What the director is doing.
    var phase: DirectorPhase
    /// Whether servers that fail while they are not in the table are added without weight.
    var addsQuiescent: Bool
}
