package import Addresses
package import IPVS
package import Rules

/// Asks another name service once for each thing.
///
/// A table has the same few ports and hosts over and over; and a file that is read twice means the same both times.
package final class CachedNames: NameService {
    private struct Port: Hashable {
        let number: UInt16
        let transport: TransportProtocol
    }

    private struct ServiceName: Hashable {
        let name: String
        let transport: TransportProtocol
    }

    private let names: any NameService
    private var addresses: [String: IPv4Address?] = [:]
    private var ports: [ServiceName: UInt16?] = [:]
    private var hostNames: [IPAddress: String?] = [:]
    private var portNames: [Port: String?] = [:]

    package init(_ names: any NameService) {
        self.names = names
    }

    package func address(ofHost name: String) -> IPv4Address? {
        if let known = addresses[name] { return known }
        let address = names.address(ofHost: name)
        addresses[name] = .some(address)
        return address
    }

    package func port(ofService name: String, _ transport: TransportProtocol) -> UInt16? {
        let key = ServiceName(name: name, transport: transport)
        if let known = ports[key] { return known }
        let port = names.port(ofService: name, transport)
        ports[key] = .some(port)
        return port
    }

    package func name(ofHost address: IPAddress) -> String? {
        if let known = hostNames[address] { return known }
        let name = names.name(ofHost: address)
        hostNames[address] = .some(name)
        return name
    }

    package func name(ofPort port: UInt16, _ transport: TransportProtocol) -> String? {
        let key = Port(number: port, transport: transport)
        if let known = portNames[key] { return known }
        let name = names.name(ofPort: port, transport)
        portNames[key] = .some(name)
        return name
    }
}
