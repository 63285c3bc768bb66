import Addresses
package import Configuration
import Failover
import Links
package import VRRP

/// The log lines about virtual routers, in the words of keepalived 2.2.7, and what it has none for in words of our own.
package struct RouterLines: Sendable {
    /// Whether lines of keepalived 1.x stand beside them.
    private let hasOldLines: Bool
    /// The addresses of each router, which are announced when it has become master.
    private let addresses: [String: [LinkAddress]]

    /// Makes lines about the routers of a configuration.
    package init(_ configuration: FailoverConfiguration) {
        hasOldLines = configuration.tellsOldLines
        let pairs = configuration.routing.routers.map { router in
            (router.name, (router.addresses + router.unadvertisedAddresses).map(\.address))
        }
        addresses = Dictionary(pairs) { first, _ in first }
    }

    /// The lines about an event, in order.
    package func lines(about event: RouterEvent) -> [String] {
        switch event {
        case .router(let name, let matter, _, let priority):
            var lines = Self.texts(about: matter, name, priority: priority)
            if case .entered(.master) = matter { lines += announcements(of: name) }
            return lines + (hasOldLines ? Self.oldLines(about: matter, name) : [])
        case .group(let name, let matter, _): return Self.lines(about: matter, ofGroup: name)
        case .node(let matter): return Self.lines(about: matter)
        }
    }

    /// The lines about the announcements of a router that has become master.
    private func announcements(of name: String) -> [String] {
        (addresses[name] ?? []).map { address in
            let what = address.address.family == .ipv4 ? "gratuitous ARPs" : "Unsolicited Neighbour Adverts"
            return "(\(name)) Sending/queueing \(what) on \(address.interface) for \(address.address)"
        }
    }

    private static func lines(about matter: GroupMatter, ofGroup name: String) -> [String] {
        switch matter {
        case .synchronising(let state): ["VRRP_Group(\(name)) Syncing instances to \(state.word) state"]
        // Its members say it.
        case .entered, .stopped: []
        case .deleted: ["VRRP_Group(\(name)) is not configured any more"]
        }
    }

    /// The lines that keepalived 1.x had about the same, which scripts of its time look for.
    private static func oldLines(about matter: RouterMatter, _ name: String) -> [String] {
        let beginning = "VRRP_Instance(\(name))"
        switch matter {
        case .timedOut: return ["\(beginning) Transition to MASTER STATE"]
        case .entering(let state, _) where state != .initial: return ["\(beginning) Entering \(state.word) STATE"]
        case .entered(.fault): return ["\(beginning) Now in FAULT state"]
        case .setting(.addresses): return ["\(beginning) setting protocol VIPs."]
        case .removing(.addresses): return ["\(beginning) removing protocol VIPs."]
        case .sentPriorityZero: return ["\(beginning) sent 0 priority"]
        default: return []
        }
    }
}
