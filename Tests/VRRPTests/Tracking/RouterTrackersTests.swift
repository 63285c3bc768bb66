import Failover
import Testing
import Time
import VRRPSimulation

@testable import VRRP

/// What values of trackers make of a priority, by the table of keepalived.
struct RouterTrackersTests {
    private static func verdict(
        _ kind: TrackedSubject.Kind,
        weight: Int,
        isReversed: Bool = false,
        _ value: TrackedValue?
    ) -> RouterTrackers.Verdict {
        let router = VirtualRouter.simulated {
            let trackers = [Tracker("x", weight: weight, isReversed: isReversed)]
            switch kind {
            case .interface: $0.trackers.interfaces = trackers
            case .script: $0.trackers.scripts = trackers
            case .file: $0.trackers.files = trackers
            case .process: $0.trackers.processes = trackers
            case .server: $0.trackers.servers = trackers
            }
        }
        return RouterTrackers(router, group: nil).verdict(value.map { [TrackedSubject(kind, "x"): $0] } ?? [:])
    }

    @Test(arguments: TrackedSubject.Kind.allCases.filter { $0 != .file })
    func whatHasNoWeightIsAFaultWhenItIsNotWell(kind: TrackedSubject.Kind) {
        let subject = TrackedSubject(kind, "x")
        #expect(Self.verdict(kind, weight: 0, .well).faults == [])
        #expect(Self.verdict(kind, weight: 0, .unwell).faults == [subject])
        #expect(Self.verdict(kind, weight: 0, isReversed: true, .well).faults == [subject])
        #expect(Self.verdict(kind, weight: 0, isReversed: true, .unwell).faults == [])
        #expect(Self.verdict(kind, weight: 0, nil).isAwaited)
    }

    @Test(arguments: TrackedSubject.Kind.allCases.filter { $0 != .file })
    func aWeightIsAddedOrTakenOff(kind: TrackedSubject.Kind) {
        #expect(Self.verdict(kind, weight: 60, .well).adjustment == 60)
        #expect(Self.verdict(kind, weight: 60, .unwell).adjustment == 0)
        #expect(Self.verdict(kind, weight: -60, .well).adjustment == 0)
        #expect(Self.verdict(kind, weight: -60, .unwell).adjustment == -60)
        #expect(Self.verdict(kind, weight: 60, isReversed: true, .well).adjustment == -60)
        #expect(Self.verdict(kind, weight: -60, isReversed: true, .unwell).adjustment == 60)
        #expect(Self.verdict(kind, weight: 60, nil) == RouterTrackers.Verdict())
    }

    @Test(arguments: [
        (1, 20, 20, false), (-1, 20, -20, false), (-1, -30, 30, false), (-1, 253, -253, false), (-1, 254, 0, true),
        (1, 300, 253, false), (2, .max, 253, false), (-2, .max, 0, true), (3, .min, 0, true), (-3, .min, 253, false),
    ])
    func theNumberOfAFileIsMultiplied(weight: Int, number: Int, adjustment: Int, isFault: Bool) {
        let verdict = Self.verdict(.file, weight: weight, .number(number))
        #expect(verdict.adjustment == adjustment)
        #expect(verdict.faults.isEmpty != isFault)
    }

    @Test func theNumberOfAFileWithoutAWeightIsAFault() {
        #expect(Self.verdict(.file, weight: 0, .number(0)).faults.isEmpty)
        #expect(!Self.verdict(.file, weight: 0, .number(-1)).faults.isEmpty)
        #expect(!Self.verdict(.file, weight: 0, isReversed: true, .number(0)).faults.isEmpty)
    }

    @Test(arguments: [
        (100, 60, 160), (100, -60, 40), (100, -200, 1), (100, 200, 254), (254, 1, 254), (1, -1, 1), (255, -100, 255),
        (255, 10, 255),
    ])
    func prioritiesAreBounded(configured: UInt8, adjustment: Int, expected: UInt8) {
        #expect(RouterTrackers.priority(configured, adjustedBy: adjustment) == expected)
    }

    @Test func membersAndOwnersKeepTheirPriority() {
        var router = VirtualRouter.simulated {
            $0.trackers.scripts = [Tracker("s", weight: 10)]
            $0.trackers.interfaces = [Tracker("eth1", weight: -10)]
            $0.trackers.files = [Tracker("f", weight: 1)]
        }
        let values: [TrackedSubject: TrackedValue] = [
            TrackedSubject(.script, "s"): .well, TrackedSubject(.interface, "eth1"): .unwell,
            TrackedSubject(.file, "f"): .number(5),
        ]
        #expect(RouterTrackers(router, group: nil).verdict(values).adjustment == 5)
        var group = SyncGroup("G", members: ["VI_1"])
        let bound = RouterTrackers(router, group: group).verdict(values)
        #expect(bound.adjustment == 0)
        #expect(bound.faults == [TrackedSubject(.interface, "eth1"), TrackedSubject(.file, "f")])
        group.hasWeights = true
        #expect(RouterTrackers(router, group: group).verdict(values).adjustment == 5)
        router.priority = 255
        #expect(RouterTrackers(router, group: nil).verdict(values).adjustment == 0)
    }

    @Test func itsOwnInterfaceIsNotTrackedAgain() {
        let router = VirtualRouter.simulated { $0.trackers.interfaces = [Tracker("eth0", weight: -10)] }
        #expect(RouterTrackers(router, group: nil).subjects.isEmpty)
    }
}
