/// A change that the kernel told of.
package struct LinkChange: Hashable, Sendable {
    /// What changed.
    package enum Subject: Hashable, Sendable {
        /// An interface is new or otherwise than before.
        case interface(InterfaceState)
        /// An interface is gone.
        case interfaceGone(InterfaceState)
        /// An address is new or otherwise than before.
        case address(AddressState)
        /// An address is gone.
        case addressGone(AddressState)
        /// A route is new.
        case route(Route)
        /// A route is gone.
        case routeGone(Route)
        /// A rule is new.
        case rule(RoutingRule)
        /// A rule is gone.
        case ruleGone(RoutingRule)
        /// Changes were lost: these parts must be read again.
        case overrun(LinkParts)
    }

    /// Who made a change.
    package enum Cause: Hashable, Codable, Sendable {
        /// This handle.
        case ourselves
        /// The kernel, or a program by other means than rtnetlink.
        case kernel
        /// The socket of that port, whose lower 22 bits are a process's number as a rule.
        case port(UInt32)
    }

    /// What changed.
    package var subject: Subject
    /// Who did it.
    package var cause: Cause

    /// Makes a change.
    package init(_ subject: Subject, by cause: Cause) {
        self.subject = subject
        self.cause = cause
    }
}
