/// What is to be done to a kernel's IPVS, in this order: a plan to show, to log, and to carry out.
///
/// `Rules` prints it in the words of ipvsadm.
public struct Changeset: Hashable, Sendable {
    public var changes: [Change]

    public init(_ changes: [Change] = []) {
        self.changes = changes
    }

    /// Whether there is nothing to do.
    public var isEmpty: Bool { changes.isEmpty }
}

extension Changeset: ExpressibleByArrayLiteral {
    public init(arrayLiteral elements: Change...) {
        self.init(elements)
    }
}
