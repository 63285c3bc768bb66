/// What is there as long as the process runs, and whose members fail when it cannot be put back.
package struct StaticEntry<Entry: Hashable & Codable & Sendable>: Hashable, Codable, Sendable {
    /// The address, route or rule.
    package var entry: Entry
    /// The name of the track group; nil for none.
    package var trackGroup: String?
    /// Whether it is put back when somebody takes it away.
    package var isTracked = true

    /// Makes an entry that is tracked.
    package init(_ entry: Entry) {
        self.entry = entry
    }
}
