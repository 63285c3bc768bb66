import Addresses
import Configuration
import Dialogues
import HealthChecks
import Testing
import Time

struct CheckScheduleTests {
    private static let start = MonotonicTime(nanoseconds: 5_000_000_000)
    private let start = Self.start

    private func check(
        _ number: Int,
        _ method: HealthCheck.Method = .connect,
        every interval: Duration = .seconds(10)
    ) -> ScheduledCheck {
        let address = IPAddress.v4(IPv4Address(value: 0x0a00_0000 + UInt32(number)))
        let target = Endpoint(address: address, port: 80)
        return ScheduledCheck(
            HealthCheck(method: method, target: target, timeout: .seconds(5)),
            pace: Pace(interval: interval)
        )
    }

    /// Lets time pass; every probe takes as long as `duration` says, 1 ms unless told otherwise.
    private func run(
        _ schedule: inout CheckSchedule,
        from now: inout MonotonicTime,
        for time: Duration,
        duration: (HealthCheck) -> Duration = { _ in .milliseconds(1) },
        result: (HealthCheck) -> CheckResult = { _ in CheckResult(.up, .transport(.passed)) }
    ) -> [(moment: Duration, check: HealthCheck)] {
        let end = now + time
        var starts: [(Duration, HealthCheck)] = []
        var inFlight: [(MonotonicTime, ProbeRequest)] = []
        while true {
            for probe in schedule.due(at: now) {
                starts.append((now - start, probe.check))
                inFlight.append((now + duration(probe.check), probe))
            }
            inFlight.sort { $0.0 < $1.0 }
            let next = [schedule.nextMoment, inFlight.first?.0].compactMap { $0 }.min() ?? end
            guard next <= end else { break }
            now = max(now, next)
            if let first = inFlight.first, first.0 <= now {
                inFlight.removeFirst()
                _ = schedule.finished(token: first.1.token, result(first.1.check), at: now)
            } else if next == end {
                break
            }
        }
        now = end
        return starts
    }

    @Test func theFirstRoundIsQuickAndLaterOnesAreEven() {
        var schedule = CheckSchedule()
        var now = start
        let checks = (0..<1000).map { check($0) }
        schedule.replace(with: checks, at: now)
        let starts = run(&schedule, from: &now, for: .seconds(60))
        #expect(Set(starts.prefix(1000).map(\.check)).count == 1000)
        #expect(starts[999].moment < .seconds(1))
        // Evenly: about a hundred in every second of the last rounds.
        for second in 30..<60 {
            let count = starts.count { $0.moment >= .seconds(second) && $0.moment < .seconds(second + 1) }
            #expect((90...110).contains(count), "second \(second)")
        }
        #expect(schedule.lag < .milliseconds(1))
    }

    /// A few are not kept waiting for the sake of many: who has not answered does not serve.
    @Test(arguments: [(10, Duration.milliseconds(10)), (300, .milliseconds(300)), (2000, .seconds(1))])
    func theFirstRoundTakesNoLongerThanItsChecksNeed(count: Int, time: Duration) {
        var schedule = CheckSchedule()
        var now = start
        schedule.replace(with: (0..<count).map { check($0) }, at: now)
        let starts = run(&schedule, from: &now, for: .seconds(1))
        #expect(starts[count - 1].moment < time)
        // No two of them at one moment, as long as there is time for that.
        #expect(Set(starts.map(\.moment)).count == starts.count)
    }

