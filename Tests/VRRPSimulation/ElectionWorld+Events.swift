import Addresses
import Failover
import Time
import VRRP

// What happens to the machines of a history, and what is promised of it.

extension ElectionWorld {
    /// The longest interval that a configuration has, and had within the time in which that matters.
    private var longestInterval: Duration {
        nodes.flatMap { $0.machine.configuration.routers.map(\.interval) }.max() ?? .seconds(1)
    }

    /// The time after which all has settled, whatever happened: one time of a backup for the first, one for who comes after it,
    /// and the delays of the configuration, which the better ones wait for one after the other.
    private var settling: Duration {
        let interval = max(longestInterval, .milliseconds(100))
        let delay =
            nodes.flatMap { node in
                node.machine.configuration.routers.map { router -> Duration in
                    if case .after(let delay) = router.preemption { delay } else { .zero }
                }
            }.max() ?? .zero
        let skew = max(interval, .seconds(1))
        return interval * 9 + skew * 3 + delay * nodes.count
    }

    /// Twice the longest way, and what clocks and turns add.
    private var twice: Duration { .microseconds(2 * network.longestDelay) + .milliseconds(5) }

    /// How long routers of the same priority may both be master, as their time runs out at once.
    private var tie: Duration {
        let priorities = nodes.compactMap { $0.machine.configuration.routers.first?.priority }
        return Set(priorities).count < priorities.count ? twice : .zero
    }

    /// Whether nothing is in the way of exact promises.
    private var isClear: Bool {
        network.loss == 0 && !network.reorders && network.isWhole
            && nodes.allSatisfy { !$0.isForeign && $0.isLinkUp && $0.order == nil }
    }

    private mutating func expect(_ expectation: ElectionPromises.Expectation?, after duration: Duration? = nil) {
        promises.happens(expectation, calm: now + (duration ?? settling), at: now)
    }

    private func unchanged() -> ElectionPromises.Expectation {
        var expectation = ElectionPromises.Expectation()
        expectation.isUnchanged = true
        return expectation
    }

    private func switched(overlap: Duration = .zero) -> ElectionPromises.Expectation {
        ElectionPromises.Expectation(begins: tie == .zero ? 1 : nodes.count, overlap: overlap)
    }

    /// Starts all nodes, each in its time.
    mutating func begin() {
        expect(nil)
        for place in nodes.indices { promises.intervals[place] = nodes[place].isForeign ? nil : plan.interval }
        for (place, node) in plan.nodes.enumerated().sorted(by: { $0.element.start < $1.element.start }) {
            run(until: MonotonicTime(nanoseconds: Int64(node.start) * 1_000_000))
            expect(nil)
            take(nodes[place].start(at: now), from: place)
        }
    }

    /// Lets something happen.
    mutating func happens(_ event: ElectionEvent) {
        switch event {
        case .kill(let place): kill(place)
        case .reboot(let place):
            guard nodes[place].isRunning else { return }
            expect(isClear ? switched(overlap: tie) : nil)
            nodes[place].reboot()
            promises.forgetClock(of: place)
        case .start(let place): start(place)
        case .restart(let place, let after, let keepsRecord): restart(place, after: after, keepsRecord: keepsRecord)
        case .stop(let place):
            guard nodes[place].isRunning, nodes[place].sleepsUntil == nil else { return }
            expect(isClear ? switched(overlap: tie) : nil)
            take(nodes[place].stop(at: now), from: place)
            promises.forgetClock(of: place)
        case .pause(let place, let milliseconds): pause(place, .milliseconds(milliseconds))
        case .partition(let some, let neighbourIsWithThem):
            expect(nil)
            // Where the neighbour comes to another master, nobody tells it so.
            if !network.isWhole { promises.missed = promises.missed.map { _ in true } }
            network.partition(Set(some), neighbourIsWithThem: neighbourIsWithThem)
        case .oneWay(let from, let to):
            expect(nil)
            network.cut(from: from, to: to)
        case .heal:
            let wasSplit = !network.isWhole
            network.heal()
            expect(isClear && !wasSplit ? unchanged() : nil)
        case .loss(let permille):
            network.loss = permille
            expect(isClear ? unchanged() : nil)
        case .forge(let packet, let count, let every): forge(packet, count: count, every: .milliseconds(every))
        case .reload(let place, let change): reload(place, change)
        case .rolling(let change, let every): roll(change, every: .milliseconds(every))
        case .track(let place, let isWell):
            guard nodes[place].sleepsUntil == nil else { return }
            let isSame = nodes[place].isWell == isWell || !nodes[place].isRunning
            expect(isClear ? (isSame ? unchanged() : switched(overlap: isWell ? twice : tie)) : nil)
            take(nodes[place].setWell(isWell, at: now), from: place)
        case .link(let place, let isUp):
            guard nodes[place].sleepsUntil == nil, nodes[place].isLinkUp != isUp else { return }
            expect(nil)
            take(nodes[place].setLink(isUp: isUp, at: now), from: place)
        case .takeAway(let place):
            guard nodes[place].isOurs, nodes[place].isRunning, nodes[place].sleepsUntil == nil else { return }
            expect(isClear ? unchanged() : nil)
            let moment = nodes[place].local(now)
            for address in addresses {
                take(SimulatedNode.Output(actions: nodes[place].machine.takeAway(address, at: moment)), from: place)
            }
        case .order(let place, let deed):
            guard nodes[place].isOurs, nodes[place].isRunning, nodes[place].sleepsUntil == nil else { return }
            expect(nil)
            nodes[place].order = deed == .release ? nil : deed
            let moment = nodes[place].local(now)
            let actions = nodes[place].machine.act(at: moment) { $0.ordered(NodeOrder(deed), at: moment) }
            take(SimulatedNode.Output(actions: actions), from: place)
        case .clock(let place, let seconds):
            guard nodes[place].isOurs else { return }
            expect(isClear ? unchanged() : nil)
            _ = nodes[place].machine.act(at: nodes[place].local(now)) {
                $0.wallClock += .seconds(seconds)
                return []
            }
        }
        observe()
    }

