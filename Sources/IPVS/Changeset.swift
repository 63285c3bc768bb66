/// What is to be done to a kernel's IPVS, in this order: a plan to show, to log, and to carry out.
///
/// `Rules` prints it in the words of ipvsadm.
public struct Changeset: Hashable, Sendable {
    /// The changes, which are carried out from first to last.
    public var changes: [Change]

    /// Makes a plan of these changes, which do nothing until a kernel applies them.
    public init(_ changes: [Change] = []) {
        self.changes = changes
    }

    /// Whether there is nothing to do.
    public var isEmpty: Bool { changes.isEmpty }
}

extension Changeset: ExpressibleByArrayLiteral {
    /// Makes a plan of the changes between the brackets.
    public init(arrayLiteral elements: Change...) {
        self.init(elements)
    }
}