    @Test func whatIsWaitedForIsMadeSoonAndKeepsItsPace() {
        var schedule = CheckSchedule()
        var now = start
        let checks = (0..<10).map { check($0, every: .seconds(60)) }
        schedule.replace(with: checks, at: now)
        _ = run(&schedule, from: &now, for: .seconds(300))
        // One of them is under way, and one is nobody's.
        let next = schedule.nextMoment ?? now
        now = next
        let underWay = schedule.due(at: now)
        #expect(underWay.count == 1)
        schedule.hurry(checks + [check(99)], at: now)
        let starts = run(&schedule, from: &now, for: .milliseconds(100))
        #expect(starts.count == 9 && Set(starts.map(\.moment)).count == 9)
        let result = CheckResult(.up, .transport(.passed))
        #expect(schedule.finished(token: underWay[0].token, result, at: now) != nil)
        var last: [HealthCheck: Duration] = [:]
        for (moment, check) in run(&schedule, from: &now, for: .seconds(300)) {
            if let former = last[check] { #expect(moment - former <= .seconds(60)) }
            last[check] = moment
        }
        #expect(last.count == 10)
        // What comes sooner anyway stays.
        let sooner = schedule.nextMoment
        schedule.hurry(checks, at: (sooner ?? now) + .seconds(1))
        #expect(schedule.nextMoment == sooner)
    }

    @Test func noPeriodIsLongerThanTheInterval() {
        var schedule = CheckSchedule()
        var now = start
        schedule.replace(with: (0..<100).map { check($0) }, at: now)
        var last: [HealthCheck: Duration] = [:]
        var periods: [Duration] = []
        for (moment, check) in run(&schedule, from: &now, for: .seconds(100)) {
            if let former = last[check] { periods.append(moment - former) }
            last[check] = moment
        }
        #expect(periods.allSatisfy { $0 >= .seconds(5) && $0 <= .seconds(10) })
        #expect(periods.suffix(500).allSatisfy { $0 == .seconds(10) })
    }

    @Test func manyChecksAreNotStartedAllAtOnce() {
        var schedule = CheckSchedule()
        var now = start
        schedule.replace(with: (0..<10_000).map { check($0, every: .seconds(5)) }, at: now)
        let starts = run(&schedule, from: &now, for: .milliseconds(4999))
        #expect(starts.count { $0.moment < .seconds(1) } <= 2501)
        #expect(Set(starts.map(\.check)).count == 10_000)
    }

    @Test func oneThatHangsIsLateAlone() {
        var schedule = CheckSchedule()
        var now = start
        schedule.replace(with: [check(1, every: .seconds(1)), check(2, every: .seconds(1))], at: now)
        let slow = check(1).check.target
        let starts = run(&schedule, from: &now, for: .milliseconds(9900)) {
            $0.target == slow ? .milliseconds(2500) : .milliseconds(1)
        }
        #expect(
            starts.filter { $0.check.target == slow }.map(\.moment) == [.zero, .seconds(3), .seconds(6), .seconds(9)]
        )
        // Once it has moved to its place in the interval.
        #expect(starts.count { $0.check.target != slow && $0.moment > .seconds(3) } == 7)
    }

    @Test func moreThanTheCapacityIsNotInFlightAndTheLagIsTold() {
        var schedule = CheckSchedule(capacity: 3)
        schedule.replace(with: (0..<10).map { check($0, every: .seconds(1)) }, at: start)
        let probes = schedule.due(at: start + .seconds(1))
        #expect(probes.count == 3)
        #expect(schedule.lag == .seconds(1))
        #expect(schedule.nextMoment == nil)
        #expect(schedule.due(at: start + .seconds(2)) == [])
        _ = schedule.finished(token: probes[0].token, CheckResult(.up, .transport(.passed)), at: start + .seconds(2))
        #expect(schedule.due(at: start + .seconds(2)).count == 1)
        #expect(schedule.lag == .milliseconds(1997))
    }

    @Test func aCombinedCheckTakesTurns() {
        let negotiation = Negotiation(.nntp)
        let combined = HealthCheck.Method.combined(connections: 2, connectionTimeout: .seconds(1), negotiation)
        var schedule = CheckSchedule()
        var now = start
        schedule.replace(with: [check(1, combined, every: .seconds(1))], at: now)
        var results: [CheckResult.Verdict] = [.up, .up, .up, .up, .down, .down, .up, .up, .up, .up].reversed()
        let starts = run(&schedule, from: &now, for: .milliseconds(8900)) { _ in
            .milliseconds(1)
        } result: { _ in
            CheckResult(results.popLast() ?? .up, .transport(.passed))
        }
        let words = starts.map { $0.check.method == .connect ? "C" : "N" }
        #expect(words.joined() == "NCCNCNNCC")
        #expect(starts[1].check.timeout == .seconds(1))
        #expect(starts[0].check.timeout == .seconds(5))
    }

