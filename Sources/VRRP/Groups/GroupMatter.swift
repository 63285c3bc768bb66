/// What happened to a group of virtual routers.
package enum GroupMatter: Hashable, Codable, Sendable {
    /// Its members are brought into one state, after the first of them.
    case synchronising(RouterState)
    /// All its members entered a state.
    case entered(RouterState)
    /// The process ends.
    case stopped
    /// The configuration has it no more.
    case deleted
}
