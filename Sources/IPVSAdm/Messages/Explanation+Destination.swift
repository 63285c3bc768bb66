import Addresses
import IPVS

extension Explanation {
    static func explain(
        _ destination: Destination,
        of key: ServiceKey,
        _ refusal: KernelError,
        _ context: RefusalContext,
        isNew: Bool
    ) -> String? {
        switch refusal {
        case .exists where isNew: "Change it with -e, or remove it first with -d."
        case .noSuchService:
            Nearby(services: context.services).adding(to: "Add the service first with -A.", servicesLike: key)
        case .noSuchEntry:
            Nearby(servers: context.servers).adding(
                to: "-a adds it; with -m its port may differ from the service's, \(key.port).",
                serversAt: destination.endpoint.address
            )
        case .outOfRange: outOfRange(destination)
        case .invalid: invalid(destination, of: key, context)
        default: nil
        }
    }

    private static func outOfRange(_ destination: Destination) -> String? {
        let (upper, lower) = (destination.upperThreshold, destination.lowerThreshold)
        if destination.weight < 0 { return "The weight \(destination.weight) is below 0." }
        guard lower > upper else { return nil }
        return upper == 0
            ? "A lower threshold (-y \(lower)) needs an upper one (-x)."
            : "The lower threshold (-y \(lower)) is above the upper one (-x \(upper))."
    }

    private static func invalid(
        _ destination: Destination,
        of key: ServiceKey,
        _ context: RefusalContext
    ) -> String? {
        let address = destination.endpoint.address
        if let kind = unsuitableKind(of: address) {
            return "\(address) is \(kind); a real server needs a unicast address."
        }
        if address.family != key.family {
            if destination.forwarding != .tunnel {
                return "A server of another family than its service's is reached by tunnel only: -i."
            }
            if context.runsDaemon == true {
                return "No server of another family than its service's while a sync daemon runs: --stop-daemon first."
            }
        }
        if destination.tunnel.kind == .gue, destination.tunnel.port == 0 {
            return "gue needs the UDP port of the server: --tun-port."
        }
        if address.family == .ipv6, !context.hasIPv6 { return noIPv6Address }
        if address.family == .ipv4, context.isLoopbackUp == false {
            return "The loopback interface of this network namespace is down: run ip link set lo up."
        }
        return nil
    }

    private static let noIPv6Address = "IPv6 is off in this kernel; it must be booted without ipv6.disable=1."

    /// What an address is that the kernel does not take for a server.
    private static func unsuitableKind(of address: IPAddress) -> String? {
        if address.isAny { return "the unspecified address" }
        if address.isMulticast { return "a multicast address" }
        switch address {
        case .v4(let address): return address.value == .max ? "the broadcast address" : nil
        case .v6(let address):
            if address.isLinkLocal { return "a link-local address" }
            return address.mappedIPv4 == nil ? nil : "an IPv4-mapped address"
        }
    }
}
