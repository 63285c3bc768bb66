package import Failover

/// What a master announces, and how.
package struct AnnouncementSubject: Hashable, Sendable {
    /// The name of the virtual router.
    package var router: String
    package var settings: AnnouncementSettings
    /// Its addresses, those that it does not advertise last, in the order of the file.
    package var addresses: [AnnouncedAddress]
    /// The interface that its advertisements leave by, on which nothing is announced from time to time beyond `refresh`.
    package var advertisingInterface: String?
    /// The interfaces among those of `addresses` that were made for the virtual router.
    package var madeInterfaces: Set<String>

    /// Makes a subject.
    package init(
        router: String,
        settings: AnnouncementSettings,
        addresses: [AnnouncedAddress],
        advertisingInterface: String?,
        madeInterfaces: Set<String> = []
    ) {
        self.router = router
        self.settings = settings
        self.addresses = addresses
        self.advertisingInterface = advertisingInterface
        self.madeInterfaces = madeInterfaces
    }

    /// The addresses on interfaces that switches do not hear of by advertisements (`garp_extra_if`).
    var extraAddresses: [AnnouncedAddress] {
        guard settings.extraInterval > .zero else { return [] }
        return addresses.filter {
            $0.interface != advertisingInterface && (settings.extraOnAll || madeInterfaces.contains($0.interface))
        }
    }
}
