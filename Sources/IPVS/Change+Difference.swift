package import Addresses

// The difference between what is there and what is wanted, one thing at a time.

extension Change {
    /// Makes the change that gives the kernel a service; nil when it has it.
    ///
    /// - Parameter present: the service of the same key that the kernel has.
    package init?(from present: VirtualService?, to wanted: VirtualService) {
        guard let present else {
            self = .addService(wanted)
            return
        }
        guard present != wanted else { return nil }
        self = .editService(wanted)
    }

    /// Makes the change that leaves what is wanted at an endpoint of a service; nil when it is there already.
    ///
    /// Nothing is deleted to be added again: the kernel keeps a deleted server for minutes and walks over it at every
    /// add.
    ///
    /// - Parameters:
    ///   - present: what stands there, with that endpoint; nil for nothing.
    ///   - wanted: what shall stand there, with that endpoint; nil for nothing.
    package init?(at endpoint: Endpoint, of key: ServiceKey, from present: Destination?, to wanted: Destination?) {
        switch (present, wanted) {
        case (nil, nil): return nil
        case (nil, let wanted?): self = .addDestination(wanted, to: key)
        case (_?, nil): self = .deleteDestination(endpoint, of: key)
        case (let present?, let wanted?):
            guard present != wanted else { return nil }
            self = .editDestination(wanted, of: key)
        }
    }

    /// The changes by which a server without weight enters a service whose scheduler keeps a table of slots.
    ///
    /// `mh` and `sh` give slots by the weights that servers enter with. So it enters with the weight that it will have and
    /// loses it in the next request: no flow of the other servers moves when it comes into service.
    ///
    /// - Parameters:
    ///   - destination: the server as it shall stand afterwards.
    ///   - weight: the weight that it will have one day.
    /// - Returns: two changes; nil where one addition does, since it has weight, never will, or there are no slots.
    package static func entry(
        of destination: Destination,
        into service: VirtualService,
        weight: Int32
    ) -> (addition: Change, lowering: Change)? {
        guard destination.weight == 0, weight > 0, ["mh", "sh"].contains(service.scheduler) else { return nil }
        var weighing = destination
        weighing.weight = weight
        return (.addDestination(weighing, to: service.key), .editDestination(destination, of: service.key))
    }
}
