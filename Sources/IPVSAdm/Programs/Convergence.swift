import IPVS

/// Makes a kernel's table what it shall be, beside others who may be changing it.
struct Convergence {
    /// A change that the kernel refused.
    struct Failure: Hashable {
        let change: Change
        let error: IPVSError
    }

    let desired: Table
    let kernel: any IPVSKernel
    /// How often the table is read before what is still refused counts as impossible.
    private static let attempts = 3

    /// What is to be done to the kernel as it is now.
    func changes() throws(IPVSError) -> Changeset {
        var actual = Table(
            try kernel.snapshot(statistics: false) { status in
                let entry = Table.Entry(status)
                // What is as desired needs no memory of its own.
                if let wanted = desired[entry.service.key], wanted == entry { return wanted }
                return entry
            }
        )
        if desired.timeouts != nil { actual.timeouts = try kernel.timeouts() }
        if !desired.daemons.isEmpty {
            for daemon in try kernel.daemons() { actual.daemons[daemon.role] = daemon }
        }
        return desired.changes(from: actual)
    }

    /// Applies the difference, and the difference that is left after that when something was refused: a rule that
    /// another program has added meanwhile becomes an edit or nothing at all.
    ///
    /// - Returns: what the kernel refused in the end, which is nothing when the table is as desired.
    func run() throws(IPVSError) -> [Failure] {
        var refused: [Failure] = []
        for _ in 0..<Self.attempts {
            let changeset = try changes()
            guard !changeset.isEmpty else { return [] }
            let failures = kernel.apply(changeset).failures.map {
                Failure(change: changeset.changes[$0.index], error: $0.error)
            }
            if failures.isEmpty || failures == refused { return failures }
            refused = failures
        }
        return refused
    }
}

extension [Convergence.Failure] {
    /// The failures without those of servers whose service is missing because it was refused itself.
    var causes: [Convergence.Failure] {
        var refusedServices: Set<ServiceKey> = []
        for failure in self {
            if case .addService(let service) = failure.change { refusedServices.insert(service.key) }
        }
        return filter { failure in
            guard case .addDestination(_, let key) = failure.change, failure.error == .refused(.noSuchService) else {
                return true
            }
            return !refusedServices.contains(key)
        }
    }
}
