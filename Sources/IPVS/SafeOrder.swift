/// Changes in the order in which they do no harm on their way, whatever the order in which they were found.
///
/// What brings traffic comes first and what takes it away last, so that no service is empty or gone while its successor
/// is not there yet. `ipvsadm-restore` and the director both send their changes in this order.
///
/// A step is a change, or what somebody keeps together with one. Steps of the same stage stay as they were added.
@frozen
@usableFromInline
package struct SafeOrder<Step> {
    @usableFromInline var settings: [Step] = []
    @usableFromInline var stops: [Step] = []
    @usableFromInline var services: [Step] = []
    @usableFromInline var additions: [Step] = []
    @usableFromInline var raises: [Step] = []
    @usableFromInline var lowers: [Step] = []
    @usableFromInline var deletions: [Step] = []
    @usableFromInline var starts: [Step] = []

    /// Makes an order without steps.
    @inlinable
    package init() {}

    /// Adds a step at a stage: that of its change, or another one where it belongs to an earlier step.
    @inlinable
    package mutating func append(_ step: Step, at stage: Change.Stage) {
        switch stage {
        case .settings: settings.append(step)
        case .stops: stops.append(step)
        case .services: services.append(step)
        case .additions: additions.append(step)
        case .raises: raises.append(step)
        case .lowers: lowers.append(step)
        case .deletions: deletions.append(step)
        case .starts: starts.append(step)
        }
    }

    /// The steps from first to last.
    @inlinable
    package var steps: [Step] {
        var steps = settings
        steps += stops
        steps += services
        steps += additions
        steps += raises
        steps += lowers
        steps += deletions
        steps += starts
        return steps
    }
}

extension SafeOrder: Sendable where Step: Sendable {}

extension Change {
    /// When a change is carried out among others, from first to last.
    @frozen
    @usableFromInline
    package enum Stage: Sendable {
        /// Timeouts, counters, and a flush.
        case settings
        /// Sync daemons that end, before servers come whose services they exclude.
        case stops
        /// New values of services, which decide what becomes of the servers that enter them.
        case services
        /// New services and servers: each service with its servers behind it, for the kernel finds the youngest service
        /// of a hash bucket first.
        case additions
        /// New values of servers that take connections afterwards.
        case raises
        /// New values of servers that take none afterwards.
        case lowers
        /// Services and servers that go.
        case deletions
        /// Sync daemons that start, after the servers have gone whose services exclude them.
        case starts
    }

    /// The place of the change among others.
    @inlinable
    package var stage: Stage {
        switch self {
        case .setTimeouts, .zero, .flush: .settings
        case .stopDaemon: .stops
        case .editService: .services
        case .addService, .addDestination: .additions
        case .editDestination(let destination, _): destination.weight == 0 ? .lowers : .raises
        case .deleteService, .deleteDestination: .deletions
        case .startDaemon: .starts
        }
    }
}
