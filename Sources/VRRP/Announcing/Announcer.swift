package import Failover
package import Time

/// Says when neighbours are told where the virtual addresses of all masters are.
///
/// Only what the kernel has is announced. Where interfaces have a pace, what is planned waits its turn, and none of it is left
/// out but what would come again by itself.
package struct Announcer: Sendable {
    /// A master.
    private struct Master: Sendable {
        var plan: AnnouncementPlan
        /// What it is known by in the heap.
        let number: Int
        /// Its place in the heap; nil where nothing of it is due.
        var planned: (place: PlannedMoment, moment: MonotonicTime)?
    }

    private var pacing: AnnouncementPacing
    private var masters: [String: Master] = [:]
    private var names: [Int: String] = [:]
    private var heap = MomentHeap()
    private var nextNumber = 0

    /// Makes one that has nothing to announce.
    package init(paces: [AnnouncementPace] = []) {
        pacing = AnnouncementPacing(paces)
    }

    /// Keeps to other paces; what waits goes on waiting by them.
    package mutating func setPaces(_ paces: [AnnouncementPace], at now: MonotonicTime) {
        pacing.setPaces(paces, at: now)
    }

    /// A router became master, or is it again after a restart.
    ///
    /// - Parameter isThere: whether the kernel has an address on an interface that knows ARP; those that it has not yet are to be
    ///   told by `appeared`.
    package mutating func begin(
        _ subject: AnnouncementSubject,
        at now: MonotonicTime,
        isThere: (AnnouncedAddress) -> Bool
    ) {
        end(subject.router)
        let present = subject.addresses.filter(isThere)
        masters[subject.router] = Master(
            plan: AnnouncementPlan(subject, present: present, at: now),
            number: nextNumber,
            planned: nil
        )
        names[nextNumber] = subject.router
        nextNumber += 1
        schedule(subject.router)
    }

    /// The kernel has addresses of a master now that it had not before.
    package mutating func appeared(_ addresses: [AnnouncedAddress], of router: String, at now: MonotonicTime) {
        masters[router]?.plan.appeared(addresses, at: now)
        schedule(router)
    }

    /// A master has heard a router with a lower priority.
    package mutating func heardLower(_ router: String, at now: MonotonicTime) {
        masters[router]?.plan.heardLower(at: now)
        schedule(router)
    }

    /// A master has other settings or addresses; new addresses are to be told by `appeared`.
    package mutating func changed(_ subject: AnnouncementSubject, at now: MonotonicTime) {
        guard masters[subject.router] != nil else { return }
        masters[subject.router]?.plan.changed(to: subject, at: now)
        pacing.removeAll(of: subject.router, but: Set(subject.addresses))
        schedule(subject.router)
    }

    /// A router is master no more: nothing of it is announced from now on.
    package mutating func end(_ router: String) {
        guard let master = masters.removeValue(forKey: router) else { return }
        if let planned = master.planned { heap.remove(planned.place) }
        names[master.number] = nil
        pacing.removeAll(of: router)
    }

    /// When something is due next; nil for never.
    package var nextMoment: MonotonicTime? {
        guard let waiting = pacing.nextMoment else { return heap.firstMoment }
        return min(waiting, heap.firstMoment ?? waiting)
    }

    /// What is to be announced now, in order.
    ///
    /// - Parameter isThere: whether the kernel has an address on an interface that knows ARP.
    package mutating func due(at now: MonotonicTime, isThere: (AnnouncedAddress) -> Bool) -> [Announcement] {
        var due: [AnnouncementQueue.Entry] = []
        let mark = heap.mark
        while let number = heap.popFirst(at: now, insertedBefore: mark) {
            guard let router = names[number] else { continue }
            masters[router]?.planned = nil
            let rounds = masters[router]?.plan.due(at: now) ?? []
            for round in rounds {
                for address in round.addresses where isThere(address) {
                    let entry = AnnouncementQueue.Entry(
                        router: router,
                        address: address,
                        beginsRounds: round.isFirst && round.occasion.isTold
                    )
                    let limit = round.occasion.isRecurring ? round.addresses.count : Int.max
                    if !pacing.take(entry, unlessWaiting: limit, at: now) { due.append(entry) }
                }
            }
            schedule(router)
        }
        due += pacing.due(at: now, isThere: isThere)
        return due.map {
            Announcement(
                router: $0.router,
                address: $0.address.address,
                interface: $0.address.interface,
                beginsRounds: $0.beginsRounds
            )
        }
    }

    private mutating func schedule(_ router: String) {
        guard let master = masters[router] else { return }
        let moment = master.plan.nextMoment
        guard master.planned?.moment != moment else { return }
        if let planned = master.planned { heap.remove(planned.place) }
        masters[router]?.planned = moment.map { (heap.insert(master.number, at: $0), $0) }
    }
}
