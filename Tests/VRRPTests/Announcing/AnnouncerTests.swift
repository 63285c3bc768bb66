import Addresses
import Failover
import Testing
import Time

@testable import VRRP

/// When neighbours are told of addresses: the counts and moments that spec S15 measured, and what is ours.
struct AnnouncerTests {
    private static let first = address("10.0.0.100")
    private static let second = address("10.0.0.101")
    private static let third = address("fd00::100")

    // MARK: Rounds

    @Test func aNewMasterAnnouncesFiveTimesAndAgainLater() {
        var course = Course([Self.first])
        course.begin()
        course.run(until: 10_000)
        #expect(course.moments == [0, 20, 40, 60, 80, 5_000, 5_020, 5_040, 5_060, 5_080])
        #expect(course.announcer.nextMoment == nil)
        #expect(course.sent.filter(\.announcement.beginsRounds).map(\.moment) == [0, 5_000])
    }

    @Test func aRoundHasAllAddressesInOrder() {
        var course = Course(
            [Self.first, Self.second, Self.third],
            settings: settings {
                $0.rounds = 2; $0.delay = .zero
            }
        )
        course.begin()
        course.run(until: 1_000)
        #expect(course.texts == ["10.0.0.100", "10.0.0.101", "fd00::100", "10.0.0.100", "10.0.0.101", "fd00::100"])
        #expect(course.moments == [0, 0, 0, 20, 20, 20])
    }

    @Test func aRefreshComesFromTimeToTime() {
        let refreshing = settings {
            ($0.delay, $0.rounds, $0.refresh, $0.refreshRounds) = (.seconds(2), 3, .seconds(3), 2)
        }
        var course = Course([Self.first], settings: refreshing)
        course.begin()
        course.run(until: 7_000)
        #expect(course.moments == [0, 20, 40, 2_000, 2_020, 2_040, 3_000, 3_020, 6_000, 6_020])
        #expect(course.sent.filter(\.announcement.beginsRounds).map(\.moment) == [0, 2_000])
    }

    /// `vrrp_min_garp`.
    @Test func oneRoundIsOneRound() {
        var course = Course(
            [Self.first],
            settings: settings {
                $0.rounds = 1; $0.delay = .zero
            }
        )
        course.begin()
        course.run(until: 10_000)
        #expect(course.moments == [0])
    }

    @Test func roundsStayApartAfterAPause() {
        var course = Course([Self.first], settings: settings { $0.delay = .zero })
        course.begin()
        course.now = at(1_000)
        course.run(until: 2_000)
        #expect(course.moments == [1_000, 1_020, 1_040, 1_060, 1_080])
    }

    @Test func aRefreshAfterALongPauseComesOnce() {
        var course = Course(
            [Self.first],
            settings: settings {
                $0.delay = .zero; $0.rounds = 1; $0.refresh = .seconds(1)
            }
        )
        course.begin()
        course.run(until: 0)
        course.now = at(10_500)
        course.run(until: 12_000)
        #expect(course.moments == [0, 10_500, 11_500])
    }

    // MARK: Others

    @Test func aLowerPriorityIsAnswered() {
        let answering = settings {
            ($0.rounds, $0.delay, $0.roundsAfterLower, $0.delayAfterLower) = (1, .zero, 2, .seconds(1))
        }
        var course = Course([Self.first], settings: answering)
        course.begin()
        course.run(until: 100)
        course.announcer.heardLower("VI_1", at: course.now)
        course.run(until: 5_000)
        #expect(course.moments == [0, 100, 120, 1_100, 1_120])
    }

    /// However often it comes: one round at a time, as far apart as ever, and one repetition.
    @Test func manyLowerPrioritiesAreAnsweredAsOne() {
        var course = Course(
            [Self.first],
            settings: settings {
                $0.rounds = 1; $0.delay = .zero
            }
        )
        course.begin()
        course.run(until: 0)
        for moment in stride(from: Int64(1_000), to: 2_000, by: 1) {
            course.run(until: moment)
            course.announcer.heardLower("VI_1", at: course.now)
        }
        course.run(until: 20_000)
        let during = course.moments.filter { (1_000..<2_000).contains($0) }
        #expect(during.count == 50)
        #expect(course.moments.filter { $0 > 3_000 } == [6_999, 7_019, 7_039, 7_059, 7_079])
    }

