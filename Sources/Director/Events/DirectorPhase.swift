/// What a director is doing; a configuration may want some things told in some phases only.
package enum DirectorPhase: String, Hashable, Sendable {
    /// Before the first full round of verdicts.
    case starting
    /// Neither of the others.
    case running
    /// From the order to stop on.
    case stopping
    /// From another configuration on until all of its servers have a verdict.
    case reloading
}
