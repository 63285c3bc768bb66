/// One change of the kernel's links, addresses, routes and rules.
package enum LinkStep: Hashable, Sendable {
    /// Makes an interface by that name, which is off (`RTM_NEWLINK`).
    case makeLink(MadeLink, name: String)
    /// Switches an interface on or off (`RTM_NEWLINK`).
    case switchLink(String, isOn: Bool)
    /// Removes an interface, by its number lest another one of its name is meant (`RTM_DELLINK`).
    case removeLink(InterfaceState)
    /// Changes a setting.
    case set(InterfaceSetting)
    /// Adds an address; one that is there already is well (`RTM_NEWADDR`).
    case addAddress(LinkAddress)
    /// Gives an address that is there other options or lifetimes (`RTM_NEWADDR` with `NLM_F_REPLACE`).
    case changeAddress(LinkAddress)
    /// Puts an address back that the kernel took along with another one, as it was.
    case returnAddress(AddressState)
    /// Removes an address; one that is not there is well (`RTM_DELADDR`).
    case removeAddress(LinkAddress)
    /// Adds a route; one that is there already is well (`RTM_NEWROUTE`).
    case addRoute(Route)
    /// Removes a route; one that is not there is well (`RTM_DELROUTE`).
    case removeRoute(Route)
    /// Adds a rule; one that is there already is well (`RTM_NEWRULE`).
    case addRule(RoutingRule)
    /// Removes a rule; one that is not there is well (`RTM_DELRULE`).
    case removeRule(RoutingRule)
}
