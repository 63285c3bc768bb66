import Addresses
import TestKit

/// A segment with hosts that run virtual routers, and questions about what was seen there.
final class FailoverStage {
    let segment: Segment
    private(set) var hosts: [FailoverHost] = []

    /// What was not as it had to be, with all that was seen.
    struct Discrepancy: Error, CustomStringConvertible {
        let description: String
    }

    /// One of the advertisements of a host.
    struct Advertisement {
        var moment: Double
        var priority: UInt8
        var source: IPAddress
        var version: UInt8
    }

    init(hosts names: [String], unheard: Set<String> = []) throws {
        segment = try Segment(hosts: names, unheard: unheard)
    }

    /// Adds a host with a program that is not yet started.
    func add(_ name: String, _ kind: FailoverHost.Kind, _ router: LabRouter) -> FailoverHost {
        let host = FailoverHost(name, kind, router, on: segment)
        hosts.append(host)
        return host
    }

    var now: Double { segment.timeline.now }

    /// The most that a moment of the protocol may be off on a machine at rest: a tenth of the interval and 50 ms.
    static func tolerance(_ router: LabRouter) -> Double { router.seconds / 10 + 0.05 }

    /// What a busy machine adds between two moments: whoever hears something late and does something late is late twice.
    func lateness(from start: Double, to end: Double) -> Double {
        2 * segment.metronome.worst(from: start - 0.1, to: end + 0.1)
    }

    // MARK: What was seen

    func advertisements(of host: FailoverHost, after start: Double = 0) -> [Advertisement] {
        let number = host.router.routerID
        return segment.timeline.all.compactMap { entry in
            guard entry.host == host.name, entry.moment > start,
                case .advertisement(let version, number, let priority, let source, _) = entry.matter
            else { return nil }
            return Advertisement(moment: entry.moment, priority: priority, source: source, version: version)
        }
    }

    /// The moments at which a host was given a virtual address of its router, or lost one.
    func addressMoments(of host: FailoverHost, isThere: Bool, after start: Double = 0) -> [Double] {
        segment.timeline.all.compactMap { entry in
            guard entry.host == host.name, entry.moment > start, case .address(let address, isThere) = entry.matter,
                host.router.plainAddresses.contains(address)
            else { return nil }
            return entry.moment
        }
    }

    /// Whether a host has virtual addresses now, by all that was told.
    func holds(_ host: FailoverHost) -> Bool {
        addressMoments(of: host, isThere: true).count > addressMoments(of: host, isThere: false).count
    }

    /// The moments at which a host announced a virtual address of its router.
    func announcements(of host: FailoverHost, after start: Double = 0) -> [Double] {
        segment.timeline.all.compactMap { entry in
            guard entry.host == host.name, entry.moment > start, case .announcement(let address) = entry.matter,
                host.router.plainAddresses.contains(address)
            else { return nil }
            return entry.moment
        }
    }

    // MARK: What has to be

    /// Waits for an advertisement of a host.
    ///
    /// - Throws: `Discrepancy` when none comes within that many seconds.
    @discardableResult
    func wait(
        _ seconds: Double,
        for host: FailoverHost,
        after start: Double,
        where fits: (Advertisement) -> Bool = { $0.priority > 0 }
    ) throws -> Advertisement {
        let end = now + seconds
        while now < end {
            if let found = advertisements(of: host, after: start).first(where: fits) { return found }
            pause(0.1)
        }
        throw discrepancy("no advertisement of \(host.name) within \(seconds) s of \(start)")
    }

    /// Lets so much time pass on the segment, which the course of events is made of.
    func pause(_ seconds: Double) {
        let end = now + seconds
        _ = Deadline.wait(seconds: Int(seconds) + 10, pause: 20_000) { now >= end }
    }

    /// Holds a moment against the time that is to lie between it and another one.
    func expect(
        _ moment: Double,
        is seconds: Double,
        after start: Double,
        within tolerance: Double,
        _ what: String
    ) throws {
        let found = moment - start
        let tolerance = tolerance + lateness(from: start, to: moment)
        guard abs(found - seconds) <= tolerance else {
            throw discrepancy("\(what): \(found) s after \(start) and not \(seconds) ± \(tolerance)")
        }
    }

    func expect(_ holds: Bool, _ what: String) throws {
        if !holds { throw discrepancy(what) }
    }

    /// Holds the regular advertisements of a master against its interval.
    func expectSteady(_ host: FailoverHost, from start: Double, to end: Double, _ what: String) throws {
        let moments = [start] + advertisements(of: host, after: start).map(\.moment).filter { $0 < end } + [end]
        for (earlier, later) in zip(moments, moments.dropFirst()) {
            let most = host.router.seconds * 1.2 + 0.05 + lateness(from: earlier, to: later)
            guard later - earlier <= most else {
                throw discrepancy("\(what): \(host.name) is silent from \(earlier) to \(later)")
            }
        }
    }

    func discrepancy(_ what: String) -> Discrepancy {
        let timeline = segment.timeline.all.suffix(300).map { "  \($0)\n" }.joined()
        let logs = hosts.map { "\($0.name) (\($0.kind)): \($0.log())\n" }.joined()
        return Discrepancy(description: "\(what)\n\(timeline)\(logs)")
    }
}
