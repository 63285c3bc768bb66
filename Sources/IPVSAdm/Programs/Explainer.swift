import Addresses
import IPVS

/// Finds the second line of messages, looking around once for all of them.
final class Explainer {
    private let host: any Host
    /// Whether somebody wants to read explanations.
    let isWanted: Bool
    private var kernel: (any IPVSKernel)?
    private var known: Circumstances?
    private var knownServices: [ServiceKey]?

    init(host: any Host, isAskedFor: Bool) {
        self.host = host
        isWanted = isAskedFor || host.errorsAreSeen
    }

    /// Makes what only the kernel knows part of the circumstances.
    func use(_ kernel: any IPVSKernel) {
        self.kernel = kernel
    }

    /// The message with its explanation, if there is one and it is wanted.
    func explained(_ message: String, _ error: IPVSError, for change: Change) -> String {
        guard isWanted else { return message }
        var circumstances = circumstances(modules: Explanation.modules(for: change))
        lookNearby(change, error, &circumstances)
        return join(message, Explanation.text(for: change, error, circumstances))
    }

    /// The message with an explanation of why a service cannot be shown.
    func explained(_ message: String, _ error: IPVSError, about key: ServiceKey) -> String {
        guard isWanted else { return message }
        guard error == .refused(.noSuchService) else { return explained(message, error) }
        return join(message, Nearby(services: serviceKeys()).services(like: key))
    }

    /// Finds out what there is in the place of what there is not.
    private func lookNearby(_ change: Change, _ error: IPVSError, _ circumstances: inout Circumstances) {
        switch (error, change) {
        case (.refused(.noSuchService), _): circumstances.services = serviceKeys()
        case (.refused(.noSuchEntry), .editDestination(_, let key)),
            (.refused(.noSuchEntry), .deleteDestination(_, let key)):
            let status = (try? kernel?.service(key)) ?? nil
            circumstances.servers = status?.destinations.map(\.destination.endpoint) ?? []
        default: return
        }
    }

    /// The services of the table, read once for all complaints.
    private func serviceKeys() -> [ServiceKey] {
        if let knownServices { return knownServices }
        let keys = (try? kernel?.snapshot(statistics: false, \.service.key)) ?? []
        knownServices = keys
        return keys
    }

    /// The message with an explanation of an error that means the same whatever was asked for.
    func explained(_ message: String, _ error: IPVSError) -> String {
        guard isWanted else { return message }
        return join(message, Explanation.general(error, circumstances(modules: [])))
    }

    /// The message with an explanation of why the connection table cannot be read.
    func explained(_ message: String, readingConnections error: IPVSError) -> String {
        guard isWanted else { return message }
        return join(message, Explanation.connections(error))
    }

    private func join(_ message: String, _ explanation: String?) -> String {
        explanation.map { "\(message)\n  \($0)" } ?? message
    }

    private func circumstances(modules: [String]) -> Circumstances {
        if let known, modules.allSatisfy({ known.modules[$0] != nil }) { return known }
        let modules = modules + (known.map { Array($0.modules.keys) } ?? [])
        var circumstances = host.circumstances(modules: modules)
        circumstances.runsDaemon = known?.runsDaemon
        circumstances.mixesFamilies = known?.mixesFamilies
        if known == nil, let kernel {
            circumstances.runsDaemon = (try? kernel.daemons()).map { !$0.isEmpty }
            circumstances.mixesFamilies = (try? kernel.snapshot(statistics: false, \.mixesFamilies))?.contains(true)
        }
        known = circumstances
        return circumstances
    }
}

extension ServiceStatus {
    /// Whether a server has another family than its service.
    fileprivate var mixesFamilies: Bool {
        destinations.contains { $0.destination.endpoint.address.family != service.key.family }
    }
}
