package import Addresses

/// One gratuitous ARP or unsolicited neighbour advertisement that is to be sent.
package struct Announcement: Hashable, Sendable {
    /// The name of the virtual router that the address belongs to.
    package var router: String
    package var address: IPAddress
    /// The interface that it leaves by.
    package var interface: String
    /// Whether it is the first of a number of rounds, which is worth a line of the log.
    package var beginsRounds: Bool

    /// Makes an announcement.
    package init(router: String, address: IPAddress, interface: String, beginsRounds: Bool = false) {
        self.router = router
        self.address = address
        self.interface = interface
        self.beginsRounds = beginsRounds
    }
}
