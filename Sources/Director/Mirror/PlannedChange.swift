import Configuration
import IPVS

/// A change of a service, with what is told of it when it is done.
struct PlannedChange: Sendable {
    /// The change.
    var change: Change
    /// The service that it is a change of.
    let key: ServiceKey
    /// The virtual server that wants it, as it was configured when it was planned.
    let virtual: VirtualServer
    /// What it does; the last one is what the change itself is about.
    let steps: [TableStep]
    /// What the director was doing when it was planned.
    let phase: DirectorPhase
    /// Whether its steps are told when it is done; a failure is told in any case.
    var isTold = true

    init(_ change: Change, to key: ServiceKey, of virtual: VirtualServer, _ steps: [TableStep], in phase: DirectorPhase)
    {
        self.change = change
        self.key = key
        self.virtual = virtual
        self.steps = steps
        self.phase = phase
    }

    /// What is told of one of its steps.
    func event(_ step: TableStep, _ outcome: TableOutcome) -> DirectorEvent {
        DirectorEvent(.table(step, outcome), of: virtual, in: phase, entry: key)
    }
}
