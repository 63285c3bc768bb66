/// The links, addresses, routes and rules of a network namespace: those of this machine, or some in memory.
///
/// It is a handle on state that others share: between two calls anything may have changed. It belongs to one thread at a
/// time.
package protocol LinksKernel: AnyObject {
    /// Some parts of what there is: all interfaces and addresses, the routes and rules of some makers.
    ///
    /// - Parameters:
    ///   - parts: What is read.
    ///   - makers: Who made the routes and rules (`rtm_protocol`, `FRA_PROTOCOL`); those of others may be many.
    /// - Throws: `LinksError.refused`, `.transport`, `.malformed`, or `.unsettled` when they would not hold still.
    func look(_ parts: LinkParts, makers: Set<UInt8>) throws(LinksError) -> LinksSnapshot

    /// Carries steps out in their order; one that fails does not keep the later ones from being tried.
    ///
    /// To add what is there already is success, and so is to remove what is not there.
    func apply(_ steps: [LinkStep]) -> LinkReport

    /// The changes since the last time in their order, without waiting for any; those that `apply` made are among them.
    ///
    /// Of routes and rules those are told whose makers `look` was last asked for when it read any.
    ///
    /// - Throws: `LinksError.transport` when nothing is told any more, and another handle must be opened.
    func takeChanges() throws(LinksError) -> [LinkChange]
}
