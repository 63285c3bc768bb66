import Addresses
import Configuration
import Dialogues
import HealthChecks
import Testing
import Time

/// When a check is made next, by its pace.
struct CheckPaceTests {
    private let start = MonotonicTime(nanoseconds: 5_000_000_000)
    private let up = CheckResult(.up, .transport(.passed))
    private let down = CheckResult(.down, .transport(.refused))

    private func check(_ number: UInt8 = 1, _ change: (inout Pace) -> Void) -> ScheduledCheck {
        let address = IPAddress.v4(IPv4Address(value: 0x0a00_0000 + UInt32(number)))
        let target = Endpoint(address: address, port: 80)
        var pace = Pace(interval: .seconds(10))
        change(&pace)
        return ScheduledCheck(HealthCheck(method: .connect, target: target, timeout: .seconds(5)), pace: pace)
    }

    /// When the next run is planned after one that began at once and took a time.
    private func next(
        after duration: Duration,
        isFailing: Bool,
        _ change: (inout Pace) -> Void
    ) -> Duration? {
        var schedule = CheckSchedule()
        schedule.replace(with: [check(1, change)], at: start)
        let end = start + duration
        for probe in schedule.due(at: start) {
            _ = schedule.finished(token: probe.token, isFailing ? down : up, isFailing: isFailing, at: end)
        }
        return schedule.nextMoment.map { $0 - start }
    }

    @Test func fromStartToStart() {
        #expect(next(after: .seconds(2), isFailing: false) { _ in } == .seconds(10))
        #expect(next(after: .seconds(2), isFailing: true) { _ in } == .seconds(10))
        // Whoever is late takes its next place.
        #expect(next(after: .seconds(12), isFailing: false) { _ in } == .seconds(20))
    }

    @Test func fromTheEndOfARun() {
        #expect(next(after: .seconds(2), isFailing: false) { $0.isFromEnd = true } == .seconds(12))
        #expect(next(after: .seconds(12), isFailing: true) { $0.isFromEnd = true } == .seconds(22))
    }

    @Test func soonerWhileItIsFailing() {
        #expect(next(after: .seconds(2), isFailing: true) { $0.afterFailure = .seconds(3) } == .seconds(3))
        #expect(next(after: .seconds(2), isFailing: false) { $0.afterFailure = .seconds(3) } == .seconds(10))
        #expect(
            next(after: .seconds(2), isFailing: true) { ($0.afterFailure, $0.isFromEnd) = (.seconds(3), true) }
                == .seconds(5)
        )
        // One that took longer than that follows at once.
        #expect(next(after: .seconds(4), isFailing: true) { $0.afterFailure = .seconds(3) } == .seconds(4))
        #expect(next(after: .seconds(2), isFailing: true) { $0.afterFailure = .zero } == .seconds(2))
    }

    /// Later than usual, where the file says so.
    @Test func laterWhileItIsFailing() {
        #expect(next(after: .seconds(2), isFailing: true) { $0.afterFailure = .seconds(30) } == .seconds(30))
    }

    /// Where in their interval ten checks are made once they have moved there.
    private func places(_ change: (inout Pace) -> Void) -> [Duration] {
        var schedule = CheckSchedule()
        schedule.replace(with: (0..<10).map { check($0, change) }, at: start)
        var moments: [MonotonicTime] = []
        while let moment = schedule.nextMoment, moment < start + .seconds(60) {
            for probe in schedule.due(at: moment) {
                moments.append(moment)
                _ = schedule.finished(token: probe.token, up, at: moment)
            }
        }
        return moments.suffix(10).map { .nanoseconds(($0 - start).nanoseconds % Duration.seconds(10).nanoseconds) }
    }

    @Test func spreadOverTheInterval() {
        let even = (0..<10).map { Duration.seconds($0) }
        #expect(places { _ in } == even)
        #expect(places { $0.spread = .seconds(10) } == even)
        #expect(places { $0.spread = .seconds(3600) } == even)
    }

    @Test func spreadOverAPartOfTheInterval() {
        #expect(places { $0.spread = .seconds(5) } == (0..<10).map { .milliseconds($0 * 500) })
        #expect(places { $0.spread = .milliseconds(100) } == (0..<10).map { .milliseconds($0 * 10) })
        #expect(places { $0.spread = .zero } == Array(repeating: .zero, count: 10))
    }

    /// The same hundred servers in forty pools: a hundred probes a round, and the first round within a second, however the
    /// rounds after it are spread.
    @Test func equalChecksAreMadeOnce() {
        var schedule = CheckSchedule()
        let checks = (0..<100).map { check($0) { ($0.spread, $0.isFromEnd) = (.seconds(10), true) } }
        schedule.replace(with: (0..<40).flatMap { _ in checks }, at: start)
        var rounds: [Int] = []
        while let moment = schedule.nextMoment, moment < start + .seconds(60) {
            let place = Int((moment - start).nanoseconds / Duration.seconds(10).nanoseconds)
            for probe in schedule.due(at: moment) {
                while rounds.count <= place { rounds.append(0) }
                rounds[place] += 1
                if place == 0, rounds[0] <= 100 { #expect(moment < start + .seconds(1)) }
                _ = schedule.finished(token: probe.token, up, at: moment)
            }
        }
        // While they move to their places in the interval, some of the second and third round come sooner.
        #expect(rounds.reduce(0, +) <= 700)
        #expect(rounds.suffix(3).allSatisfy { $0 == 100 })
    }

    /// Retries follow each other at their own pace until the check has failed, and then at the usual one.
    @Test func retriesHaveTheirOwnPace() {
        var schedule = CheckSchedule()
        schedule.replace(with: [check { ($0.afterFailure, $0.isFromEnd) = (.seconds(3), true) }], at: start)
        var health = ServerHealth()
        var starts: [Duration] = []
        while let moment = schedule.nextMoment, moment < start + .seconds(60) {
            for probe in schedule.due(at: moment) {
                starts.append(moment - start)
                let result = starts.count == 1 ? up : down
                _ = health.count(result.verdict, failureCount: 3, riseCount: 1)
                let end = moment + .milliseconds(500)
                _ = schedule.finished(token: probe.token, result, isFailing: health.isFailing, at: end)
            }
        }
        // One success, the first failure, two retries with the last of which it is down, and then every interval.
        #expect(starts == [0, 10_500, 14_000, 17_500, 28_000, 38_500, 49_000, 59_500].map { .milliseconds($0) })
    }
}
