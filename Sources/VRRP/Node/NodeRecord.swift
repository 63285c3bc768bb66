package import Time

/// What outlives a crash of the process, for each virtual router: it tells whether mastership can be taken up again.
///
/// The record is found again by its digest, so that a router that was renamed is still the same one.
package struct NodeRecord: Hashable, Sendable {
    /// The digest of what peers and the kernel know the router by: number, family, interface, interval, addresses.
    package var digest: UInt64
    /// The run of the machine in which it was written: moments of another run mean nothing.
    package var boot: BootIdentity
    /// Where the router stood.
    package var state: RouterState
    /// The moment of its last own advertisement.
    package var lastAdvertisement: MonotonicTime
    /// The number of its last authentication header, above which its peers want the next one; 0 where it has none.
    package var headerSequence: UInt32

    /// Makes a record.
    package init(
        digest: UInt64,
        boot: BootIdentity,
        state: RouterState,
        lastAdvertisement: MonotonicTime,
        headerSequence: UInt32 = 0
    ) {
        self.digest = digest
        self.boot = boot
        self.state = state
        self.lastAdvertisement = lastAdvertisement
        self.headerSequence = headerSequence
    }
}
