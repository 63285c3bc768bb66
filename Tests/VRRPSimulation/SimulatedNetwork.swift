import Addresses
import TestKit
import Time
import VRRP

/// The link between nodes, and the packets on their way.
struct SimulatedNetwork {
    struct Delivery {
        var to: Int
        var packet: ReceivedPacket
    }

    private var heap = MomentHeap()
    private var deliveries: [Delivery?] = []
    private var free: [Int] = []
    /// Whether what one node sends reaches another; the neighbour has the number after the last node.
    private var isCut: [[Bool]]
    /// How many of one virtual router were lost in a row on the way from one node to another.
    private var lostInARow: [[[UInt8: Int]]]
    /// Packets in a thousand that are lost.
    var loss = 0
    let longestDelay: Int
    let duplicates: Int
    /// Whether packets of one way overtake each other.
    let reorders: Bool
    /// When the last packet of each way comes.
    private var lastArrival: [[MonotonicTime]]
    let count: Int

    init(nodes: Int, longestDelay: Int, duplicates: Int, reorders: Bool) {
        count = nodes
        self.longestDelay = longestDelay
        self.duplicates = duplicates
        self.reorders = reorders
        let beginning = MonotonicTime(nanoseconds: 0)
        lastArrival = Array(repeating: Array(repeating: beginning, count: nodes), count: nodes)
        isCut = Array(repeating: Array(repeating: false, count: nodes + 1), count: nodes + 1)
        lostInARow = Array(repeating: Array(repeating: [:], count: nodes), count: nodes)
    }

    /// The number of the neighbour.
    var neighbour: Int { count }

    var nextMoment: MonotonicTime? { heap.firstMoment }

    mutating func popFirst(at now: MonotonicTime) -> Delivery? {
        guard let place = heap.popFirst(at: now) else { return nil }
        defer {
            deliveries[place] = nil
            free.append(place)
        }
        return deliveries[place]
    }

    // MARK: Cuts

    mutating func cut(from: Int, to: Int) { isCut[from][to] = true }

    mutating func partition(_ some: Set<Int>, neighbourIsWithThem: Bool) {
        heal()
        for from in 0...count {
            for to in 0...count {
                let (one, other) = (isWith(from, some, neighbourIsWithThem), isWith(to, some, neighbourIsWithThem))
                isCut[from][to] = one != other
            }
        }
    }

    private func isWith(_ place: Int, _ some: Set<Int>, _ neighbourIsWithThem: Bool) -> Bool {
        place == neighbour ? neighbourIsWithThem : some.contains(place)
    }

    mutating func heal() {
        for from in 0...count { for to in 0...count { isCut[from][to] = false } }
    }

    func reaches(_ from: Int, _ to: Int) -> Bool { !isCut[from][to] }

    func connects(_ one: Int, _ other: Int) -> Bool { !isCut[one][other] && !isCut[other][one] }

    var isWhole: Bool { isCut.allSatisfy { !$0.contains(true) } }

    // MARK: Packets

    mutating func send(_ sent: SentAdvertisement, from: Int, at now: MonotonicTime, _ chance: inout SimulatedChance) {
        let packet = ReceivedPacket(
            bytes: sent.bytes,
            includesHeader: sent.source.family == .ipv4,
            carrier: sent.carrier,
            source: sent.source,
            destination: sent.destination,
            hops: 255,
            interface: "eth0",
            arrival: now
        )
        let router = sent.bytes.count > 21 ? sent.bytes[21] : 0
        for to in 0..<count where to != from && reaches(from, to) {
            guard sent.destination.isMulticast || sent.destination == ElectionPlan.address(of: to) else { continue }
            if loss > 0 {
                if chance.happens(loss), lostInARow[from][to][router, default: 0] < 2 {
                    lostInARow[from][to][router, default: 0] += 1
                    continue
                }
                lostInARow[from][to][router] = 0
            }
            deliver(packet, from: from, to: to, at: now, &chance)
            if chance.happens(duplicates) { deliver(packet, from: from, to: to, at: now, &chance) }
        }
    }

    /// Puts a packet on its way; one without a sender comes from nobody's node.
    mutating func deliver(
        _ packet: ReceivedPacket,
        from: Int? = nil,
        to: Int,
        at now: MonotonicTime,
        _ chance: inout SimulatedChance
    ) {
        let place = free.popLast() ?? deliveries.count
        if place == deliveries.count { deliveries.append(nil) }
        deliveries[place] = Delivery(to: to, packet: packet)
        var arrival = now + .microseconds(chance.number(min(100, longestDelay)...longestDelay))
        if let from, !reorders {
            arrival = max(arrival, lastArrival[from][to])
            lastArrival[from][to] = arrival
        }
        _ = heap.insert(place, at: arrival)
    }
}
