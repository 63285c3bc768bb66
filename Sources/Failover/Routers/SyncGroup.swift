/// Virtual routers that are master together or not at all.
package struct SyncGroup: Hashable, Codable, Sendable {
    /// The name, which log lines and programs have.
    package var name: String
    /// The names of its members in the order of the file.
    package var members: [String]
    /// What all of them track.
    package var trackers = Trackers()
    /// Whether trackers may change the priorities of members (`sync_group_tracking_weight`).
    package var hasWeights = false

    /// Makes a group.
    package init(_ name: String, members: [String]) {
        self.name = name
        self.members = members
    }
}
