/// One who watches so many descriptors and sets so many timers that a closure for each would cost too much.
///
/// Keys are the client's own: it gets them back as it gave them.
package protocol LoopClient: AnyObject {
    /// Something happened on a descriptor.
    func ready(_ key: ClientKey, _ readiness: Readiness)

    /// A timer's moment has come.
    func timePassed(_ key: ClientKey)
}

/// What a client of a loop calls a descriptor or a timer.
package struct ClientKey: Hashable, Sendable {
    /// A place in a table of the client; below 2^24.
    package let index: UInt32
    /// Tells one use of that place from the next.
    package let generation: UInt32

    /// Makes the key of one use of a place.
    package init(index: UInt32, generation: UInt32) {
        self.index = index
        self.generation = generation
    }
}
