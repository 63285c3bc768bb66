import Addresses
import Time
import VRRP

/// What is promised of elections, and whether it was kept.
struct ElectionPromises {
    /// What is promised after an event that came when all was calm.
    struct Expectation: Hashable {
        /// The times that a mastership may begin, of each router.
        var begins = 0
        /// How long two that hear each other may hold an address.
        var overlap = Duration.zero
        /// Whether no master may change at all.
        var isUnchanged = false
    }

    private(set) var violations: [String] = []
    /// From when all must be settled; nothing may change after it.
    private(set) var calmAt = MonotonicTime(nanoseconds: 0)
    /// What holds since the last event; nil where everything may happen until it is calm.
    private(set) var expectation: Expectation?
    private var eventMoment = MonotonicTime(nanoseconds: 0)
    /// How often a mastership began since the last event, of each router.
    private var begins: [Int]
    private var lastHolders: [[Int]]
    private var holdersAtEvent: [[Int]]
    private var doubleSince: [MonotonicTime?]
    /// The time until which two masters of a router cannot be told from one another, as something was lost.
    private var lastSent: [Int: [String: MonotonicTime]] = [:]
    private var pausedSince: Set<Int> = []
    private var lines: [Int: (start: MonotonicTime, count: Int)] = [:]
    /// Who announced each router's address last, as the neighbour heard it.
    var learned: [Int?]
    /// Whether an announcement of it went past the neighbour since.
    var missed: [Bool]
    /// The interval that is demanded of each node's masters.
    var intervals: [Int: Duration] = [:]

    init(nodes: Int, routers: Int) {
        begins = Array(repeating: 0, count: routers)
        lastHolders = Array(repeating: [], count: routers)
        holdersAtEvent = lastHolders
        doubleSince = Array(repeating: nil, count: routers)
        learned = Array(repeating: nil, count: routers)
        missed = Array(repeating: false, count: routers)
    }

    mutating func violated(_ text: String, at now: MonotonicTime) {
        violations.append("\(Double(now.nanoseconds / 1_000_000) / 1e3) s: \(text)")
    }

    // MARK: Events

    /// Something happens; nothing is promised until `calm` but what is expected.
    mutating func happens(_ expectation: Expectation?, calm: MonotonicTime, at now: MonotonicTime) {
        conclude(at: now)
        eventMoment = now
        // What was not settled yet goes on.
        self.expectation = now >= calmAt ? expectation : nil
        calmAt = max(calmAt, calm)
        begins = begins.map { _ in 0 }
        holdersAtEvent = lastHolders
    }

    /// Holds what came of the last event against what was expected.
    mutating func conclude(at now: MonotonicTime) {
        guard let expectation, violations.isEmpty else { return }
        for router in begins.indices {
            if expectation.isUnchanged, lastHolders[router] != holdersAtEvent[router] || begins[router] > 0 {
                violated("router \(router) changed from \(holdersAtEvent[router]) to \(lastHolders[router])", at: now)
            }
            if begins[router] > expectation.begins, !expectation.isUnchanged {
                violated("router \(router) got \(begins[router]) masters, \(expectation.begins) expected", at: now)
            }
        }
    }

    // MARK: What is seen

    /// Who holds the address of a router now.
    mutating func observed(_ router: Int, holders: [Int], isDouble: Bool, at now: MonotonicTime) {
        if holders != lastHolders[router] {
            begins[router] += Set(holders).subtracting(lastHolders[router]).count
            lastHolders[router] = holders
            if now > calmAt { violated("router \(router) changed to \(holders) without a cause", at: now) }
            if expectation?.isUnchanged == true, holders != holdersAtEvent[router] {
                violated("router \(router) changed from \(holdersAtEvent[router]) to \(holders)", at: now)
            }
        }
        guard isDouble else {
            doubleSince[router] = nil
            return
        }
        let since = doubleSince[router] ?? now
        doubleSince[router] = since
        if now > calmAt { violated("router \(router) is held by \(holders)", at: now) }
        if let expectation, now - since > expectation.overlap, since >= eventMoment {
            violated("router \(router) was held by \(holders) for \(now - since)", at: now)
        }
    }

    /// An advertisement of a node: a master's are never further apart than its interval.
    mutating func sent(_ priority: UInt8, by router: String, of place: Int, at local: MonotonicTime) {
        guard priority > 0 else {
            lastSent[place]?[router] = nil
            return
        }
        if let last = lastSent[place]?[router], let interval = intervals[place],
            local - last > interval + .milliseconds(1)
        {
            violated("node \(place) advertised \(local - last) after the last time", at: local)
        }
        lastSent[place, default: [:]][router] = local
    }

    /// The clock of a router's advertisements begins anew: it became master.
    mutating func forgetClock(of place: Int, router: String) { lastSent[place]?[router] = nil }

    /// The clock of a node's advertisements begins anew: it stood still, or its configuration is another one.
    mutating func forgetClock(of place: Int) { lastSent[place] = nil }

    /// A node tells of something: what is told is bounded, whatever comes in.
    mutating func told(_ event: RouterEvent, by place: Int, at now: MonotonicTime) {
        guard case .router(let name, let matter, _, _) = event else { return }
        switch matter {
        case .entering: lastSent[place]?[name] = nil
        case .rejected, .twoMasters, .ownAddressHeard, .discardedLower, .heardPriorityZero:
            var line = lines[place] ?? (now, 0)
            if now - line.start > .seconds(60) { line = (now, 0) }
            line.count += 1
            lines[place] = line
            if line.count > 1000 { violated("node \(place) told \(line.count) lines in a minute", at: now) }
        default: break
        }
    }

    /// The kernel of a node has what its states say, and a group is in one state.
    mutating func hold(_ node: SimulatedNode, addresses: [IPAddress], at now: MonotonicTime) {
        let status = node.machine.node.status
        guard status.routers.count == addresses.count else { return }
        for (router, address) in zip(status.routers, addresses)
        where (router.state == .master) != node.machine.holds(address) {
            violated("node \(node.place) is \(router.state) of \(router.name) and its kernel says otherwise", at: now)
        }
        guard !status.groups.isEmpty else { return }
        let states = Set(status.routers.map(\.state))
        if states.count > 1 { violated("node \(node.place) has members in \(states)", at: now) }
        let isFaulty = status.routers.contains { !$0.reasons.isEmpty }
        if isFaulty != states.contains(.fault), !states.contains(.initial) {
            violated("node \(node.place) has members in \(states) with reasons \(isFaulty)", at: now)
        }
    }
}
