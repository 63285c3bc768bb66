import Addresses
import CNetlink
import Links
import Netlink

extension MessageWriter {
    /// Writes what follows netlink's header in the request that adds or removes a route.
    ///
    /// - Parameter indices: The numbers of the interfaces of its hops, in their order; 0 where a hop names none.
    mutating func routeRequest(_ route: Route, indices: [UInt32]) {
        append(
            rtmsg(
                rtm_family: route.family.wire,
                rtm_dst_len: route.destination?.length ?? 0,
                rtm_src_len: route.from?.length ?? 0,
                rtm_tos: route.typeOfService,
                // The table behind 255 stands in an attribute alone.
                rtm_table: UInt8(exactly: route.table) ?? UInt8(RT_TABLE_UNSPEC.rawValue),
                rtm_protocol: route.maker,
                rtm_scope: route.scope ?? route.impliedScope,
                rtm_type: route.kind.rawValue,
                rtm_flags: route.hops.count == 1 && route.hops[0].isOnLink ? RouteAttribute.onLink : 0
            )
        )
        if let destination = route.destination { address(RouteAttribute.destination, destination.address) }
        if let from = route.from { address(RouteAttribute.source, from.address) }
        attribute(RouteAttribute.table, route.table)
        if let priority = route.priority { attribute(RouteAttribute.priority, priority) }
        if let source = route.source { address(RouteAttribute.preferredSource, source) }
        if let realms = route.realms { attribute(RouteAttribute.realms, realms) }
        if let lifetime = route.lifetime { attribute(RouteAttribute.lifetime, lifetime) }
        if let preference = route.preference { attribute(RouteAttribute.preference, preference.rawValue) }
        if !route.metrics.isEmpty {
            nest(RouteAttribute.metrics) { writer in
                for metric in route.metrics { writer.attribute(metric.kind, metric.value) }
            }
        }
        let hops = zip(route.hops, indices)
        if route.hops.count > 1 {
            nest(RouteAttribute.hops) { writer in
                for (hop, index) in hops { writer.nextHop(hop, index: index, of: route.family) }
            }
        } else if let (hop, index) = hops.first(where: { _ in true }) {
            if index > 0 { attribute(RouteAttribute.interface, index) }
            gateway(of: hop, family: route.family)
        }
    }

    /// Writes one of several hops: `struct rtnexthop`, and the attributes of it alone.
    private mutating func nextHop(_ hop: Route.Hop, index: UInt32, of family: AddressFamily) {
        var inner = MessageWriter()
        inner.gateway(of: hop, family: family)
        let attributes = inner.bytes
        append(
            rtnexthop(
                rtnh_len: UInt16(truncatingIfNeeded: HeaderLength.hop + attributes.count),
                rtnh_flags: hop.isOnLink ? UInt8(RouteAttribute.onLink) : 0,
                rtnh_hops: UInt8(clamping: Int(hop.weight) - 1),
                rtnh_ifindex: Int32(bitPattern: index)
            )
        )
        for byte in attributes { append(byte) }
    }

    private mutating func gateway(of hop: Route.Hop, family: AddressFamily) {
        guard let gateway = hop.gateway else { return }
        guard gateway.family != family else { return address(RouteAttribute.gateway, gateway) }
        // A router of the other family: its family in 16 bits, and its address.
        var bytes = withUnsafeBytes(of: UInt16(gateway.family.wire)) { Array($0) }
        switch gateway {
        case .v4(let address): withUnsafeBytes(of: address.value.bigEndian) { bytes += $0 }
        case .v6(let address):
            withUnsafeBytes(of: address.high.bigEndian) { bytes += $0 }
            withUnsafeBytes(of: address.low.bigEndian) { bytes += $0 }
        }
        attribute(RouteAttribute.foreignGateway, bytes: bytes)
    }
}
