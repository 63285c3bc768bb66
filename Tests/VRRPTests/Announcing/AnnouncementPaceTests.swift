import Addresses
import Failover
import Testing
import Time

@testable import VRRP

/// Announcements that wait for one another (`garp_interval`, `gna_interval`, `garp_group`), and those of other interfaces.
struct AnnouncementPaceTests {
    private static let ten = (100..<110).map { address("10.0.0.\($0)") }

    /// keepalived 2.2.7 sends one for each address instead of two, and none of the second time (spec S15).
    @Test func theWholeCountIsKept() {
        let rounds = settings { ($0.rounds, $0.delay) = (2, .seconds(3)) }
        var course = Course(Self.ten, settings: rounds, paces: [pace(arp: .milliseconds(100))])
        course.begin()
        course.run(until: 20_000)
        let first = (0..<20).map { Int64($0 * 100) }
        let second = (30..<50).map { Int64($0 * 100) }
        #expect(course.moments == first + second)
        let texts = Self.ten.map(\.address.description)
        #expect(course.texts == texts + texts + texts + texts)
    }

    @Test func theFirstGoesAtOnce() {
        var course = Course(
            [Self.ten[0]],
            settings: settings { ($0.rounds, $0.delay) = (1, .zero) },
            paces: [pace(arp: .seconds(60))]
        )
        course.begin()
        course.run(until: 100_000)
        #expect(course.moments == [0])
    }

    @Test func thePaceHoldsAfterAnEmptyQueue() {
        let one = settings { ($0.rounds, $0.delay) = (1, .zero) }
        var course = Course([Self.ten[0]], settings: one, paces: [pace(arp: .milliseconds(500))])
        course.begin()
        course.run(until: 100)
        course.announcer.appeared([Self.ten[0]], of: "VI_1", at: course.now)
        course.run(until: 10_000)
        #expect(course.moments == [0, 500])
    }

    @Test func interfacesOfAGroupShareAPace() {
        let addresses = [address("10.0.0.1"), address("10.0.1.1", on: "eth1"), address("10.0.2.1", on: "eth2")]
        var group = AnnouncementPace(interfaces: ["eth0", "eth1"])
        group.arp = .milliseconds(100)
        let one = settings { ($0.rounds, $0.delay) = (1, .zero) }
        var course = Course(addresses, settings: one, paces: [group])
        course.begin()
        course.run(until: 10_000)
        #expect(course.moments(of: addresses[0]) == [0])
        #expect(course.moments(of: addresses[1]) == [100])
        #expect(course.moments(of: addresses[2]) == [0])
    }

    @Test func withoutInterfacesEachHasThePaceByItself() {
        let addresses = [
            address("10.0.0.1"), address("10.0.0.2"), address("10.0.1.1", on: "eth1"), address("10.0.1.2", on: "eth1"),
        ]
        let one = settings { ($0.rounds, $0.delay) = (1, .zero) }
        var course = Course(addresses, settings: one, paces: [pace(arp: .milliseconds(100))])
        course.begin()
        course.run(until: 10_000)
        #expect(addresses.map { course.moments(of: $0) } == [[0], [100], [0], [100]])
    }

    @Test func familiesHaveTheirOwn() {
        let addresses = [address("10.0.0.1"), address("10.0.0.2"), address("fd00::1"), address("fd00::2")]
        var pace = pace(arp: .milliseconds(100))
        pace.neighbour = .milliseconds(30)
        let one = settings { ($0.rounds, $0.delay) = (1, .zero) }
        var course = Course(addresses, settings: one, paces: [pace])
        course.begin()
        course.run(until: 10_000)
        #expect(addresses.map { course.moments(of: $0) } == [[0], [100], [0], [30]])
    }

    @Test func whatIsNotThereTakesNoTurn() {
        let one = settings { ($0.rounds, $0.delay) = (1, .zero) }
        var course = Course(Self.ten, settings: one, paces: [pace(arp: .milliseconds(100))])
        course.begin()
        course.run(until: 0)
        course.there = [Self.ten[9]]
        course.run(until: 10_000)
        #expect(course.moments == [0, 100])
        #expect(course.texts == ["10.0.0.100", "10.0.0.109"])
    }

    /// What comes again by itself waits once, however slow the pace is.
    @Test func recurringRoundsDoNotPileUp() {
        let fast = settings { ($0.rounds, $0.delay, $0.refresh, $0.refreshRounds) = (1, .zero, .seconds(1), 5) }
        var course = Course(Self.ten, settings: fast, paces: [pace(arp: .seconds(1))])
        course.begin()
        for second in 1...1_000 {
            course.run(until: Int64(second) * 1_000)
            course.announcer.heardLower("VI_1", at: course.now)
        }
        #expect(course.moments.count == 1_001)
        course.announcer.end("VI_1")
        #expect(course.announcer.nextMoment == nil)
    }

    @Test func anotherPaceIsKeptToAtOnce() {
        let one = settings { ($0.rounds, $0.delay) = (1, .zero) }
        var course = Course(Self.ten, settings: one, paces: [pace(arp: .seconds(10))])
        course.begin()
        course.run(until: 5)
        course.announcer.setPaces([pace(arp: .milliseconds(10))], at: course.now)
        course.run(until: 20)
        course.announcer.setPaces([], at: course.now)
        course.run(until: 1_000)
        #expect(course.moments == [0, 5, 15, 20, 20, 20, 20, 20, 20, 20])
        #expect(Set(course.texts).count == 10)
    }

    // MARK: Other interfaces

    @Test(arguments: [(false, [1]), (true, [1, 2])])
    func otherInterfacesAreToldFromTimeToTime(all: Bool, extra: [Int]) {
        let addresses = [address("10.0.0.1"), address("10.0.1.1", on: "vrrp.51"), address("10.0.2.1", on: "eth2")]
        let often = settings {
            ($0.rounds, $0.delay, $0.extraInterval, $0.extraOnAll) = (1, .zero, .seconds(2), all)
        }
        var course = Course(addresses, settings: often)
        course.subject.madeInterfaces = ["vrrp.51"]
        course.begin()
        course.run(until: 5_000)
        for (place, address) in addresses.enumerated() {
            #expect(course.moments(of: address) == (extra.contains(place) ? [0, 2_000, 4_000] : [0]))
        }
    }
}

private func settings(_ change: (inout AnnouncementSettings) -> Void) -> AnnouncementSettings {
    var settings = AnnouncementSettings()
    change(&settings)
    return settings
}

private func pace(arp: Duration) -> AnnouncementPace {
    var pace = AnnouncementPace(interfaces: [])
    pace.arp = arp
    return pace
}

private func address(_ text: String, on interface: String = "eth0") -> AnnouncedAddress {
    AnnouncedAddress(IPAddress(text) ?? .any(.ipv4), on: interface)
}
