import Addresses
import Configuration
import IPVS

/// A pool with the blocks that it was made of.
struct ReadPool: Sendable {
    private(set) var virtual: VirtualServer
    let identity: Value.Identity
    let block: CheckedBlock
    /// The blocks of its servers, one for each.
    private(set) var serverBlocks: [CheckedBlock]
    /// The word that names it.
    let place: Word
    /// What its servers are in the kernel.
    private var endpoints: Set<Endpoint>

    init(_ virtual: VirtualServer, of frame: ConfigurationAssembly.ServiceFrame, serverBlocks: [CheckedBlock]) {
        self.virtual = virtual
        self.serverBlocks = serverBlocks
        (identity, block, place) = (frame.identity, frame.block, frame.place)
        let service = virtual.service
        endpoints = Set(virtual.realServers.map { $0.destination(in: service).endpoint })
    }

    /// Takes the servers of another pool of the same services that this one does not have.
    mutating func unite(with other: ReadPool) {
        let service = virtual.service
        for (server, block) in zip(other.virtual.realServers, other.serverBlocks)
        where endpoints.insert(server.destination(in: service).endpoint).inserted {
            virtual.realServers.append(server)
            serverBlocks.append(block)
        }
    }
}