    @Test func withoutRoundsALowerPriorityIsNotAnswered() {
        var course = Course(
            [Self.first],
            settings: settings {
                $0.rounds = 1; $0.delay = .zero; $0.roundsAfterLower = 0
            }
        )
        course.begin()
        course.announcer.heardLower("VI_1", at: course.now)
        course.run(until: 20_000)
        #expect(course.moments == [0])
    }

    @Test func nothingIsAnnouncedAfterTheEnd() {
        var course = Course([Self.first], paces: [AnnouncementPace(interfaces: [])])
        course.begin()
        course.run(until: 30)
        course.announcer.end("VI_1")
        course.run(until: 20_000)
        #expect(course.moments == [0, 20])
        #expect(course.announcer.nextMoment == nil)
    }

    // MARK: What the kernel has

    @Test func whatTheKernelHasNotIsAnnouncedWhenItCame() {
        var course = Course(
            [Self.first, Self.second],
            settings: settings {
                $0.rounds = 2; $0.delay = .seconds(1)
            }
        )
        course.there = [Self.first]
        course.begin()
        course.run(until: 500)
        course.there = [Self.first, Self.second]
        course.announcer.appeared([Self.second], of: "VI_1", at: course.now)
        course.run(until: 5_000)
        #expect(course.moments(of: Self.first) == [0, 20, 1_000, 1_020])
        #expect(course.moments(of: Self.second) == [500, 520, 1_500, 1_520])
    }

    @Test func allThatAppearAtOnceAreAnnouncedTogether() {
        var course = Course(
            [Self.first, Self.second, Self.third],
            settings: settings {
                $0.rounds = 2; $0.delay = .zero
            }
        )
        course.there = []
        course.begin()
        #expect(course.announcer.nextMoment == nil)
        course.there = [Self.first, Self.second, Self.third]
        for address in course.subject.addresses { course.announcer.appeared([address], of: "VI_1", at: course.now) }
        course.run(until: 5_000)
        #expect(course.texts == ["10.0.0.100", "10.0.0.101", "fd00::100", "10.0.0.100", "10.0.0.101", "fd00::100"])
    }

    /// keepalived 2.2.7 goes on announcing what somebody deleted (spec S13).
    @Test func whatSomebodyTookAwayIsNotAnnounced() {
        var course = Course(
            [Self.first, Self.second],
            settings: settings {
                $0.rounds = 3; $0.delay = .zero
            }
        )
        course.begin()
        course.run(until: 10)
        course.there = [Self.second]
        course.run(until: 1_000)
        #expect(course.moments(of: Self.first) == [0])
        #expect(course.moments(of: Self.second) == [0, 20, 40])
    }

    @Test func anAddressThatWasPutBackIsAnnouncedAnew() {
        var course = Course(
            [Self.first],
            settings: settings {
                $0.rounds = 3; $0.delay = .zero
            }
        )
        course.begin()
        course.run(until: 30)
        course.announcer.appeared([Self.first], of: "VI_1", at: course.now)
        course.run(until: 1_000)
        #expect(course.moments == [0, 20, 30, 50, 70])
    }

    @Test func strangersAreNotAnnounced() {
        var course = Course([Self.first])
        course.begin()
        course.announcer.appeared([Self.second], of: "VI_1", at: course.now)
        course.announcer.appeared([Self.first], of: "VI_2", at: course.now)
        course.run(until: 20_000)
        #expect(course.moments.count == 10)
    }

    @Test func anotherConfigurationDropsWhatItHasNot() {
        var course = Course(
            [Self.first, Self.second],
            settings: settings {
                $0.rounds = 3; $0.delay = .seconds(1)
            }
        )
        course.begin()
        course.run(until: 10)
        course.subject.addresses = [Self.first]
        course.announcer.changed(course.subject, at: course.now)
        course.run(until: 5_000)
        #expect(course.moments(of: Self.first) == [0, 20, 40, 1_000, 1_020, 1_040])
        #expect(course.moments(of: Self.second) == [0])
    }
}

private func settings(_ change: (inout AnnouncementSettings) -> Void) -> AnnouncementSettings {
    var settings = AnnouncementSettings()
    change(&settings)
    return settings
}

private func address(_ text: String, on interface: String = "eth0") -> AnnouncedAddress {
    AnnouncedAddress(IPAddress(text) ?? .any(.ipv4), on: interface)
}

private func at(_ milliseconds: Int64) -> MonotonicTime {
    MonotonicTime(nanoseconds: milliseconds * 1_000_000)
}
