/// In what the kernel's table differs from what a director last made of something.
package enum Drift: Hashable, Sendable {
    /// It is not there.
    case missing
    /// It is there, and the director did not put it there.
    case added
    /// It has another weight.
    case weight(Int32, instead: Int32)
    /// It has other settings.
    case settings
}

/// What a director makes of a difference that somebody else brought about.
package enum DriftResponse: Hashable, Sendable {
    /// Nothing, as the configuration wants it.
    case left
    /// It is made what it shall be.
    case repaired
    /// What is missing is put back at once.
    case putBack
    /// What is missing was put back too often; it is put back after that time.
    case putBackLater(Duration)
}
