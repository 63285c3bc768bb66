package import Dialogues

/// Something that a director learned about a real server.
package enum ServerEvent: Hashable, Sendable {
    /// A check gave this result; told, before what follows from it, where the configuration records results.
    case checked(CheckResult)
    /// A check gave this result, which does not count since the server is in maintenance; told where results are recorded.
    case checkedInMaintenance(CheckResult)
    /// The check could not be made, for a reason of this machine; told once until the server is asked again.
    case unasked(CheckResult)
    /// It failed, but not as often in a row as makes it down.
    case softFailure(CheckResult, count: Int, limit: Int)
    /// It succeeded after failures that did not make it down, or while it still has to succeed more often.
    case recovered(CheckResult)
    /// It is down from now on.
    case down(CheckResult)
    /// It has been down, and now fails for another reason than the one told last.
    case stillDown(CheckResult)
    /// It is up from now on; `failures` is how often it had failed since its last success.
    case up(CheckResult, failures: Int)
    /// One of its checks says something else than before; told, ahead of what that makes of the server, where the
    /// configuration wants it told when servers turn.
    case check(CheckEvent)
    /// Its checks give it another weight while it is up; `isUp`: it was up before.
    case weighted(from: Int32, to: Int32, isUp: Bool)
    /// It is up or down from now on, for whoever follows this alone; told after the result that brought it about, where the
    /// configuration wants it told.
    case turned(isUp: Bool, Occasion)
    /// The operator takes it out of service.
    case maintenanceBegun
    /// The operator no longer keeps it out of service; its next result is its verdict.
    case maintenanceEnded
    /// It is down and takes no connections in the table; told with a first verdict that changes nothing there, and then
    /// as often as the configuration wants to be reminded.
    case absent
}
