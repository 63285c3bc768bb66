package import Addresses
package import IPVS

/// What can be found out about the machine when the kernel has refused something.
package struct RefusalContext: Hashable, Sendable {
    /// Where a kernel module stands.
    package enum Module: Hashable, Sendable {
        /// In the running kernel.
        case present
        /// On the disk, not loaded.
        case installed
        /// Nowhere.
        case missing
    }

    /// The kernel's release as in `uname -r`.
    package var kernelRelease = ""
    /// Whether there is a list of modules for that release.
    package var hasModuleList = true
    /// The modules that were asked for.
    package var modules: [String: Module] = [:]
    /// The schedulers of which a module is on the disk or in the kernel, sorted.
    package var schedulers: [String] = []
    package var hasIPv6 = true
    /// Whether the interface `lo` of this network namespace is up; nil when it could not be found out.
    package var isLoopbackUp: Bool?
    /// Whether the process has CAP_NET_ADMIN, wherever that counts.
    package var hasNetworkCapability = true
    /// Whether a synchronisation daemon runs; nil when it could not be found out.
    package var runsDaemon: Bool?
    /// Whether a server has another family than its service; nil when it could not be found out.
    package var mixesFamilies: Bool?

    /// The services of the table; none when they could not be read.
    package var services: [ServiceKey] = []
    /// The servers of the service that was asked for; none when they could not be read.
    package var servers: [Endpoint] = []

    package init() {}
}
