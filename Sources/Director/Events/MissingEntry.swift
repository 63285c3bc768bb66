package import IPVS

/// Something that shall serve and that somebody else removed from the kernel's table.
package struct MissingEntry: Hashable, Sendable {
    /// The virtual server that it belongs to.
    package let service: ServiceKey
    /// What is missing.
    package let subject: TableSubject

    /// Makes an entry.
    package init(service: ServiceKey, subject: TableSubject) {
        self.service = service
        self.subject = subject
    }
}
