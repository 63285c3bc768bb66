package import IPVS

/// One of a director's changes of the kernel's table, by what it means for the configuration.
package struct TableStep: Hashable, Sendable {
    /// What is done to the subject.
    package enum Deed: Hashable, Sendable {
        /// It is put into the table.
        case added
        /// Its settings are changed.
        case changed
        /// It is given a weight above 0, or other settings.
        case restored
        /// It keeps its place without weight.
        case quiesced
        /// It is put into the table without weight, since somebody else had removed it.
        case readded
        /// It is removed, since it is down.
        case deleted
        /// It is removed, since it does not belong there any more.
        case purged(Removal)
    }

    /// Why something does not belong in the table any more.
    package enum Removal: Hashable, Sendable {
        /// The configuration in force does not have it.
        case start
        /// The director stops, and leaves nothing of it.
        case stop
    }

    /// What is done.
    package let deed: Deed
    /// What it is done to.
    package let subject: TableSubject
    /// The weight that the subject has afterwards; nil for a virtual server and for what is removed.
    package let weight: Int32?

    /// Makes a step; `weight` is that of a server which stands in the table afterwards.
    package init(_ deed: Deed, _ subject: TableSubject, weight: Int32? = nil) {
        self.deed = deed
        self.subject = subject
        self.weight = weight
    }
}

/// What became of a step.
package enum TableOutcome: Hashable, Sendable {
    /// It is in effect.
    case done
    /// It did not take effect, as far as is known; it is tried again after that time, or not at all where that is nil.
    case failed(IPVSError, retry: Duration?)
}
