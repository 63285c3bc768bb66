import Addresses
import Configuration
import Director
import IPVS

// What is said of changes of the kernel's table that failed, and of those that others made.

extension KeepalivedVoice {
    /// The line about a change that did not take effect.
    ///
    /// - Parameter entry: the service of the kernel that it is about; nil where the virtual server has but one.
    static func failure(
        of step: TableStep,
        _ error: IPVSError,
        retry: Duration?,
        _ virtual: VirtualServer,
        _ entry: ServiceKey?
    ) -> String {
        let command = TableCommand(step)
        let outlook = retry.map { "; again in \($0.components.seconds) s" } ?? ""
        let place = place(of: step.subject, virtual, entry)
        guard case .refused(let number) = error else {
            return "IPVS cmd \(command.name)(\(command.number)) error: \(error.reason) (\(place))\(outlook)"
        }
        return "IPVS cmd \(command.name)(\(command.number)) error: \(command.words(for: number))(\(number.rawValue)) "
            + "(\(place))\(outlook)"
    }

    /// Where it is in the table: `10.0.0.1:tcp:80 -> 10.0.0.11:80`, or the service alone.
    private static func place(of subject: TableSubject, _ virtual: VirtualServer, _ entry: ServiceKey?) -> String {
        let key = entry ?? virtual.service.key
        let backing = virtual.services.first { $0.key == key } ?? virtual.service
        let service =
            switch key {
            case .endpoint(_, let endpoint): "\(endpoint.address):\(key.transportText):\(endpoint.port)"
            case .mark(let mark, _): "FWM \(mark)"
            }
        switch subject {
        case .service: return service
        case .server(let server): return "\(service) -> \(server.destination(in: backing).endpoint.kernelName)"
        case .standby(let endpoint), .surplus(let endpoint): return "\(service) -> \(endpoint.kernelName)"
        }
    }

    /// What others have changed.
    static func text(of subject: TableSubject, _ virtual: VirtualServer) -> String {
        let name = virtual.voiceName
        switch subject {
        case .service: return "VS \(name)"
        case .server(let server): return "service \(virtual.voiceName(of: server)) of VS \(name)"
        case .standby(let endpoint): return "sorry server \(endpoint.bracketed) of VS \(name)"
        case .surplus(let endpoint): return "\(endpoint.bracketed) of VS \(name)"
        }
    }
}
