package import IPVS

/// A virtual service with the servers that shall stand behind it, and how their health is told.
package struct VirtualServer: Hashable, Sendable {
    /// The service as it shall be in the kernel.
    package var service: VirtualService
    /// The real servers in the order of the file.
    ///
    /// One that is written twice stands here once.
    package var realServers: [RealServer] = []
    /// The server that serves while no real server is up; never checked.
    ///
    /// It has weight 1.
    package var fallback: Destination?
    /// The command that a shell runs with `start` when the fallback becomes needed and `stop` when it no longer is.
    package var fallbackCommand: String?
    /// Whether a failed server keeps its place with weight 0, and with it its connections, instead of being removed.
    package var isQuiescent = false
    /// Whether the service and its servers are removed when the director stops: `cleanstop`.
    package var isRemovedAtStop = true
    /// The time from the start of one check of a server to the start of the next: `checkinterval`.
    package var interval = Duration.seconds(10)
    /// The failed checks in a row after which a server is down, at least 1: `failurecount`.
    package var failureCount = 1
    /// The successful checks in a row after which a server that is down is up, at least 1: `risecount`.
    package var riseCount = 1
    /// What is done when the kernel's table no longer is what the director made it: `reconcile`.
    package var reconciliation = Reconciliation.restore
    /// Who gets mail about this service, and when.
    package var mail: MailAlert?
    /// The file that gets a line for each result: `monitorfile`.
    package var monitorFile: String?
    /// The name of the service for people: `servicename`.
    package var name: String?
    /// A word on the service for mails: `comment`.
    package var comment: String?
    /// The line of the file that it begins in; the first is 1.
    package var line = 0

    /// Makes a virtual server without real servers, with what holds when a file says nothing.
    package init(service: VirtualService) {
        self.service = service
    }
}