    // MARK: Lives

    private mutating func kill(_ place: Int) {
        guard nodes[place].isRunning else { return }
        expect(isClear ? switched(overlap: tie) : nil)
        nodes[place].kill()
        nodes[place].order = nil
        promises.forgetClock(of: place)
    }

    private mutating func start(_ place: Int) {
        guard !nodes[place].isRunning else { return }
        // What is left of an address counts again as held until the start, which removes it first.
        expect(isClear ? switched(overlap: twice) : nil)
        nodes[place].order = nil
        take(nodes[place].start(at: now), from: place)
    }

    /// Within two and a half intervals of its last advertisement a process takes its mastership up again.
    private mutating func restart(_ place: Int, after milliseconds: Int, keepsRecord: Bool) {
        guard nodes[place].isRunning, nodes[place].isOurs, nodes[place].sleepsUntil == nil else { return }
        let interval = nodes[place].machine.configuration.routers.first?.interval ?? .seconds(1)
        let after = Duration.milliseconds(milliseconds)
        let isSoon = keepsRecord && after + interval < interval * 5 / 2
        // What a process has set stays until it is there again.
        expect(isClear && isSoon ? unchanged() : nil, after: after + settling)
        nodes[place].kill()
        nodes[place].order = nil
        promises.forgetClock(of: place)
        if !keepsRecord { nodes[place].machine.forgetRecords() }
        nodes[place].isRestarting = true
        run(until: now + after)
        nodes[place].isRestarting = false
        take(nodes[place].start(at: now), from: place)
        if !(isClear && isSoon) { expect(nil) }
    }

    private mutating func pause(_ place: Int, _ duration: Duration) {
        guard nodes[place].isRunning, nodes[place].sleepsUntil == nil else { return }
        let interval = nodes[place].machine.configuration.routers.first?.interval ?? .seconds(1)
        let isShort = duration < interval * 3 / 2
        expect(isClear && isShort ? unchanged() : nil, after: duration + settling)
        nodes[place].sleepsUntil = now + duration
        promises.forgetClock(of: place)
    }

    // MARK: Configurations

    private mutating func reload(_ place: Int, _ change: ElectionChange) {
        guard nodes[place].isOurs, nodes[place].sleepsUntil == nil else { return }
        expect(isClear ? (change == .nothing || change == .name ? unchanged() : switched(overlap: twice)) : nil)
        take(nodes[place].reload(change, at: now), from: place)
        if change == .nothing { return }
        promises.forgetClock(of: place)
    }

    /// One node after the other gets a configuration, those that do not run too.
    private mutating func roll(_ change: ElectionChange, every gap: Duration) {
        let isSmooth = isClear && nodes.allSatisfy { $0.isEligible }
        expect(isSmooth ? unchanged() : nil, after: settling + gap * nodes.count + .seconds(20))
        let old = longestInterval
        for place in nodes.indices {
            take(nodes[place].reload(change, at: now), from: place)
            promises.forgetClock(of: place)
            promises.intervals[place] =
                nodes[place].isForeign
                ? nil : max(old, nodes[place].machine.configuration.routers.first?.interval ?? old)
            run(until: now + gap)
        }
        for place in nodes.indices where !nodes[place].isForeign {
            promises.intervals[place] = nodes[place].machine.configuration.routers.first?.interval
        }
    }

    // MARK: Forgeries

    private mutating func forge(_ packet: ForgedPacket, count: Int, every: Duration) {
        // Who waits for a packet that counts must not be kept waiting by one that does not.
        expect(isClear ? unchanged() : nil, after: every * count + settling)
        for _ in 0..<count {
            for place in nodes.indices {
                for router in nodes[place].machine.configuration.routers {
                    let master = addresses.indices.compactMap { holders($0).first }.first
                    guard let forged = packet.made(for: router, to: place, master: master, &chance) else { continue }
                    network.deliver(forged, to: place, at: now, &chance)
                }
            }
            run(until: now + every)
        }
    }
}
