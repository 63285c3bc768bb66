// How names become addresses and ports, and what is said where they do not.

import Addresses
import IPVS

extension ConfigurationAssembly {
    /// An address; without one an error, or a warning that what needs it is left out.
    mutating func address(
        of host: HostReference,
        _ family: AddressFamily,
        at place: Place,
        refusal: String,
        subject: String
    ) -> IPAddress? {
        switch names.address(of: host, family) {
        case .found(let address): return address
        case .kept(let address, let reason):
            findings.warning("\(place.text) keeps its last address \(address)", at: place, note: reason)
            return address
        case .missing(let reason):
            noteMissing(refusal, subject, at: place, reason)
            return nil
        }
    }

    mutating func port(
        of port: PortReference,
        _ transport: TransportProtocol?,
        at place: Place,
        refusal: String,
        subject: String
    ) -> UInt16? {
        switch names.port(of: port, transport) {
        case .found(let port): return port
        case .kept(let port, let reason):
            findings.warning("\(place.text) keeps its last port \(port)", at: place, note: reason)
            return port
        case .missing(let reason):
            noteMissing(refusal, subject, at: place, reason)
            return nil
        }
    }

    private mutating func noteMissing(_ refusal: String, _ subject: String, at place: Place, _ reason: String) {
        if names.leavesOut {
            findings.warning("\(refusal); \(subject) is left out", at: place, note: reason)
        } else {
            findings.error(refusal, at: place, note: reason)
        }
    }

    mutating func key(of section: VirtualSection) -> ServiceKey? {
        switch section.identity {
        case nil: return nil
        case .mark(let mark): return .mark(mark, section.family)
        case .endpoint(let host, let port):
            let refusal = "invalid address for virtual service"
            let transport = section.transport ?? .tcp
            let address = address(of: host, section.family, at: section.place, refusal: refusal, subject: "the service")
            let number = self.port(of: port, transport, at: section.place, refusal: refusal, subject: "the service")
            guard let address, let number else { return nil }
            return .endpoint(transport, Endpoint(address: address, port: number))
        }
    }
}
