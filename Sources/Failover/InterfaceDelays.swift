/// The time that an interface must be down or up before it counts.
package struct InterfaceDelays: Hashable, Codable, Sendable {
    package var down: Duration
    package var up: Duration

    /// Makes delays.
    package init(down: Duration, up: Duration) {
        self.down = down
        self.up = up
    }
}
