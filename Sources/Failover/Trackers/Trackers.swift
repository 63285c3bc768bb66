/// What a virtual router or a group of them looks at besides advertisements.
package struct Trackers: Hashable, Codable, Sendable {
    /// Interfaces, up or down.
    package var interfaces: [Tracker] = []
    /// Scripts by name, passing or failing.
    package var scripts: [Tracker] = []
    /// Files by name, whose number counts.
    package var files: [Tracker] = []
    /// Sets of processes by name, in quorum or not.
    package var processes: [Tracker] = []
    /// Virtual servers of the director by name, up or down.
    package var servers: [Tracker] = []

    /// Makes trackers that look at nothing.
    package init() {}

    /// Whether nothing is looked at.
    package var isEmpty: Bool { self == Trackers() }
}
