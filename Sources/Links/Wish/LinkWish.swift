/// What one owner wants the kernel to have from now on; what it wanted before and not any more goes.
///
/// The same address, route or rule may be wanted by several owners: it goes when the last of them no longer wants it.
package struct LinkWish: Hashable, Sendable {
    /// Something that is wanted, and whether it is put back when somebody takes it away.
    package struct Part<Value: Hashable & Sendable>: Hashable, Sendable {
        package var value: Value
        package var isTracked: Bool

        /// Makes a part.
        package init(_ value: Value, isTracked: Bool = true) {
            self.value = value
            self.isTracked = isTracked
        }
    }

    /// The interfaces that are made first; `LinkAddress.interface` and the like name them by `MadeLink.name`.
    package var links: [MadeLink] = []
    /// The settings of interfaces that are not made here; what they were before comes back in the end.
    package var settings: [InterfaceSetting] = []
    /// The addresses in the order in which they are set.
    package var addresses: [Part<LinkAddress>] = []
    /// The routes, set behind all addresses.
    package var routes: [Part<Route>] = []
    /// The rules, set behind all routes.
    package var rules: [Part<RoutingRule>] = []

    /// Makes a wish for nothing.
    package init() {}
}
