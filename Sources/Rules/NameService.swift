package import Addresses
package import IPVS

/// Where names of hosts and services come from; rules are numbers to everybody else.
package protocol NameService {
    /// The first IPv4 address of a host.
    func address(ofHost name: String) -> IPv4Address?
    /// The port of a service by its name in the services database.
    func port(ofService name: String, _ transport: TransportProtocol) -> UInt16?
    /// The name of the host with that address.
    func name(ofHost address: IPAddress) -> String?
    /// The name of the service on that port.
    func name(ofPort port: UInt16, _ transport: TransportProtocol) -> String?
}
