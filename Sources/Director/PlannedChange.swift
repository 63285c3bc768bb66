import Configuration
import IPVS

/// A change with what is said about it when it is done.
struct PlannedChange: Sendable {
    var change: Change
    /// The virtual server that it belongs to, as it was configured when it was planned.
    let virtual: VirtualServer
    /// What it does; the last one is what the change itself is about.
    let steps: [TableStep]
    /// What the director was doing when it was planned.
    let phase: DirectorPhase
    /// Whether its steps are told when it is done; a failure is told in any case.
    var isTold = true

    init(_ change: Change, of virtual: VirtualServer, _ steps: [TableStep], in phase: DirectorPhase) {
        self.change = change
        self.virtual = virtual
        self.steps = steps
        self.phase = phase
    }

    /// The virtual server's key in the kernel.
    var service: ServiceKey { virtual.service.key }

    /// What is told of one of its steps.
    func event(_ step: TableStep, _ outcome: TableOutcome) -> DirectorEvent {
        DirectorEvent(.table(step, outcome), of: virtual, in: phase)
    }
}
