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
        Self.answer(name, in: &addresses) { names.address(ofHost: name) }
    }

    package func port(ofService name: String, _ transport: TransportProtocol) -> UInt16? {
        Self.answer(ServiceName(name: name, transport: transport), in: &ports) {
            names.port(ofService: name, transport)
        }
    }

    package func name(ofHost address: IPAddress) -> String? {
        Self.answer(address, in: &hostNames) { names.name(ofHost: address) }
    }

    package func name(ofPort port: UInt16, _ transport: TransportProtocol) -> String? {
        Self.answer(Port(number: port, transport: transport), in: &portNames) { names.name(ofPort: port, transport) }
    }

    /// What is known of a question, or else what `ask` says, which is known from then on; nil is an answer too.
    private static func answer<Question, Answer>(
        _ question: Question,
        in known: inout [Question: Answer?],
        _ ask: () -> Answer?
    ) -> Answer? {
        if let answer = known[question] { return answer }
        let answer = ask()
        known[question] = .some(answer)
        return answer
    }
}
