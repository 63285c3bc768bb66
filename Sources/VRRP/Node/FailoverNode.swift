import Addresses
package import Failover
import Links
package import Time

/// All virtual routers of one machine.
///
/// It owns no clock, socket or file: it is told what happens, and says what to do, in order. In one turn of the loop all packets
/// that wait are given before `timePassed`, so that a process that slept hears first what it missed.
///
/// What it promises: a packet that is rejected changes no state and moves no timer; a master's advertisements are never further
/// apart than its interval, whatever is received; what a new configuration does not change is not touched.
package struct FailoverNode: Sendable {
    /// Where a node is in its life.
    enum Life: Hashable, Sendable {
        case created
        case running
        case stopped
    }

    /// The configuration in force.
    package internal(set) var configuration: RouterSet
    /// The time since 1970 by the wall clock at the zero of the monotonic one, which trailers need (`auth_hmac`).
    package var wallClock = Duration.zero

    var life = Life.created
    var boot = BootIdentity(high: 0, low: 0)
    /// The virtual routers in the order of the configuration.
    var routers: [RouterMachine] = []
    /// The groups in the order of the configuration.
    var groups: [GroupMachine] = []
    /// The places of routers by their names.
    var places: [String: Int] = [:]
    var index = RouterIndex()
    var links = LinkTable()
    /// The addresses that come and go with routers, which are nobody's own.
    var virtualAddresses: Set<IPAddress> = []
    /// Addresses that came and went with routers of before, and still stand on the machine.
    var departing: Set<IPAddress> = []
    /// What was found last of all that is tracked.
    var values: [TrackedSubject: TrackedValue] = [:]
    /// The routers that track a thing.
    var watchers: [TrackedSubject: [Int]] = [:]
    /// The routers that depend on an interface.
    var dependents: [String: [Int]] = [:]
    /// The end of the delay in which nobody takes over; nil where it is over.
    var delayEnd: MonotonicTime?
    /// Whether the process that looks at scripts, files and servers is there.
    var hasTrackers = true
    var gauge = SynchronisationGauge()
    var strangers = StrangerCount()
    /// The routers that lack sockets, by their names, with the numbers of the errors.
    var obstacles: [String: Int32] = [:]
    var announcer = Announcer()
    /// The routers that an address comes and goes with.
    var owners: [IPAddress: [Int]] = [:]
    /// Whether each interface was up when that was told last.
    var toldInterfaces: [String: Bool] = [:]
    /// The track groups of static entries that could not be put back.
    var lostStatics: Set<String> = []

    /// What the routers wait for.
    private var heap = MomentHeap()
    private var planned: [(place: PlannedMoment, moment: MonotonicTime)?] = []
    /// The routers that something happened to, and whether each is among them.
    private var touched: [Int] = []
    private var isTouched: [Bool] = []
    var channels: [RouterChannel] = []
    var channelsAreDue = false
    var noted: [LinkAddress] = []
    var actions: NodeActions = []

    /// Makes a node that has not begun.
    package init(_ configuration: RouterSet) {
        self.configuration = configuration
    }

    /// When something is due next; nil for never.
    package var nextMoment: MonotonicTime? {
        guard life == .running else { return nil }
        var next = heap.firstMoment
        for moment in [delayEnd, announcer.nextMoment, configuration.interfaceDelays.isEmpty ? nil : links.nextTurn] {
            guard let moment else { continue }
            next = min(next ?? moment, moment)
        }
        return next
    }

    // MARK: Time

    /// Does what is due.
    package mutating func timePassed(at now: MonotonicTime) -> [NodeAction] {
        guard life == .running else { return [] }
        if let delayEnd, delayEnd <= now {
            self.delayEnd = nil
            tell(.delayEnded)
            beginAll(at: now)
        }
        if !configuration.interfaceDelays.isEmpty {
            for name in links.timePassed(at: now) { interfaceChanged(name, at: now) }
        }
        fireDue(at: now)
        announceWhatIsDue(at: now)
        return finish(at: now)
    }

    /// Lets masters advertise that are due, while packets still wait that may put off the time of others.
    ///
    /// Packets that come faster than they can be read keep no master silent that way.
    package mutating func advertise(at now: MonotonicTime) -> [NodeAction] {
        guard life == .running, let first = heap.firstMoment, first <= now else { return [] }
        fireDue(at: now, mastersOnly: true)
        return finish(at: now)
    }

    /// Does what routers are due for; those that are left out stay due.
    private mutating func fireDue(at now: MonotonicTime, mastersOnly: Bool = false) {
        let mark = heap.mark
        while let place = heap.popFirst(at: now, insertedBefore: mark) {
            planned[place] = nil
            touch(place)
            if !mastersOnly || routers[place].state == .master { fire(place, at: now) }
        }
    }

    // MARK: Actions

    /// Tells of something about all routers.
    mutating func tell(_ matter: NodeMatter) {
        actions.append(.tell(.node(matter)))
    }

    /// Tells of something about a router.
    mutating func tell(_ matter: RouterMatter, of place: Int) {
        routers[place].tell(matter, &actions)
    }

    /// Tells of something about a group.
    mutating func tell(_ matter: GroupMatter, ofGroup place: Int) {
        actions.append(.tell(.group(groups[place].settings.name, matter, state: groups[place].state)))
    }

    /// Has the next moment of a router looked at before the call ends.
    mutating func touch(_ place: Int) {
        guard !isTouched[place] else { return }
        isTouched[place] = true
        touched.append(place)
    }

    /// Plans what the routers wait for, and hands the actions over.
    mutating func finish(at now: MonotonicTime) -> [NodeAction] {
        for place in touched {
            isTouched[place] = false
            let moment = life == .running ? routers[place].nextMoment() : nil
            if planned[place]?.moment == moment { continue }
            if let old = planned[place] { heap.remove(old.place) }
            planned[place] = moment.map { (heap.insert(place, at: $0), $0) }
        }
        touched.removeAll(keepingCapacity: true)
        if channelsAreDue { openChannels(at: now) }
        var result: NodeActions = []
        swap(&result, &actions)
        return result
    }

    /// Takes routers in the place of those before, and plans all of them anew.
    mutating func replaceRouters(_ routers: [RouterMachine]) {
        self.routers = routers
        heap = MomentHeap()
        planned = Array(repeating: nil, count: routers.count)
        touched = Array(routers.indices)
        isTouched = Array(repeating: true, count: routers.count)
        places = Dictionary(routers.enumerated().map { ($1.settings.name, $0) }) { first, _ in first }
    }
}
