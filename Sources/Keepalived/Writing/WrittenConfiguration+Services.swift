import Addresses
import Configuration
import IPVS

// Virtual servers and groups.

extension WrittenConfiguration {
    /// The block of a pool, with that of its group where it has one.
    mutating func service(_ pool: VirtualServer) -> [WrittenStatement] {
        place = pool.place
        noteForeign(pool)
        let identity = identity(of: pool)
        var block: [WrittenStatement] = []
        if pool.services.contains(where: { $0.key.transport == nil }) {
            block.append(WrittenStatement("ip_family", .word(pool.service.key.family == .ipv6 ? "inet6" : "inet")))
        }
        block += scheduling(of: pool.service)
        let forwarding = pool.realServers.first.map { ($0.forwarding, $0.tunnel) } ?? (.masquerade, .ipip)
        block.append(WrittenStatement("lb_kind", values: method(forwarding.0, forwarding.1)))
        block += self.protocol(of: pool)
        block += persistence(of: pool.service)
        if pool.service.isOnePacket { block.append(WrittenStatement("ops")) }
        block.append(WrittenStatement("quorum", .number(Int64(pool.quorum.weight))))
        block.append(WrittenStatement("hysteresis", .number(Int64(pool.quorum.hysteresis))))
        if pool.tellsStop { block.append(WrittenStatement("omega")) }
        block += haSuspend(pool)
        block += program("quorum_up", pool.notices.up)
        block += program("quorum_down", pool.notices.down)
        block.append(WrittenStatement("smtp_alert", .boolean(pool.isQuorumMailed)))
        if let standby = pool.standby { block += self.standby(standby, forwarding) }
        for server in pool.realServers { block.append(self.server(server, of: pool, forwarding)) }
        if pool.realServers.isEmpty { lose("a service without servers, which is not set up") }
        return [WrittenStatement("virtual_server", values: identity, block: block)]
    }

    /// What ldirectord's language can say of a service, and this one cannot.
    private mutating func noteForeign(_ pool: VirtualServer) {
        if pool.fallbackCommand != nil { lose("a fallbackcommand") }
        if pool.monitorFile != nil { lose("a monitorfile") }
        if !pool.isRemovedAtStop { change("a service stays at the stop with the option --dont-release-ipvs only") }
        if pool.reconciliation == .warn || pool.reconciliation == .off {
            change("what others change in the table is put right, not only told")
        }
    }

    /// What the service is called: an address with its port, a mark, or a group, which is written before it.
    private mutating func identity(of pool: VirtualServer) -> [WrittenValue] {
        let keys = pool.services.map(\.key)
        let group = pool.label.flatMap(Self.groupName)
        if keys.count == 1, group == nil {
            switch keys[0] {
            case .endpoint(_, let endpoint): return [.word("\(endpoint.address)"), .number(Int64(endpoint.port))]
            case .mark(let mark, _): return [.word("fwmark"), .number(Int64(mark))]
            }
        }
        let transports = Set(keys.compactMap(\.transport))
        if transports.count > 1 { lose("services of several protocols behind one quorum") }
        if Set(pool.services.map { Shared($0) }).count > 1 { lose("services of a group with several schedulers") }
        let entries = GroupEntries(keys).statements
        var name = group ?? "GROUP"
        var number = 1
        while let known = groups[name], known != entries {
            number += 1
            name = "\(group ?? "GROUP")\(number)"
        }
        if groups.updateValue(entries, forKey: name) == nil, let value = text(name, of: "the name of a group") {
            definitions.append(WrittenStatement("virtual_server_group", value, block: entries))
        }
        return [.word("group"), .text(name)]
    }

    /// What all services of a group have in common.
    private struct Shared: Hashable {
        let scheduler: String
        let flags: SchedulerFlags
        let timeout: UInt32?
        let engine: String?
        let isOnePacket: Bool

        init(_ service: VirtualService) {
            scheduler = service.scheduler
            flags = service.schedulerFlags
            timeout = service.persistence?.timeout
            engine = service.persistenceEngine
            isOnePacket = service.isOnePacket
        }
    }

    /// The name of the group in a label such as `[GROUP]:0`; nil for that of an address or a mark.
    private static func groupName(_ label: String) -> String? {
        guard label.hasPrefix("["), let end = label.range(ofLast: "]:") else { return nil }
        let number = label[end.upperBound...]
        guard !number.isEmpty, number.allSatisfy({ $0.isASCII && $0.isNumber }) else { return nil }
        return String(label[label.index(after: label.startIndex)..<end.lowerBound])
    }

    private func scheduling(of service: VirtualService) -> [WrittenStatement] {
        [WrittenStatement("lb_algo", .word(service.scheduler))]
            + service.schedulerFlags.names(of: service.scheduler).map { WrittenStatement($0) }
    }

    private mutating func `protocol`(of pool: VirtualServer) -> [WrittenStatement] {
        guard let transport = pool.services.lazy.compactMap(\.key.transport).first else { return [] }
        guard let name = transport.name else {
            lose("protocol \(transport.rawValue)")
            return []
        }
        return [WrittenStatement("protocol", .word(name.uppercased()))]
    }

    private func persistence(of service: VirtualService) -> [WrittenStatement] {
        guard let persistence = service.persistence else { return [] }
        var statements = [WrittenStatement("persistence_timeout", .number(Int64(persistence.timeout)))]
        if persistence.netmask != .host(service.key.family) {
            let mask =
                switch persistence.netmask {
                case .ipv4(let address): "\(address)"
                case .ipv6(let length): "\(length)"
                }
            statements.append(WrittenStatement("persistence_granularity", .word(mask)))
        }
        if let engine = service.persistenceEngine {
            statements.append(WrittenStatement("persistence_engine", .text(engine)))
        }
        return statements
    }

    private mutating func haSuspend(_ pool: VirtualServer) -> [WrittenStatement] {
        guard !pool.neededAddresses.isEmpty else { return [] }
        let own = pool.services.compactMap { service -> IPAddress? in
            if case .endpoint(_, let endpoint) = service.key { endpoint.address } else { nil }
        }
        if Set(own) != pool.neededAddresses { lose("checks that rest by other addresses than the service's own") }
        return [WrittenStatement("ha_suspend")]
    }

    /// A way of forwarding, with the options of a tunnel.
    mutating func method(_ forwarding: ForwardingMethod, _ tunnel: Tunnel) -> [WrittenValue] {
        switch forwarding {
        case .masquerade: return [.word("NAT")]
        case .directRoute: return [.word("DR")]
        case .tunnel: break
        default:
            lose("a way of forwarding other than NAT, DR and TUN")
            return [.word("NAT")]
        }
        var values: [WrittenValue] = [.word("TUN")]
        let sum = tunnel.checksum == .on ? "csum" : tunnel.checksum == .remote ? "remcsum" : nil
        switch tunnel.kind {
        case .gue: values += [.word("type"), .word("gue"), .word("port"), .number(Int64(tunnel.port))]
        case .gre: values += [.word("type"), .word("gre")]
        case .ipip: return values
        default:
            lose("a kind of tunnel other than ipip, gue and gre")
            return values
        }
        return values + (sum.map { [.word($0)] } ?? [])
    }
}

extension String {
    /// The range of the last place of a text in it.
    fileprivate func range(ofLast text: String) -> Range<String.Index>? { ranges(of: text).last }
}
