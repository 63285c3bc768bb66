import Addresses
import Configuration
import IPVS

/// A pool, with the blocks that it was made of.
struct DumpedPool: Sendable {
    let virtual: VirtualServer
    let identity: Value.Identity
    let block: CheckedBlock
    /// The blocks of its servers, one for each.
    let servers: [CheckedBlock]
    /// The ports that the file has for servers behind the marks of a group, where they may mean nothing to the kernel; none
    /// behind anything else.
    private let idlePorts: [IPAddress: UInt16]

    private init(_ virtual: VirtualServer, _ identity: Value.Identity, _ block: CheckedBlock, servers: [CheckedBlock]) {
        (self.virtual, self.identity, self.block, self.servers) = (virtual, identity, block, servers)
        var ports: [IPAddress: UInt16] = [:]
        if case .group = identity, virtual.service.key.transport == nil {
            for case .endpoint(let address, let port?)? in servers.map({ $0.values.first?.value }) {
                ports[address] = ports[address] ?? port
            }
        }
        idlePorts = ports
    }

    /// The port that keepalived keeps for a server: that of the kernel, except where marks of a group leave it as it is.
    func port(of server: RealServer) -> UInt16 {
        idlePorts[server.address] ?? server.destination(in: virtual.service).endpoint.port
    }

    /// The name of a server with that port.
    func name(of server: RealServer) -> String {
        var server = server
        server.port = port(of: server)
        return virtual.voiceName(of: server)
    }

    /// The pools of a configuration with their blocks, which are in the same order.
    ///
    /// A block that says a service again has no pool of its own: its servers are in that of the first.
    static func all(of virtuals: [VirtualServer], from blocks: [CheckedBlock]) -> [DumpedPool] {
        var pools: [DumpedPool] = []
        var again: [Value.Identity: [CheckedBlock]] = [:]
        var rest = virtuals[...]
        var found: [(virtual: VirtualServer, identity: Value.Identity, block: CheckedBlock)] = []
        for block in blocks {
            guard case .identity(let identity)? = block.values.first?.value else { continue }
            if let virtual = rest.first, virtual.line == Int(block.keyword.place.line) {
                found.append((virtual, identity, block))
                rest = rest.dropFirst()
            } else {
                again[identity, default: []].append(block)
            }
        }
        for (virtual, identity, block) in found {
            let servers = serverBlocks(of: virtual, in: [block] + (again[identity] ?? []))
            pools.append(DumpedPool(virtual, identity, block, servers: servers))
        }
        return pools
    }

    /// The blocks of servers, which are in the order of the file; of one that is said twice the first counts.
    private static func serverBlocks(of virtual: VirtualServer, in blocks: [CheckedBlock]) -> [CheckedBlock] {
        var entries = blocks.flatMap { $0.all("real_server") }[...]
        return virtual.realServers.compactMap { server in
            while let entry = entries.popFirst() {
                // A server has no port where the one that is written means nothing.
                guard case .endpoint(let address, let port)? = entry.values.first?.value, address == server.address,
                    server.port == nil || server.port == port
                else { continue }
                return entry.block
            }
            return nil
        }
    }
}
