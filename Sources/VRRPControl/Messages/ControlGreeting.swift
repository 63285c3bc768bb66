/// What each side says first, so that neither takes the other's words for something else.
package struct ControlGreeting: Hashable, Codable, Sendable {
    /// Who speaks.
    package enum Role: String, Hashable, Codable, Sendable {
        /// The process of the virtual routers.
        case routers
        /// A director: what it tracks is held when it goes.
        case director
        /// A command of an operator.
        case command
    }

    /// The version of all messages: sides of different versions say no more to each other.
    package static let version = 1

    /// The version that the speaker has.
    package var version: Int
    /// Who speaks.
    package var role: Role
    /// The number of the speaker's process.
    package var process: Int32

    /// Makes the greeting of a process of this version.
    package init(_ role: Role, process: Int32) {
        version = Self.version
        self.role = role
        self.process = process
    }
}
