/// An interface that an owner wants made, by its owner's name for it.
struct LinkReference: Hashable, Sendable {
    let owner: LinkOwner
    let name: String
}
