package import Configuration
package import IPVS

/// Something that happened to a virtual server, with the values that a voice needs to put it into words.
///
/// It carries the configuration of the moment that it is about, so that it can be told after another one has come.
package struct DirectorEvent: Hashable, Sendable {
    /// What happened.
    package enum Matter: Hashable, Sendable {
        /// Something was learned about one of the real servers.
        case server(RealServer, ServerEvent)
        /// The kernel's table was changed, or refused to be.
        case table(TableStep, TableOutcome)
        /// Somebody else changed the table, and this is what is made of it.
        case drift(TableSubject, Drift, DriftResponse)
        /// What others removed again and again is put back after its pause.
        case puttingBack(TableSubject)
        /// Enough servers may take connections from now on, or no longer; told after what is told of the servers, where the
        /// configuration wants it told.
        case quorum(QuorumEvent)
        /// Its checks rest, since this machine has none of the addresses that they need; false where they begin again.
        case resting(Bool)
        /// The standby has to serve from now on, or no longer; told where the configuration names a command for that.
        case standby(StandbyNeed)
    }

    /// The virtual server, as it was configured when it happened.
    package let virtual: VirtualServer
    /// What the director was doing when it happened or was decided.
    package let phase: DirectorPhase
    /// What happened.
    package let matter: Matter
    /// The place, among those of the server, of the check whose result it comes from; nil for none.
    package let check: Int?
    /// The service in the kernel, where it is about one of the virtual server's; nil where it is about all.
    package let entry: ServiceKey?

    /// Makes an event of that virtual server.
    package init(
        _ matter: Matter,
        of virtual: VirtualServer,
        in phase: DirectorPhase,
        check: Int? = nil,
        entry: ServiceKey? = nil
    ) {
        self.matter = matter
        self.virtual = virtual
        self.phase = phase
        self.check = check
        self.entry = entry
    }
}
