package import Links
package import Time

/// What is known of the machine when virtual routers begin.
package struct NodeFacts: Hashable, Sendable {
    /// The run of the machine.
    package var boot: BootIdentity
    /// The moment at which it booted, which the delay after a boot counts from.
    package var bootMoment: MonotonicTime
    /// Its interfaces and addresses.
    package var links: LinksSnapshot
    /// The records that were found.
    package var records: [NodeRecord] = []
    /// The addresses that the process before this one had set, as it noted them.
    package var belongings: [LinkAddress] = []

    /// Makes facts of a machine on which no process was before.
    package init(boot: BootIdentity, bootMoment: MonotonicTime, links: LinksSnapshot) {
        self.boot = boot
        self.bootMoment = bootMoment
        self.links = links
    }
}
