package import Addresses
package import IPVS

/// A pool: servers that share the traffic of one or several virtual services, and how their health is told.
package struct VirtualServer: Hashable, Sendable {
    /// The services as they shall be in the kernel, at least one, each with the same servers behind it.
    package private(set) var services: [VirtualService]
    /// The real servers in the order of the file.
    ///
    /// One that is written twice stands here once.
    package var realServers: [RealServer] = []
    /// What serves while no real server does.
    package var standby: Standby?
    /// How much of the servers' weight has to serve; below it the standby serves in their place, where there is one.
    package var quorum = Quorum()
    /// The addresses of which this machine must have one for its servers to be checked; none where they always are.
    ///
    /// While it has none of them the checks rest, and everything stays as it is.
    package var neededAddresses: Set<IPAddress> = []
    /// The programs that are told when the quorum is gained and lost.
    package var notices = StateNotices()
    /// Whether it is told when the pool and its servers turn up and down, and when weights change, beside what is told of
    /// results and of the table.
    package var tellsTurns = false
    /// Whether a stop is told as the end of the pool and of its servers that are up.
    ///
    /// What another configuration no longer has is told in any case; programs run for it where this is so.
    package var tellsStop = false
    /// The command that a shell runs with `start` when the fallback becomes needed and `stop` when it no longer is.
    package var fallbackCommand: String?
    /// Whether the services and their servers are removed when the director stops: `cleanstop`.
    package var isRemovedAtStop = true
    /// What is done when the kernel's table no longer is what the director made it: `reconcile`.
    package var reconciliation = Reconciliation.restore
    /// Who gets mail about this service and its servers, and when.
    package var mail: MailAlert?
    /// Whether mail is sent when the quorum is gained or lost.
    package var isQuorumMailed = false
    /// The file that gets a line for each result: `monitorfile`.
    package var monitorFile: String?
    /// What the language of the configuration calls the pool; nil where it is called by its service.
    ///
    /// A pool of the next configuration with the same label goes on from it.
    package var label: String?
    /// The name of the service for people: `servicename`.
    package var name: String?
    /// A word on the service for mails: `comment`.
    package var comment: String?
    /// Where it begins; nil where no file says it.
    package var place: FilePlace?

    /// Makes a pool without servers behind a service and further ones, with what holds when a file says nothing.
    package init(service: VirtualService, and others: [VirtualService] = []) {
        services = [service] + others
    }

    /// The first of the services, which most pools have alone.
    package var service: VirtualService {
        get { services[0] }
        set { services[0] = newValue }
    }
}
