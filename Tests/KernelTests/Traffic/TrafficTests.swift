import Addresses
import IPVS
import IPVSNetlink
import Synchronization
import TestKit
import Testing

/// Real requests from a client through a director to real servers.
///
/// One network serves all these tests, one after the other.
@Suite(.needsKernel, .needsLab, .serialized, .waitsInLab)
enum TrafficTests {
    /// The port of the real servers, and of the virtual services where nothing translates it.
    static let port: UInt16 = 8000
    /// The client of most tests.
    static let client = Client("client")

    private static let network = Result { try LabNetwork(port: port) }
    private static let ports = Atomic<UInt16>(1000)

    /// Builds the network, once, and sets its servers up in that way.
    static func arrange(_ arrangement: ServerArrangement) throws {
        try network.get().arrange(arrangement)
    }

    /// The virtual endpoint with that port.
    static func virtual(_ family: AddressFamily, port: UInt16 = port) -> Endpoint {
        Endpoint(address: LabNetwork.virtualAddress(family), port: port)
    }

    /// A virtual endpoint that no test before had: a server that was deleted keeps its counters for a while.
    ///
    /// NAT alone leads from it to the port of the servers.
    static func freshVirtual(_ family: AddressFamily) -> Endpoint {
        virtual(family, port: ports.add(1, ordering: .relaxed).newValue)
    }

    /// Where the real server with that number, from 1, listens.
    static func endpoint(ofServer number: Int, _ family: AddressFamily = .ipv4) -> Endpoint {
        Endpoint(address: LabNetwork.serverAddress(number, family), port: port)
    }

    /// The first real servers, one for each weight.
    static func destinations(
        _ forwarding: ForwardingMethod = .masquerade,
        _ family: AddressFamily = .ipv4,
        weights: [Int32]
    ) -> [Destination] {
        weights.enumerated().map { index, weight in
            Destination(endpoint: endpoint(ofServer: index + 1, family), forwarding: forwarding, weight: weight)
        }
    }
}
