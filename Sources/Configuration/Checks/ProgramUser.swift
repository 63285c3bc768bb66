/// The user and the group that a program runs as; it is in no other group.
package struct ProgramUser: Hashable, Sendable {
    /// The number of the user.
    package var id: UInt32
    /// The number of the group.
    package var group: UInt32

    /// Makes a user of numbers.
    package init(id: UInt32, group: UInt32) {
        self.id = id
        self.group = group
    }
}
