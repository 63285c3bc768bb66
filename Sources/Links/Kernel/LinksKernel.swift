/// The links, addresses, routes and rules of a network namespace: those of this machine, or some in memory.
///
/// It is a handle on state that others share: between two calls anything may have changed. It belongs to one thread at a
/// time.
package protocol LinksKernel: AnyObject {
    /// All interfaces and addresses, and the routes and rules of some makers.
    ///
    /// - Parameter makers: who made the routes and rules (`rtm_protocol`, `FRA_PROTOCOL`); those of others may be many.
    /// - Throws: `LinksError.refused`, `.transport`, `.malformed`, or `.unsettled` when they would not hold still.
    func look(makers: Set<UInt8>) throws(LinksError) -> LinksSnapshot

    /// Carries steps out in their order; one that fails does not keep the later ones from being tried.
    ///
    /// To add what is there already is success, and so is to remove what is not there.
    func apply(_ steps: [LinkStep]) -> LinkReport

    /// The changes since the last time in their order, without waiting for any; those that `apply` made are among them.
    ///
    /// Changes of routes and rules are told of all makers.
    ///
    /// - Throws: `LinksError.transport` when nothing is told any more, and another handle must be opened.
    func takeChanges() throws(LinksError) -> [LinkChange]
}
