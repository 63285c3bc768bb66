/// What the kernel has at a moment.
package struct LinksSnapshot: Hashable, Sendable {
    /// What was read; of everything else there is nothing here.
    package var parts: LinkParts
    /// All interfaces in the order of their numbers.
    package var interfaces: [InterfaceState] = []
    /// All addresses in the kernel's order.
    package var addresses: [AddressState] = []
    /// The routes of the makers that were asked for, of all tables.
    package var routes: [Route] = []
    /// The rules of the makers that were asked for.
    package var rules: [RoutingRule] = []
    /// The settings for all interfaces together, as far as the kernel tells them.
    package var settings: [InterfaceSetting.Kind: UInt32] = [:]

    /// The settings for interfaces that are not made yet, as far as the kernel tells them.
    package var defaults: [InterfaceSetting.Kind: UInt32] = [:]

    /// Makes a snapshot of nothing.
    package init(_ parts: LinkParts = .all) {
        self.parts = parts
    }
}
