/// What is known of a host that a redirect names.
package enum HostAnswer: Hashable, Sendable {
    /// Its places, at least one and the best first, and the scope of the one who asks.
    case places([HostPlace], askerScope: AddressScope)
    /// No address was found; the text is the end of a sentence that begins with the host's name.
    case unknown(String)
    /// The director itself could not look it up; why.
    case unasked(String)
}
