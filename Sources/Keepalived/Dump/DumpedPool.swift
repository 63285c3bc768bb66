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

    /// The port that keepalived keeps for a server: that of the kernel, except where marks of a group leave it as it is.
    func port(of server: RealServer) -> UInt16 {
        if case .group = identity, virtual.service.key.transport == nil { return server.writtenEndpoint.port }
        return server.destination(in: virtual.service).endpoint.port
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
            pools.append(DumpedPool(virtual: virtual, identity: identity, block: block, servers: servers))
        }
        return pools
    }

    /// The blocks of servers, which are in the order of the file; of one that is said twice the first counts.
    private static func serverBlocks(of virtual: VirtualServer, in blocks: [CheckedBlock]) -> [CheckedBlock] {
        var entries = blocks.flatMap { $0.all("real_server") }[...]
        return virtual.realServers.compactMap { server in
            while let entry = entries.popFirst() {
                guard case .endpoint(let address, let port)? = entry.values.first?.value, address == server.address,
                    port ?? 0 == server.port ?? 0
                else { continue }
                return entry.block
            }
            return nil
        }
    }
}
