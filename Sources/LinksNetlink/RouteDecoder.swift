import Addresses
import CNetlink
import Links
import Netlink

/// Reads `RTM_NEWROUTE` and `RTM_DELROUTE`.
enum RouteDecoder {
    /// Who made the route of a message; nil where there is not even a header.
    static func maker(_ contents: MessageContents, of bytes: RawSpan) -> UInt8? {
        guard contents.range.count >= HeaderLength.route else { return nil }
        return bytes.load(rtmsg.self, at: contents.range.lowerBound).rtm_protocol
    }

    /// A route, its interfaces called by the names that `names` has for their numbers; nil for one that is made of another
    /// one, of another family or of a kind that nobody makes.
    ///
    /// - Throws: `DecodingError` when the message cannot be read.
    static func route(
        _ contents: MessageContents,
        of bytes: RawSpan,
        names: [UInt32: String]
    ) throws(DecodingError) -> Route? {
        var cursor = AttributeCursor(try contents.attributes(behind: HeaderLength.route))
        let header = bytes.load(rtmsg.self, at: contents.range.lowerBound)
        guard let family = AddressFamily(wire: header.rtm_family), let kind = Route.Kind(rawValue: header.rtm_type),
            header.rtm_flags & RouteAttribute.cloned == 0
        else { return nil }
        var route = Route(family, to: nil)
        route.kind = kind
        route.maker = header.rtm_protocol
        route.scope = header.rtm_scope
        route.typeOfService = header.rtm_tos
        route.table = UInt32(header.rtm_table)
        var destination: Attribute?
        var source: Attribute?
        var single = HopReader(family: family, names: names, isOnLink: header.rtm_flags & RouteAttribute.onLink != 0)
        while let attribute = try cursor.next(in: bytes) {
            switch attribute.type {
            case RouteAttribute.destination: destination = attribute
            case RouteAttribute.source: source = attribute
            case RouteAttribute.table: route.table = try bytes.number(attribute)
            case RouteAttribute.priority: route.priority = try bytes.number(attribute)
            case RouteAttribute.preferredSource: route.source = try bytes.address(attribute, family)
            case RouteAttribute.realms: route.realms = try bytes.number(attribute)
            case RouteAttribute.preference:
                route.preference = Route.Preference(rawValue: try bytes.number(attribute, UInt8.self))
            case RouteAttribute.metrics: route.metrics = try metrics(in: attribute.content, of: bytes)
            case RouteAttribute.hops: route.hops = try single.hops(in: attribute.content, of: bytes)
            case RouteAttribute.state: route.lifetime = try lifetime(attribute, of: bytes)
            default: try single.read(attribute, of: bytes)
            }
        }
        route.destination = try bytes.prefix(destination, length: header.rtm_dst_len, family)
        route.from = try bytes.prefix(source, length: header.rtm_src_len, family)
        if route.hops.isEmpty, let hop = single.hop { route.hops = [hop] }
        // IPv6 says medium where nobody said anything.
        if route.preference == .medium { route.preference = nil }
        return route
    }

    private static func metrics(in range: Range<Int>, of bytes: RawSpan) throws(DecodingError) -> [Route.Metric] {
        var metrics: [Route.Metric] = []
        var cursor = AttributeCursor(range)
        while let attribute = try cursor.next(in: bytes) {
            guard attribute.type != RouteAttribute.congestionAlgorithm else { continue }
            metrics.append(Route.Metric(kind: attribute.type, value: try bytes.number(attribute)))
        }
        return metrics
    }

    /// The seconds that a route has left: `rta_expires`, in ticks for programs, of which there are a hundred in a second.
    private static func lifetime(_ attribute: Attribute, of bytes: RawSpan) throws(DecodingError) -> UInt32? {
        guard attribute.content.count >= MemoryLayout<rta_cacheinfo>.size else {
            throw .short(attribute: attribute.type)
        }
        let ticks = bytes.load(rta_cacheinfo.self, at: attribute.content.lowerBound).rta_expires
        return ticks > 0 ? UInt32(ticks) / 100 : nil
    }
}
