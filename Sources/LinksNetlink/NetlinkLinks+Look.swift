import Addresses
import CNetlink
package import Links
import Netlink

// What is read may change meanwhile, which the kernel says; it is then read again.

extension NetlinkLinks {
    /// How often something is read that would not hold still.
    private static let attempts = 5

    /// Some parts of what there is: dumps of `RTM_GETLINK`, `RTM_GETADDR`, `RTM_GETROUTE`, `RTM_GETRULE`.
    ///
    /// - Parameters:
    ///   - parts: What is read.
    ///   - makers: Who made the routes and rules.
    /// - Throws: `LinksError.refused`, `.transport`, `.malformed`, or `.unsettled` when they would not hold still.
    package func look(_ parts: LinkParts, makers: Set<UInt8>) throws(LinksError) -> LinksSnapshot {
        if !parts.isDisjoint(with: [.routes, .rules]) { self.makers = makers }
        var snapshot = LinksSnapshot(parts)
        if parts.contains(.links) {
            snapshot.interfaces = try interfaces()
            names = Dictionary(snapshot.interfaces.map { ($0.index, $0.name) }) { $1 }
            snapshot.addresses = try addresses()
            snapshot.settings = try sharedSettings(ConfigurationAttribute.all)
            snapshot.defaults = try sharedSettings(ConfigurationAttribute.newInterfaces)
        }
        if parts.contains(.routes) {
            for family in AddressFamily.allCases {
                for maker in makers.sorted() { snapshot.routes += try routes(family, by: maker) }
            }
        }
        if parts.contains(.rules) {
            for family in AddressFamily.allCases { snapshot.rules += try rules(family) }
        }
        return snapshot
    }

    private func interfaces() throws(LinksError) -> [InterfaceState] {
        let found = try settled { () throws(LinksError) in
            var found: [InterfaceState] = []
            let trace = try ask(MessageType.getLink) {
                $0.linkHeader()
                $0.attribute(LinkAttribute.filter, LinkAttribute.withoutCounters)
            } read: { contents, bytes throws(DecodingError) in
                guard contents.type == MessageType.newLink else { return }
                if let state = try LinkDecoder.interface(contents, of: bytes) { found.append(state) }
            }
            return (found, trace)
        }
        return found.sorted { $0.index < $1.index }
    }

    private func addresses() throws(LinksError) -> [AddressState] {
        try settled { () throws(LinksError) in
            var found: [AddressState] = []
            let trace = try ask(MessageType.getAddress) {
                $0.append(ifaddrmsg())
            } read: { [names] contents, bytes throws(DecodingError) in
                guard contents.type == MessageType.newAddress else { return }
                if let state = try AddressDecoder.address(contents, of: bytes, names: names) { found.append(state) }
            }
            return (found, trace)
        }
    }

    /// The kernel leaves the routes of others out where it knows how to; they are left out here too.
    private func routes(_ family: AddressFamily, by maker: UInt8) throws(LinksError) -> [Route] {
        try settled { () throws(LinksError) in
            var found: [Route] = []
            let trace = try ask(MessageType.getRoute) {
                var header = rtmsg()
                header.rtm_family = family.wire
                header.rtm_protocol = maker
                $0.append(header)
            } read: { [names] contents, bytes throws(DecodingError) in
                guard contents.type == MessageType.newRoute, RouteDecoder.maker(contents, of: bytes) == maker
                else { return }
                // A kernel without the family answers with all others.
                guard let route = try RouteDecoder.route(contents, of: bytes, names: names), route.family == family
                else { return }
                found.append(route)
            }
            return (found, trace)
        }
    }

    private func rules(_ family: AddressFamily) throws(LinksError) -> [RoutingRule] {
        try settled { () throws(LinksError) in
            var found: [RoutingRule] = []
            let trace = try ask(MessageType.getRule) {
                var header = fib_rule_hdr()
                header.family = family.wire
                $0.append(header)
            } read: { contents, bytes throws(DecodingError) in
                guard contents.type == MessageType.newRule, let rule = try RuleDecoder.rule(contents, of: bytes)
                else { return }
                if rule.family == family, makers.contains(rule.maker) { found.append(rule) }
            }
            return (found, trace)
        }
    }

    /// The settings for all interfaces together or for those to come, of which the kernel tells this one.
    private func sharedSettings(_ number: Int32) throws(LinksError) -> [InterfaceSetting.Kind: UInt32] {
        var settings: [InterfaceSetting.Kind: UInt32] = [:]
        do throws(LinksError) {
            try ask(MessageType.getConfiguration, flags: .acknowledged) {
                $0.append(UInt32(AddressFamily.ipv4.wire))
                $0.attribute(ConfigurationAttribute.interface, number)
            } read: { contents, bytes throws(DecodingError) in
                var cursor = AttributeCursor(try contents.attributes(behind: HeaderLength.configuration))
                while let attribute = try cursor.next(in: bytes) {
                    guard attribute.type == ConfigurationAttribute.reversePath else { continue }
                    settings[.reversePath] = try bytes.number(attribute)
                }
            }
        } catch .refused {
            // A kernel that does not tell.
        }
        return settings
    }

    private func settled<Found>(
        _ read: () throws(LinksError) -> (Found, Conversation.Trace)
    ) throws(LinksError) -> Found {
        for _ in 0..<Self.attempts {
            let (found, trace) = try read()
            if !trace.isInterrupted { return found }
        }
        throw .unsettled
    }
}
