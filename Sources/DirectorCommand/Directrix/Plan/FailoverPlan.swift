import Failover
import Links
import Time
import VRRP

/// What virtual routers change of a machine's links, addresses, routes and rules: at the start, and as masters.
struct FailoverPlan {
    /// What is changed at the start, as commands of `ip` and `sysctl`.
    let start: [String]
    /// What each of them adds as master, as comments.
    let masters: [String]

    /// Plans for a machine that has been looked at.
    init(_ routing: RouterSet, on links: LinksSnapshot) {
        let settings = routing.settings
        start = Self.steps(routing, links).map(\.command)
        var lines: [String] = []
        for router in routing.routers {
            let place = router.interface.map { " on \($0)" } ?? ""
            lines.append("# directrix-vrrp: \(router.name), virtual router \(router.routerID)\(place)")
            let wish = router.linkWish(
                isHeld: true,
                prefix: settings.linkPrefix,
                addressPrefix: settings.addressLinkPrefix ?? settings.linkPrefix,
                maker: settings.routeMaker
            )
            let commands = Self.additions(wish, links)
            lines += commands.isEmpty ? [] : ["# as master it adds:"] + commands.map { "#   \($0)" }
        }
        masters = lines
    }

    /// What is done before any of them is master.
    private static func steps(_ routing: RouterSet, _ links: LinksSnapshot) -> [LinkStep] {
        let now = MonotonicTime(nanoseconds: 0)
        var node = FailoverNode(routing)
        var mirror = LinksMirror(maker: routing.settings.routeMaker, linkPrefix: routing.settings.linkPrefix)
        let facts = NodeFacts(boot: BootIdentity(high: 0, low: 0), bootMoment: now, links: links)
        for action in node.start(facts, at: now) {
            switch action {
            case .claim(let addresses): mirror.claim(addresses)
            case .want(let wish, let owner): mirror.want(wish, of: owner, at: now)
            default: break
            }
        }
        mirror.looked(links, at: now)
        return mirror.steps(at: now)
    }

    /// The parts of a wish that are not there.
    private static func additions(_ wish: LinkWish, _ links: LinksSnapshot) -> [String] {
        let present = Set(links.addresses.map { Place($0.address) })
        let addresses = wish.addresses.map(\.value).filter { !present.contains(Place($0)) }.map(LinkStep.addAddress)
        let routes = wish.routes.map(\.value).filter { !links.routes.contains($0) }.map(LinkStep.addRoute)
        let rules = wish.rules.map(\.value).filter { !links.rules.contains($0) }.map(LinkStep.addRule)
        return (addresses + routes + rules).map(\.command)
    }

    /// What makes an address of an interface the same.
    private struct Place: Hashable {
        private let address: String
        private let length: UInt8
        private let interface: String

        init(_ address: LinkAddress) {
            self.address = "\(address.address)"
            (length, interface) = (address.prefixLength, address.interface)
        }
    }
}
