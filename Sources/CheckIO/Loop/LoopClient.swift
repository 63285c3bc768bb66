/// One who watches so many descriptors and sets so many timers that a closure for each would cost too much.
///
/// Keys are the client's own: it gets them back as it gave them.
protocol LoopClient: AnyObject {
    /// Something happened on a descriptor.
    func ready(_ key: ClientKey, _ readiness: Readiness)

    /// A timer's moment has come.
    func timePassed(_ key: ClientKey)
}

/// What a client of a loop calls a descriptor or a timer.
struct ClientKey: Hashable {
    /// A place in a table of the client; below 2^24.
    let index: UInt32
    /// Tells one use of that place from the next.
    let generation: UInt32
}
