import Glibc

/// The user and the group that something belongs to or runs as, by their names or by numbers that are written out.
package struct ProgramOwner: Hashable, Sendable {
    /// Nil for the user of this process.
    package var user: String?
    /// Nil for the group of the user.
    package var group: String?

    /// Makes an owner of names that nobody has looked up.
    package init(user: String?, group: String?) {
        self.user = user
        self.group = group
    }

    /// A name that no user or group has.
    package struct Unknown: Error, Hashable, Sendable {
        /// What is said of it: `there is no user x`.
        package let text: String
    }

    /// The numbers; looking names up takes as long as the databases of users like.
    ///
    /// - Throws: `Unknown` for a name that nobody has.
    package func account() throws(Unknown) -> ProgramCommand.Account {
        let found = try user.map { name throws(Unknown) in try Self.account(of: name) }
        var account = found ?? ProgramCommand.Account(user: geteuid(), group: getegid())
        if let group { account.group = try Self.group(group) }
        return account
    }

    private static func account(of name: String) throws(Unknown) -> ProgramCommand.Account {
        let number = UInt32(name)
        if let found = number.map({ SystemAccount.user(number: $0) }) ?? SystemAccount.user(name) {
            return ProgramCommand.Account(user: found.user, group: found.group)
        }
        // A number needs no entry; its group is the one of the same number.
        guard let number else { throw Unknown(text: "there is no user \(name)") }
        return ProgramCommand.Account(user: number, group: number)
    }

    private static func group(_ name: String) throws(Unknown) -> UInt32 {
        guard let number = UInt32(name) ?? SystemAccount.group(name) else {
            throw Unknown(text: "there is no group \(name)")
        }
        return number
    }
}
