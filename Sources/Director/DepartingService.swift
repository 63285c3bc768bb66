import Configuration
import IPVS

/// A service of an earlier configuration that is still to be removed from the kernel.
struct DepartingService: Sendable {
    /// Which service it is.
    let key: ServiceKey
    /// The virtual server that it belonged to.
    let virtual: VirtualServer
    /// When its removal is tried again.
    var backoff = Backoff()

    /// The removal.
    func removal(in phase: DirectorPhase) -> PlannedChange {
        let step = TableStep(.purged(.start), .service)
        return PlannedChange(.deleteService(key), to: key, of: virtual, [step], in: phase)
    }
}
