package import Failover
package import VRRP

/// What a director or a command says to the process of the virtual routers.
package enum RoutersRequest: Hashable, Codable, Sendable {
    /// The first of all.
    case greeting(ControlGreeting)
    /// Put these routers into force in place of those before; answered with `RoutersReport.answer` of that number.
    case configure(RouterSet, number: UInt64)
    /// Something that is tracked was looked at.
    case track(TrackedSubject, TrackedValue)
    /// An operator's order; answered.
    case order(NodeOrder, number: UInt64)
    /// The entries of the connection table that came from another machine, and all of them: told each second as long as the status
    /// says that a router waits for the connections of a master (`preempt after synchronised`).
    case tableMeasured(synchronised: Int, total: Int)
    /// Begin again as another program of the same path, which goes on as master; answered when that cannot be.
    case restart(number: UInt64)
    /// Set all counters to zero.
    case clearCounters
    /// Tell how all stands, at once.
    case status
}
