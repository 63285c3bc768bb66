import Configuration
import Dialogues
import HealthChecks
import IPVS

/// A real server behind a virtual one, with what is believed of it.
struct DirectedServer: Sendable {
    /// How it is configured.
    let real: RealServer
    /// How it stands in the kernel while it is up, with its configured weight.
    let destination: Destination
    /// The check whose results count for it; nil where there is none.
    let check: ServerCheck?
    /// The same, as it is made; nil where nothing is asked.
    let scheduled: ScheduledCheck?
    /// Its results, counted.
    var health = ServerHealth()
    /// Whether a maintenance file names it.
    var isInMaintenance = false
    /// The weight that it was found with; kept until it is known to be healthy.
    var adoptedWeight: Int32?
    /// Its latest result.
    var lastResult: CheckResult?
    /// Why it is down, as the log says it.
    var downReason: DownReason?
    /// When what is believed of it last changed.
    var since: MonotonicTime
    /// When mail that it is still down is due.
    var mailDue: MonotonicTime?
    /// Whether the log says that it cannot be asked.
    var isToldUnasked = false

    init(_ real: RealServer, in service: VirtualService, since: MonotonicTime) {
        self.real = real
        destination = real.destination(in: service)
        check = real.checks.first
        scheduled = check.flatMap { $0.probe.asks ? ScheduledCheck($0.probe, pace: $0.pace) : nil }
        self.since = since
    }

    /// Whether it shall take connections.
    var isServing: Bool { health.isInService && !isInMaintenance && destination.weight > 0 }

    /// Whether a verdict was given or is not awaited.
    var isKnown: Bool { health.isKnown || isInMaintenance }

    /// How it stands in the kernel while it may be used.
    var inService: Destination {
        var destination = destination
        if case .adopted = health.belief, let adoptedWeight, destination.weight > 0 {
            destination.weight = adoptedWeight
        }
        return destination
    }

    /// How it stands in the kernel while it may not be used but keeps its place.
    var quiesced: Destination {
        var destination = destination
        destination.weight = 0
        return destination
    }
}
