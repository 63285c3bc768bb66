/// What is known of a host that a redirect names.
package enum HostAnswer: Hashable, Sendable {
    /// Its places, at least one and the best first, and the scope of the one who asks.
    case places([HostPlace], askerScope: AddressScope)
    /// It has no address; why, as a sentence goes on that names it.
    case unknown(String)
    /// The director itself could not look it up; why.
    case unasked(String)
}
