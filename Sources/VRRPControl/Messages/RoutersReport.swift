package import VRRP

/// What the process of the virtual routers says.
package enum RoutersReport: Hashable, Codable, Sendable {
    /// The first of all.
    case greeting(ControlGreeting)
    /// How all stands: after the greeting, a moment after something happened, and when asked.
    case status(RoutersStatus)
    /// Something happened.
    case event(RouterEvent)
    /// So many events were not told, because they were not read for too long; a status follows.
    case lost(Int)
    /// A request was carried out, or why it was not.
    case answer(number: UInt64, refusal: String?)
}
