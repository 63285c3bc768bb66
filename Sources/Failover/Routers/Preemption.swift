/// When a backup takes over from a master of lower priority.
package enum Preemption: Hashable, Codable, Sendable {
    /// As soon as its time is up.
    case atOnce
    /// That long after it first heard the master.
    case after(Duration)
    /// When the connections of the master have arrived, at the latest after that time.
    case afterSynchronisation(limit: Duration)
    /// Never (`nopreempt`).
    case never
}
