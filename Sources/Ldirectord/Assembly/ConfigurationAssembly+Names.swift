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
        value(names.address(of: host, family), "address", at: place, refusal: refusal, subject: subject)
    }

    /// A port; without one an error, or a warning that what needs it is left out.
    mutating func port(
        of port: PortReference,
        _ transport: TransportProtocol?,
        at place: Place,
        refusal: String,
        subject: String
    ) -> UInt16? {
        value(names.port(of: port, transport), "port", at: place, refusal: refusal, subject: subject)
    }

    private mutating func value<Value>(
        _ outcome: NameAnswers.Outcome<Value>,
        _ kind: String,
        at place: Place,
        refusal: String,
        subject: String
    ) -> Value? {
        switch outcome {
        case .found(let value): return value
        case .kept(let value, let reason):
            findings.warning("\(place.text) keeps its last \(kind) \(value)", at: place, note: reason)
            return value
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
