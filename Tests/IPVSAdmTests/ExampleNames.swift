import Addresses
import IPVS
import Rules
import Synchronization

/// Names that are the same on every machine.
final class ExampleNames: NameService {
    private static let services: [(name: String, port: UInt16)] = [
        ("http", 80), ("https", 443), ("http-alt", 8080), ("domain", 53), ("sip", 5060), ("sip-tls", 5061),
    ]
    private let hosts: [IPAddress: String]
    private let count = Mutex(0)

    init(hosts: [String: String] = [:]) {
        var byAddress: [IPAddress: String] = [:]
        for (address, name) in hosts { byAddress[IPAddress(address) ?? .any(.ipv4)] = name }
        self.hosts = byAddress
    }

    /// How often somebody asked for a host's name.
    var hostLookups: Int { count.withLock { $0 } }

    func address(ofHost name: String) -> IPv4Address? {
        for (address, known) in hosts where known == name {
            if case .v4(let address) = address { return address }
        }
        return nil
    }

    func port(ofService name: String, _ transport: TransportProtocol) -> UInt16? {
        Self.services.first { $0.name == name }?.port
    }

    func name(ofHost address: IPAddress) -> String? {
        count.withLock { $0 += 1 }
        return hosts[address]
    }

    func name(ofPort port: UInt16, _ transport: TransportProtocol) -> String? {
        Self.services.first { $0.port == port }?.name
    }
}
