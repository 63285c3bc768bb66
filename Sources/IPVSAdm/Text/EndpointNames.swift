import Addresses
import IPVS
package import Rules
import Texts

/// Writes addresses and ports in listings, as numbers or by names.
package struct EndpointNames {
    private let names: (any NameService)?
    /// No more of a host and a port is ever shown.
    private static let width = 59

    /// Makes a writer of numbers when there is no name service.
    package init(_ names: (any NameService)?) {
        self.names = names
    }

    /// Appends `host:port`, an IPv6 host in brackets.
    func append(_ endpoint: Endpoint, _ transport: TransportProtocol?, to text: inout TextBuffer) {
        guard let names else {
            switch endpoint.address {
            case .v4(let address): text.append(address, port: endpoint.port)
            case .v6: text.append(endpoint.description)
            }
            return
        }
        let start = text.count
        let hostName = names.name(ofHost: endpoint.address)
        switch endpoint.address {
        case .v4(let address):
            if let hostName { text.append(hostName) } else { text.append(address) }
            text.append(":")
        case .v6(let address):
            text.append("[")
            text.append(hostName ?? address.description)
            text.append("]:")
        }
        if let transport, let name = names.name(ofPort: endpoint.port, transport) {
            text.append(name)
        } else {
            text.append(endpoint.port)
        }
        text.cut(from: start, to: Self.width)
    }
}
