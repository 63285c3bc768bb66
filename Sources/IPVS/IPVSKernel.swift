/// An IPVS that can be read and changed: the kernel of this machine, or one in memory.
///
/// It is a handle on state that others share: between two calls anything may have changed.
public protocol IPVSKernel: AnyObject {
    /// Version and size of the connection table: `IPVS_CMD_GET_INFO`.
    ///
    /// - Throws: `IPVSError.refused(.notPermitted)` without CAP_NET_ADMIN,
    ///   `IPVSError.transport` when the conversation fails, `IPVSError.malformedReply` when an answer cannot be read.
    func information() throws(IPVSError) -> KernelInformation

    /// What `row` makes of every service with its servers, in the kernel's order.
    ///
    /// A large table costs much less memory when only what is needed of a service is kept. `row` may be called again for
    /// the same services when the table changed meanwhile; what it made before is then dropped. Reading is quicker
    /// without `statistics`, which are then all zero.
    ///
    /// - Throws: `IPVSError.refused(.notPermitted)` without CAP_NET_ADMIN,
    ///   `IPVSError.unsettled` when the table would not hold still,
    ///   `IPVSError.transport` when the conversation fails, `IPVSError.malformedReply` when an answer cannot be read.
    func snapshot<Row>(statistics: Bool, _ row: (ServiceStatus) -> Row) throws(IPVSError) -> [Row]

    /// One service with its servers: `IPVS_CMD_GET_SERVICE`, `IPVS_CMD_GET_DEST`.
    ///
    /// - Throws: `IPVSError.refused(.noSuchService)` when there is none, `IPVSError.refused(.notPermitted)` without
    ///   CAP_NET_ADMIN, `IPVSError.unsettled` when its servers would not hold still,
    ///   `IPVSError.transport` when the conversation fails, `IPVSError.malformedReply` when an answer cannot be read.
    func service(_ key: ServiceKey) throws(IPVSError) -> ServiceStatus

    /// The connection timeouts in seconds: `IPVS_CMD_GET_CONFIG`.
    ///
    /// - Throws: `IPVSError.refused(.notPermitted)` without CAP_NET_ADMIN,
    ///   `IPVSError.transport` when the conversation fails, `IPVSError.malformedReply` when an answer cannot be read.
    func timeouts() throws(IPVSError) -> Timeouts

    /// The synchronisation daemons that run, the master first: `IPVS_CMD_GET_DAEMON`.
    ///
    /// - Throws: `IPVSError.refused(.notPermitted)` without CAP_NET_ADMIN,
    ///   `IPVSError.transport` when the conversation fails, `IPVSError.malformedReply` when an answer cannot be read.
    func daemons() throws(IPVSError) -> [SyncDaemon]

    /// Hands every entry of the connection table to `body`, in no particular order, until it answers false.
    ///
    /// A real kernel gives them by no netlink command but in `/proc/net/ip_vs_conn`, which changes while it is read: an
    /// entry may be missing or come twice.
    ///
    /// - Throws: `IPVSError.transport` when the table cannot be opened or read, with the error number of the system call.
    func forEachConnection(_ body: (Connection) -> Bool) throws(IPVSError)

    /// Carries the changes out in their order; one that fails does not keep the later ones from being tried.
    ///
    /// It throws nothing: whatever went wrong stands in the report.
    func apply(_ changeset: Changeset) -> ApplyReport
}

extension IPVSKernel {
    /// Every service with its servers and counters, in the kernel's order.
    ///
    /// - Throws: `IPVSError.refused(.notPermitted)` without CAP_NET_ADMIN,
    ///   `IPVSError.unsettled` when the table would not hold still,
    ///   `IPVSError.transport` when the conversation fails, `IPVSError.malformedReply` when an answer cannot be read.
    public func snapshot() throws(IPVSError) -> Snapshot {
        Snapshot(services: try snapshot(statistics: true) { $0 })
    }

    /// Every service with its servers, without counters.
    ///
    /// - Throws: `IPVSError.refused(.notPermitted)` without CAP_NET_ADMIN,
    ///   `IPVSError.unsettled` when the table would not hold still,
    ///   `IPVSError.transport` when the conversation fails, `IPVSError.malformedReply` when an answer cannot be read.
    public func table() throws(IPVSError) -> Table {
        Table(try snapshot(statistics: false) { Table.Entry($0) })
    }

    /// Every service with its servers, without counters, and what they share: timeouts and daemons, as far as these can be
    /// read.
    ///
    /// - Throws: as `table()`.
    package func tableWithSettings() throws(IPVSError) -> Table {
        var table = try table()
        guard let timeouts = try? timeouts(), let daemons = try? daemons() else { return table }
        table.timeouts = timeouts
        for daemon in daemons { table.daemons[daemon.role] = daemon }
        return table
    }
}
