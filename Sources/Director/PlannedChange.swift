import IPVS

/// A change with what is said about it when it is done.
struct PlannedChange: Sendable {
    /// Something that the change does, with the mail about it where somebody wants one.
    struct Note: Sendable {
        let event: TableEvent
        var mail: Mail?
    }

    let change: Change
    /// The virtual server that it belongs to.
    let service: ServiceKey
    /// What it does; the last one is what the change itself is about.
    let notes: [Note]
    /// Whether that is said when it is done; a failure is said in any case.
    var isTold = true

    init(_ change: Change, of service: ServiceKey, _ notes: [Note]) {
        self.change = change
        self.service = service
        self.notes = notes
    }
}
