import IPVS

/// The changes that the kernel is asked for at once: those of services, and around them those of what services share.
struct PlannedChanges: Sendable {
    /// What services share, as far as it comes first.
    var before: [Change] = []
    /// The services and their servers.
    var services: [PlannedChange] = []
    /// What services share, as far as it comes last.
    var after: [Change] = []

    /// Whether there is nothing to do.
    var isEmpty: Bool { before.isEmpty && services.isEmpty && after.isEmpty }

    /// All of them in order.
    var changeset: Changeset { Changeset(before + services.map(\.change) + after) }

    /// What became of what services share.
    func settingOutcomes(_ errors: [Int: IPVSError]) -> [(change: Change, error: IPVSError?)] {
        let start = before.count + services.count
        return before.enumerated().map { ($1, errors[$0]) } + after.enumerated().map { ($1, errors[start + $0]) }
    }

    /// The errors of the services' changes, by their place among these.
    func serviceErrors(_ errors: [Int: IPVSError]) -> [Int: IPVSError] {
        guard !errors.isEmpty else { return [:] }
        var own: [Int: IPVSError] = [:]
        for index in services.indices { own[index] = errors[before.count + index] }
        return own
    }
}
