import Addresses
import IPVS
import Rules

/// The few names that the tests use.
struct NamesOfTests: NameService {
    private static let hosts = ["localhost": "127.0.0.1", "web1.example": "10.0.1.1"]
    private static let ports: [TransportProtocol: [String: UInt16]] = [
        .tcp: ["http": 80, "domain": 53], .udp: ["domain": 53, "tftp": 69],
    ]

    func address(ofHost name: String) -> IPv4Address? {
        Self.hosts[name].flatMap { IPv4Address($0) }
    }

    func port(ofService name: String, _ transport: TransportProtocol) -> UInt16? {
        Self.ports[transport]?[name]
    }

    func name(ofHost address: IPAddress) -> String? {
        Self.hosts.first { $0.value == address.description }?.key
    }

    func name(ofPort port: UInt16, _ transport: TransportProtocol) -> String? {
        Self.ports[transport]?.first { $0.value == port }?.key
    }
}
