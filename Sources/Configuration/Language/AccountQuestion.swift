/// A user, and maybe a group, that a file names for its programs and files.
package struct AccountQuestion: Hashable, Sendable {
    /// The name of the user.
    package let user: String
    /// The name of the group; nil for the user's own.
    package let group: String?

    /// Names a user.
    package init(user: String, group: String? = nil) {
        self.user = user
        self.group = group
    }
}

/// What became of an account.
package enum AccountAnswer: Hashable, Sendable {
    /// The numbers of both.
    case found(user: UInt32, group: UInt32)
    case noUser
    case noGroup
}