    @Test func whatIsNeverAskedIsNeverDue() {
        var schedule = CheckSchedule()
        schedule.replace(with: [check(1, .alwaysDown), check(2, .alwaysDown)], at: start)
        #expect(schedule.nextMoment == nil)
        #expect(schedule.due(at: start + .seconds(100)) == [])
    }

    @Test func anotherSetLeavesWhatItKeepsInItsPlace() {
        var schedule = CheckSchedule()
        var now = start
        schedule.replace(with: [check(1), check(2)], at: now)
        _ = run(&schedule, from: &now, for: .seconds(35))
        let moment = schedule.nextMoment
        let inFlight = schedule.due(at: moment ?? now)
        #expect(inFlight.count == 1)
        let unwanted = schedule.replace(with: [check(2), check(3)], at: now)
        #expect(unwanted.count + schedule.inFlightCount == 1)
        let result = CheckResult(.up, .transport(.passed))
        for token in unwanted { #expect(schedule.finished(token: token, result, at: now) == nil) }
        #expect(schedule.due(at: now).map(\.check) == [check(3).check])
        #expect(schedule.replace(with: [check(2), check(3)], at: now) == [])
        #expect(schedule.inFlightCount == 2 - unwanted.count)
    }

    @Test func anUnknownTokenIsNobodys() {
        var schedule = CheckSchedule()
        #expect(schedule.finished(token: 7, CheckResult(.up, .transport(.passed)), at: start) == nil)
    }

    @Test func whoeverRunsOutOfDescriptorsTriesAgainSoonWithFewer() {
        var schedule = CheckSchedule()
        var now = start
        schedule.replace(with: (0..<20).map { check($0, every: .seconds(60)) }, at: now)
        now = now + .seconds(1)
        let probes = schedule.due(at: now)
        #expect(probes.count == 20)
        let shortage = CheckResult(.down, .director(.systemError(24)))
        for probe in probes.suffix(15) { _ = schedule.finished(token: probe.token, shortage, at: now) }
        #expect(schedule.nextMoment == nil)
        #expect(schedule.due(at: now + .milliseconds(200)) == [])
        let up = CheckResult(.up, .transport(.passed))
        for probe in probes.prefix(5) { #expect(schedule.finished(token: probe.token, up, at: now) != nil) }
        #expect(schedule.nextMoment == now + .milliseconds(100))
        #expect(schedule.due(at: now + .milliseconds(100)).count == 10)
    }

    /// 5,000 servers hang, 50 do not, and there is room for 4,096 at once: those are asked every second all the same.
    @Test func thoseThatHangKeepNobodyWaiting() {
        var schedule = CheckSchedule(capacity: 4_096)
        var now = start
        let silent = Set((100..<5_100).map { check($0, every: .seconds(1)).check })
        let checks =
            (100..<5_100).map { check($0, every: .seconds(1)) } + (0..<50).map { check($0, every: .seconds(1)) }
        schedule.replace(with: checks, at: now)
        let starts = run(&schedule, from: &now, for: .seconds(30)) {
            silent.contains($0) ? .seconds(5) : .milliseconds(1)
        } result: {
            let isSilent = silent.contains($0)
            return isSilent
                ? CheckResult(.down, .transport(.timeout), duration: .seconds(5))
                : CheckResult(.up, .transport(.passed), duration: .milliseconds(1))
        }
        var last: [HealthCheck: Duration] = [:]
        for (moment, check) in starts where !silent.contains(check) {
            if let former = last[check], former > .seconds(6) {
                #expect(moment - former <= .milliseconds(1_001), "\(moment - former) at \(moment)")
            }
            last[check] = moment
        }
        #expect(last.count == 50 && last.values.allSatisfy { $0 > .seconds(28) })
        // The others have half of the room, for 5 s each.
        let late = starts.count { silent.contains($0.check) && $0.moment >= .seconds(10) }
        #expect((7_000...9_000).contains(late), "\(late)")
    }

    /// One that no longer hangs is asked like the others again.
    @Test func whoeverAnswersAgainHangsNoMore() {
        var schedule = CheckSchedule(capacity: 2)
        schedule.replace(with: (0..<4).map { check($0, every: .seconds(1)) }, at: start)
        var now = start
        let hung = CheckResult(.down, .transport(.timeout), duration: .seconds(5))
        let up = CheckResult(.up, .transport(.passed), duration: .milliseconds(1))
        for _ in 0..<2 {
            now = now + .seconds(10)
            for probe in schedule.due(at: now) { _ = schedule.finished(token: probe.token, hung, at: now) }
        }
        // All four hang; one at a time is asked.
        now = now + .seconds(10)
        for _ in 0..<4 {
            let probes = schedule.due(at: now)
            #expect(probes.count == 1)
            _ = schedule.finished(token: probes[0].token, up, at: now)
        }
        now = now + .seconds(10)
        #expect(schedule.due(at: now).count == 2)
    }

    @Test func wantOfProcessesHoldsBackProgramsOnly() {
        let program = HealthCheck.Method.external(ExternalCheck(program: "/bin/true", arguments: []))
        var schedule = CheckSchedule()
        let now = start + .seconds(1)
        schedule.replace(
            with: (0..<20).map { check($0, program) } + (100..<120).map { check($0) },
            at: start
        )
        var probes: [ProbeRequest] = schedule.due(at: now)
        #expect(probes.count == 40)
        let shortage = CheckResult(.down, .director(.processes))
        let up = CheckResult(.up, .transport(.passed))
        for probe in probes.reversed() {
            let isProgram = probe.check.method == program
            _ = schedule.finished(token: probe.token, isProgram ? shortage : up, at: now)
        }
        probes = schedule.due(at: now + .seconds(30))
        #expect(probes.count { $0.check.method == program } == 1)
        #expect(probes.count { $0.check.method == .connect } == 20)
        // And the other way round: want of descriptors for connections leaves the room of programs alone.
        for probe in probes { _ = schedule.finished(token: probe.token, up, at: now + .seconds(30)) }
        probes = schedule.due(at: now + .seconds(31))
        #expect(probes.count { $0.check.method == program } == 2)
    }

    @Test func othersHaveTheirTurnBetweenManyStarts() {
        var schedule = CheckSchedule()
        schedule.replace(with: (0..<1_000).map { check($0) }, at: start)
        let now = start + .seconds(5)
        #expect(schedule.due(at: now).count == 512)
        #expect(schedule.nextMoment.map { $0 <= now } == true)
        #expect(schedule.due(at: now).count == 488)
        #expect(schedule.inFlightCount == 1_000)
    }

    @Test func patienceGrowsWithEveryShortage() {
        var schedule = CheckSchedule()
        var now = start
        schedule.replace(with: [check(1)], at: now)
        var pauses: [Duration] = []
        for _ in 0..<8 {
            let probe = schedule.due(at: now)[0]
            let result = CheckResult(.down, .director(.systemError(1)))
            #expect(schedule.finished(token: probe.token, result, at: now) != nil)
            guard let next = schedule.nextMoment else { break }
            pauses.append(next - now)
            now = next
        }
        #expect(pauses.map { $0 / .milliseconds(100) } == [1, 2, 4, 8, 16, 32, 50, 50])
    }

    @Test func aClockThatJumpsCausesNoBurst() {
        var schedule = CheckSchedule()
        schedule.replace(with: [check(1, every: .seconds(1))], at: start)
        let now = start + .seconds(86_400 * 365 * 100)
        let probe = schedule.due(at: now)[0]
        _ = schedule.finished(token: probe.token, CheckResult(.up, .transport(.passed)), at: now)
        #expect(schedule.due(at: now) == [])
        #expect(schedule.nextMoment.map { $0 - now <= .seconds(1) } == true)
    }
}
