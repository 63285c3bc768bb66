/// The least time between two announcements on interfaces that share it.
package struct AnnouncementPace: Hashable, Codable, Sendable {
    /// The interfaces; empty for all that are in no other pace, each by itself.
    package var interfaces: [String]
    /// The least time between two gratuitous ARPs; zero for none.
    package var arp = Duration.zero
    /// The least time between two neighbour advertisements; zero for none.
    package var neighbour = Duration.zero

    /// Makes a pace without a least time.
    package init(interfaces: [String]) {
        self.interfaces = interfaces
    }
}
