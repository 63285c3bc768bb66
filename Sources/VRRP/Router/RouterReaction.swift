/// What follows from an advertisement for the router that heard it, and for its group.
enum RouterReaction: Hashable, Sendable {
    /// Nothing beyond what it noted.
    case nothing
    /// The master is to advertise at once.
    case advertise
    /// The master is to advertise and to announce its addresses at once, and so are the other members of its group.
    case answer(RouterMatter.Other)
    /// The master leaves it to another one.
    case yield(RouterMatter.Other)
    /// A master that was stalled leaves it to the one that took over meanwhile.
    case yieldAfterStall(RouterMatter.Other)
}
