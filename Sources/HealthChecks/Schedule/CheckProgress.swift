import Configuration
import Dialogues
import Time

/// One check of a schedule: when it is due, and which probe comes next.
struct CheckProgress: Sendable {
    let scheduled: ScheduledCheck
    /// The start that is planned next, or that the probe in flight was planned for.
    var planned: MonotonicTime
    /// That start among those of all checks; nil before it is put there.
    var start: PlannedStarts.Start?
    /// By how much each of the next two periods is shorter, to get from the place in the first round to the one in the
    /// interval.
    var shortening = Duration.zero
    /// How many periods are still to be shortened.
    var shortPeriods = 0
    /// The connections that a combined check still makes before its next dialogue.
    var connectionsLeft = 0
    /// Whether the last probe took much of the time that it may take, so that the next one is likely to.
    var hangs = false
    /// How often in a row the director itself could not ask.
    var troubles = 0

    init(_ scheduled: ScheduledCheck, planned: MonotonicTime) {
        self.scheduled = scheduled
        self.planned = planned
    }

    /// What is asked next.
    var probe: HealthCheck {
        var check = scheduled.check
        guard case .combined(_, let connectionTimeout, let negotiation) = check.method else { return check }
        if connectionsLeft > 0 {
            check.method = .connect
            check.timeout = connectionTimeout
        } else {
            check.method = .negotiate(negotiation)
        }
        return check
    }

    /// Plans the start after a run that has ended.
    ///
    /// From start to start a check keeps its own places in time: one that took longer than its interval is late by itself,
    /// and starts again at its next place.
    ///
    /// - Parameter isFailing: whether the check has failed of late, but not often enough to be down.
    mutating func planNext(after end: MonotonicTime, isFailing: Bool) {
        let pace = scheduled.pace
        let start = pace.isFromEnd ? end : planned
        if isFailing, let pause = pace.afterFailure {
            planned = max(start + pause, end)
            return
        }
        let interval = max(pace.interval, CheckSchedule.shortestInterval)
        var period = interval
        if shortPeriods > 0 {
            shortPeriods -= 1
            period = max(period - shortening, CheckSchedule.shortestInterval)
        }
        planned = start + period
        guard planned <= end else { return }
        let missed = (end - planned).nanoseconds / interval.nanoseconds + 1
        let (skipped, isOverflow) = missed.multipliedReportingOverflow(by: interval.nanoseconds)
        planned = planned + .nanoseconds(isOverflow ? .max : skipped)
    }

    /// Goes on in the order of a combined check.
    mutating func count(_ verdict: CheckResult.Verdict) {
        guard case .combined(let connections, _, _) = scheduled.check.method else { return }
        switch (verdict, connectionsLeft) {
        case (.down, _): connectionsLeft = 0
        case (.up, 0): connectionsLeft = max(0, connections)
        case (.up, _): connectionsLeft -= 1
        }
    }
}
