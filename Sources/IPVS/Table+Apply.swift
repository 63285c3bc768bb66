import Addresses

extension Table {
    /// Carries one change out on the table as the kernel would, as far as it is about what exists and what does not.
    ///
    /// - Throws: the kernel's error: `.exists`, `.noSuchService`, `.noSuchEntry`. The table is then as it was.
    public mutating func apply(_ change: Change) throws(KernelError) {
        switch change {
        case .addService(let service):
            guard self[service.key] == nil else { throw .exists }
            self[service.key] = Entry(service: service)
        case .editService(let service):
            guard let entry = self[service.key] else { throw .noSuchService }
            self[service.key] = entry.replacing(service: service)
        case .deleteService(let key):
            guard self[key] != nil else { throw .noSuchService }
            self[key] = nil
        case .addDestination(let destination, let key):
            guard let isAdded = update(key, { $0.add(destination) }) else { throw .noSuchService }
            guard isAdded else { throw .exists }
        case .editDestination(let destination, let key):
            guard try has(destination.endpoint, of: key) else { throw .noSuchEntry }
            self[key]?[destination.endpoint] = destination
        case .deleteDestination(let endpoint, let key):
            guard try has(endpoint, of: key) else { throw .noSuchEntry }
            self[key]?[endpoint] = nil
        case .zero(let key):
            if let key, self[key] == nil { throw .noSuchService }
        case .flush:
            self = Table(timeouts: timeouts, daemons: daemons)
        case .setTimeouts(let new):
            timeouts = timeouts.map { new.filled(from: $0) } ?? new
        case .startDaemon(let daemon):
            guard daemons[daemon.role] == nil else { throw .exists }
            daemons[daemon.role] = daemon
        case .stopDaemon(let role):
            guard daemons.removeValue(forKey: role) != nil else { throw .noSuchService }
        }
    }

    /// Whether a service, which must be there, has that server; nothing of it is held while it is changed.
    private func has(_ endpoint: Endpoint, of key: ServiceKey) throws(KernelError) -> Bool {
        guard let isKnown = self[key].map({ $0[endpoint] != nil }) else { throw .noSuchService }
        return isKnown
    }

    private init(timeouts: Timeouts?, daemons: [SyncDaemon.Role: SyncDaemon]) {
        self.init()
        self.timeouts = timeouts
        self.daemons = daemons
    }
}
