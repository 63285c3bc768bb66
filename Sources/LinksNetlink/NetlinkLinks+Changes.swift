package import Links
import Netlink

extension NetlinkLinks {
    /// The changes since the last time: what the groups of rtnetlink told.
    ///
    /// Where messages were lost, `.overrun` comes last: what was told before it may be older than what is missing.
    ///
    /// - Throws: `LinksError.transport` when nothing is told any more.
    package func takeChanges() throws(LinksError) -> [LinkChange] {
        var found: [LinkChange] = []
        var lost = try changes.read { message, bytes throws(DecodingError) in
            try read(message, bytes, into: &found)
        }
        lost.formUnion(
            try routeChanges.read { message, bytes throws(DecodingError) in
                try read(message, bytes, into: &found)
            }
        )
        if !lost.isEmpty { found.append(LinkChange(.overrun(lost), by: .kernel)) }
        return found
    }

    private func read(
        _ message: Message,
        _ bytes: RawSpan,
        into found: inout [LinkChange]
    ) throws(DecodingError) {
        guard message.kind == .contents, let subject = try subject(message.contents, of: bytes) else { return }
        let cause: LinkChange.Cause =
            message.port == 0 ? .kernel : message.port == port ? .ourselves : .port(message.port)
        found.append(LinkChange(subject, by: cause))
    }

    private func subject(
        _ contents: MessageContents,
        of bytes: RawSpan
    ) throws(DecodingError) -> LinkChange.Subject? {
        switch contents.type {
        case MessageType.newLink:
            guard let state = try LinkDecoder.interface(contents, of: bytes) else { return nil }
            names[state.index] = state.name
            return .interface(state)
        case MessageType.deleteLink:
            guard let state = try LinkDecoder.interface(contents, of: bytes) else { return nil }
            names[state.index] = nil
            return .interfaceGone(state)
        case MessageType.newAddress, MessageType.deleteAddress:
            guard let state = try AddressDecoder.address(contents, of: bytes, names: names) else { return nil }
            return contents.type == MessageType.newAddress ? .address(state) : .addressGone(state)
        case MessageType.newRoute, MessageType.deleteRoute:
            guard let maker = RouteDecoder.maker(contents, of: bytes), makers.contains(maker),
                let route = try RouteDecoder.route(contents, of: bytes, names: names)
            else { return nil }
            return contents.type == MessageType.newRoute ? .route(route) : .routeGone(route)
        case MessageType.newRule, MessageType.deleteRule:
            guard let rule = try RuleDecoder.rule(contents, of: bytes), makers.contains(rule.maker) else { return nil }
            return contents.type == MessageType.newRule ? .rule(rule) : .ruleGone(rule)
        default:
            return nil
        }
    }
}
