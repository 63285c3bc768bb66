import Addresses
import Configuration
import IPVS

// Virtual servers.
extension ConfigurationAssembly {
    /// What all words of a virtual server are read by.
    struct ServiceFrame {
        let block: CheckedBlock
        let identity: Value.Identity
        /// The word that names it, and the port behind that.
        let place: Word
        let services: [VirtualService]
        let forwarding: ForwardingMethod
        let tunnel: Tunnel
        let weight: Int32
        /// The families of its addresses; a server of another one is reached by tunnel alone.
        let families: Set<AddressFamily>
        /// The ports of its addresses; none where there are only marks.
        let ports: Set<UInt16>
        /// Whether a mark is among its services.
        let hasMarks: Bool
        /// The port that checks of servers without one go to; 0 where there is none.
        let checkPort: UInt16

        var service: VirtualService { services[0] }

        init(
            _ block: CheckedBlock,
            _ identity: Value.Identity,
            at place: Word,
            _ services: [VirtualService]
        ) {
            (self.block, self.identity, self.place) = (block, identity, place)
            let none = VirtualService(key: .endpoint(.tcp, Endpoint(address: .any(.ipv4), port: 0)))
            self.services = services.isEmpty ? [none] : services
            let keys = self.services.map(\.key)
            (forwarding, tunnel) = block.forwarding("lb_kind") ?? (.masquerade, .ipip)
            weight = Int32(clamping: block.number("weight") ?? 1)
            families = Set(keys.map(\.family))
            hasMarks = keys.contains { $0.transport == nil }
            ports = Set(keys.filter { $0.transport != nil }.map(\.port))
            checkPort = keys.first { $0.port != 0 }?.port ?? 0
        }
    }

    /// Makes a pool of a virtual server, or takes it to the one that has the service already.
    mutating func addService(_ block: CheckedBlock) {
        guard block.has("real_server") else {
            findings.warning("a service without servers is not set up", at: block.keyword)
            return
        }
        guard let name = block.values.first, case .identity(let identity) = name.value else {
            // What stands in it is looked at all the same.
            let frame = ServiceFrame(block, .endpoint(.any(.ipv4), port: 0), at: block.keyword, [])
            _ = realServers(of: frame, isForTroubleOnly: true)
            return
        }
        let transport = transport(of: block, identity)
        let family = family(of: block, identity, at: name.word)
        let keys = keys(of: identity, at: name.word, transport ?? .udp, markFamily: family)
        let services = services(of: block, keys ?? [], name)
        let frame = ServiceFrame(block, identity, at: name.word, services)
        noteFamilies(of: frame)
        let servers = realServers(of: frame, isForTroubleOnly: keys == nil)
        let standby = standby(of: frame)
        guard keys != nil else { return }
        var pool = VirtualServer(service: frame.service, and: Array(services.dropFirst()))
        pool.realServers = servers.map(\.server)
        pool.standby = standby
        pool.quorum = quorum(of: block, pool.realServers)
        fill(&pool, frame)
        add(ReadPool(pool, of: frame, serverBlocks: servers.map(\.block)))
    }

    /// The protocol of a virtual server's addresses; nil where it has none.
    private mutating func transport(of block: CheckedBlock, _ identity: Value.Identity) -> TransportProtocol? {
        let entry = block.entry("protocol")
        var isNeeded = true
        switch identity {
        case .endpoint: break
        case .mark: isNeeded = false
        case .group(let name): isNeeded = groups[name]?.hasAddresses ?? true
        }
        guard isNeeded else {
            if let entry { findings.warning("a mark has no protocol", at: entry.place) }
            return nil
        }
        if case .transport(let transport)? = entry?.values.first?.value { return transport }
        if !block.mentions("protocol") {
            findings.warning("no protocol is said, and UDP taken", at: block.keyword, expected: "protocol TCP")
        }
        return .udp
    }

    /// The family of a virtual server; of a mark that says none, that of its first server.
    private mutating func family(
        of block: CheckedBlock,
        _ identity: Value.Identity,
        at place: Word
    ) -> AddressFamily {
        var said: AddressFamily?
        if case .family(let family)? = block.entry("ip_family")?.values.first?.value { said = family }
        switch identity {
        case .endpoint(let address, _):
            if let said, said != address.family, let entry = block.entry("ip_family") {
                findings.error("\(address) is of another family", at: entry.place)
            }
            return address.family
        case .mark, .group:
            if let said { return said }
            for entry in block.all("real_server") {
                guard case .endpoint(let address, _)? = entry.values.first?.value else { continue }
                return address.family
            }
            return .ipv4
        }
    }

    private mutating func noteFamilies(of frame: ServiceFrame) {
        guard frame.families.count > 1 else { return }
        for entry in frame.block.all("real_server") {
            guard (entry.block?.forwarding("lvs_method")?.method ?? frame.forwarding) != .tunnel else { continue }
            findings.error(
                "a group of both families, and servers that are reached without a tunnel",
                at: frame.place,
                note: "keepalived leaves the service out and says so in its log alone."
            )
            return
        }
    }

    /// What a pool has beside its services and servers.
    private mutating func fill(_ pool: inout VirtualServer, _ frame: ServiceFrame) {
        let block = frame.block
        pool.label = label(of: pool, frame.identity)
        pool.tellsTurns = true
        pool.tellsStop = block.has("omega")
        pool.notices = StateNotices(up: notice(block, "quorum_up"), down: notice(block, "quorum_down"))
        pool.mail = mail
        pool.isQuorumMailed =
            block.boolean("smtp_alert") ?? isMailedByDefault ?? false
        pool.reconciliation = .repair
        pool.place = place(of: block.keyword)
        if let entry = block.entry("ha_suspend") {
            for service in pool.services {
                if case .endpoint(_, let endpoint) = service.key { pool.neededAddresses.insert(endpoint.address) }
            }
            if pool.neededAddresses.isEmpty {
                findings.warning("a mark has no address to wait for, and ha_suspend does nothing", at: entry.keyword)
            }
        }
    }

    /// What keepalived calls a virtual server.
    private mutating func label(of pool: VirtualServer, _ identity: Value.Identity) -> String {
        guard case .group(let name) = identity else { return pool.voiceName }
        let number = usesOfGroups[name, default: 0]
        usesOfGroups[name] = number + 1
        return "[\(name)]:\(number)"
    }

    /// Adds a pool, or its servers to the one that has the same service.
    private mutating func add(_ pool: ReadPool) {
        let key = pool.virtual.service.key
        guard let first = poolsByKey[key], pools[first].virtual.services.map(\.key) == pool.virtual.services.map(\.key)
        else {
            poolsByKey[key] = poolsByKey[key] ?? pools.count
            return pools.append(pool)
        }
        findings.warning(
            "the same service twice: they are united, with the servers of both and the rest of the first",
            at: pool.place,
            note:
                "The first is in line \(pools[first].place.place.line). keepalived has two quorums and two sorry servers "
                + "for one entry of the kernel."
        )
        pools[first].unite(with: pool)
    }
}
