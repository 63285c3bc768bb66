import Addresses
import Configuration
import IPVS

// Real servers and the sorry server.

extension WrittenConfiguration {
    mutating func server(
        _ server: RealServer,
        of pool: VirtualServer,
        _ usual: (ForwardingMethod, Tunnel)
    ) -> WrittenStatement {
        place = server.place ?? pool.place
        var block = [WrittenStatement("weight", .number(Int64(server.weight)))]
        if (server.forwarding, server.tunnel) != usual {
            block.append(WrittenStatement("lvs_method", values: method(server.forwarding, server.tunnel)))
        }
        if server.upperThreshold > 0 {
            block.append(WrittenStatement("uthreshold", .number(Int64(server.upperThreshold))))
        }
        if server.lowerThreshold > 0 {
            block.append(WrittenStatement("lthreshold", .number(Int64(server.lowerThreshold))))
        }
        block.append(WrittenStatement("inhibit_on_failure", .boolean(server.whenDown == .quiesced)))
        block.append(WrittenStatement("alpha", .boolean(server.tellsFirstSuccess)))
        block.append(WrittenStatement("smtp_alert", .boolean(server.isMailed)))
        // Other checks say their own.
        if let timeout = server.checks.first(where: \.isOfFile)?.probe.timeout, timeout != CheckFrame.usualTimeout {
            block.append(WrittenStatement("connect_timeout", .time(timeout)))
        }
        block += program("notify_up", server.notices.up)
        block += program("notify_down", server.notices.down)
        for check in server.checks { block += self.check(check, of: server) }
        return WrittenStatement("real_server", values: name(of: server, in: pool), block: block)
    }

    mutating func standby(_ standby: Standby, _ usual: (ForwardingMethod, Tunnel)) -> [WrittenStatement] {
        let server = standby.server
        var statements = [WrittenStatement("sorry_server", values: name(of: server))]
        if standby.staysWithoutWeight { statements.append(WrittenStatement("sorry_server_inhibit")) }
        if (server.forwarding, server.tunnel) != usual {
            statements.append(
                WrittenStatement("sorry_server_lvs_method", values: method(server.forwarding, server.tunnel))
            )
        }
        return statements
    }

    /// Address and port; behind a mark the port that is written says only where checks are for.
    private func name(of server: RealServer, in pool: VirtualServer) -> [WrittenValue] {
        if server.namedPort != nil { return name(of: server) }
        let usual = pool.services.first { $0.key.port != 0 }?.key.port ?? 0
        let aims = server.checks.filter { $0.isOfFile || $0.isOfProgram }.map(\.probe.target.port)
        guard server.port == nil, let port = aims.first, port != usual, port != 0 else { return name(of: server) }
        return [.word("\(server.address)"), .number(Int64(port))]
    }

    private func name(of server: RealServer) -> [WrittenValue] {
        [.word("\(server.address)")] + ((server.port ?? server.namedPort).map { [.number(Int64($0))] } ?? [])
    }
}

extension ServerCheck {
    fileprivate var isOfFile: Bool { if case .file = probe.method { true } else { false } }
    fileprivate var isOfProgram: Bool { if case .external = probe.method { true } else { false } }
}
