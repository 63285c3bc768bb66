import Addresses
import Failover
import Time

@testable import VRRP

/// What an announcer says while time passes, woken whenever it wants to be.
struct Course {
    var announcer: Announcer
    var subject: AnnouncementSubject
    /// What the kernel has.
    var there: Set<AnnouncedAddress>
    var now = MonotonicTime(nanoseconds: 0)
    /// What was announced, by milliseconds.
    private(set) var sent: [(moment: Int64, announcement: Announcement)] = []

    init(
        _ addresses: [AnnouncedAddress],
        settings: AnnouncementSettings = AnnouncementSettings(),
        paces: [AnnouncementPace] = [],
        advertisingInterface: String? = "eth0"
    ) {
        announcer = Announcer(paces: paces)
        subject = AnnouncementSubject(
            router: "VI_1",
            settings: settings,
            addresses: addresses,
            advertisingInterface: advertisingInterface
        )
        there = Set(addresses)
    }

    mutating func begin() {
        announcer.begin(subject, at: now) { there.contains($0) }
    }

    /// Lets time pass to a moment, in milliseconds.
    mutating func run(until end: Int64) {
        let end = MonotonicTime(nanoseconds: end * 1_000_000)
        while let next = announcer.nextMoment, max(next, now) <= end {
            now = max(next, now)
            for announcement in announcer.due(at: now, isThere: { there.contains($0) }) {
                sent.append((now.nanoseconds / 1_000_000, announcement))
            }
        }
        now = max(now, end)
    }

    var moments: [Int64] { sent.map(\.moment) }

    var texts: [String] { sent.map(\.announcement.address.description) }

    func moments(of address: AnnouncedAddress) -> [Int64] {
        sent.filter { $0.announcement.address == address.address && $0.announcement.interface == address.interface }
            .map(\.moment)
    }
}
