import Addresses
import Failover
import Time

/// The paces of interfaces, and what waits by them.
struct AnnouncementPacing: Sendable {
    /// What shares a pace.
    private struct Key: Hashable, Comparable {
        /// The place of the pace.
        var pace: Int
        /// The interface, where each has the pace by itself; else empty.
        var interface: String
        var family: AddressFamily

        static func < (left: Key, right: Key) -> Bool {
            (left.pace, left.interface, left.family) < (right.pace, right.interface, right.family)
        }
    }

    private var paces: [AnnouncementPace]
    private var places: [String: Int] = [:]
    private var commonPlace: Int?
    private var queues: [Key: AnnouncementQueue] = [:]

    /// Makes paces by which nothing waits.
    init(_ paces: [AnnouncementPace]) {
        self.paces = paces
        index()
    }

    /// Keeps to other paces; what waits goes on waiting by them.
    mutating func setPaces(_ paces: [AnnouncementPace], at now: MonotonicTime) {
        guard paces != self.paces else { return }
        self.paces = paces
        index()
        let old = queues.sorted { $0.key < $1.key }
        queues = [:]
        for (key, queue) in old {
            for entry in queue.waiting where !take(entry, unlessWaiting: .max, at: now) {
                // What has no pace any more goes out with the next that are due.
                queues[key, default: AnnouncementQueue(interval: .zero, at: now)].append(entry, at: now)
            }
        }
    }

    /// When something that waits is due; nil where nothing does.
    var nextMoment: MonotonicTime? {
        queues.values.lazy.compactMap(\.nextMoment).min()
    }

    /// Has an announcement wait its turn.
    ///
    /// - Parameter limit: the number of waiting ones of the same router at which it is left out.
    /// - Returns: whether it was taken; not where its interface has no pace.
    mutating func take(_ entry: AnnouncementQueue.Entry, unlessWaiting limit: Int, at now: MonotonicTime) -> Bool {
        let family = entry.address.address.family
        guard let place = places[entry.address.interface] ?? commonPlace else { return false }
        let pace = paces[place]
        let interval = family == .ipv4 ? pace.arp : pace.neighbour
        guard interval > .zero else { return false }
        let isShared = !pace.interfaces.isEmpty
        let key = Key(pace: place, interface: isShared ? "" : entry.address.interface, family: family)
        var queue = queues.removeValue(forKey: key) ?? AnnouncementQueue(interval: interval, at: now)
        if queue.count(of: entry.router) < limit { queue.append(entry, at: now) }
        queues[key] = queue
        return true
    }

    /// Those whose turn it is.
    mutating func due(at now: MonotonicTime, isThere: (AnnouncedAddress) -> Bool) -> [AnnouncementQueue.Entry] {
        guard !queues.isEmpty else { return [] }
        var due: [AnnouncementQueue.Entry] = []
        for key in queues.keys.sorted() {
            while let moment = queues[key]?.nextMoment, moment <= now {
                guard let entry = queues[key]?.popFirst(at: now, isThere: isThere) else { break }
                due.append(entry)
            }
            if queues[key]?.isSpent(at: now) ?? false { queues[key] = nil }
        }
        return due
    }

    /// Takes out what waits of a router, but for the addresses that it keeps.
    mutating func removeAll(of router: String, but kept: Set<AnnouncedAddress> = []) {
        for key in queues.keys { queues[key]?.removeAll(of: router, but: kept) }
    }

    private mutating func index() {
        places = [:]
        commonPlace = nil
        for (place, pace) in paces.enumerated() {
            if pace.interfaces.isEmpty { commonPlace = commonPlace ?? place }
            for interface in pace.interfaces where places[interface] == nil { places[interface] = place }
        }
    }
}
