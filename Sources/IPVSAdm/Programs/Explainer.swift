import Addresses
import IPVS

/// Adds to a message the line that explains it; the machine is examined once for all messages of a run.
final class Explainer {
    private let host: any Host
    /// Whether somebody wants to read explanations.
    let isWanted: Bool
    private var kernel: (any IPVSKernel)?
    private var known: RefusalContext?
    private var knownServices: [ServiceKey]?

    init(host: any Host, isAskedFor: Bool) {
        self.host = host
        isWanted = isAskedFor || host.errorsAreSeen
    }

    /// Makes what only the kernel knows part of the context.
    func use(_ kernel: any IPVSKernel) {
        self.kernel = kernel
    }

    /// The message with its explanation, if there is one and it is wanted.
    func explained(_ message: String, _ error: IPVSError, for change: Change) -> String {
        guard isWanted else { return message }
        var context = refusalContext(modules: Explanation.modules(for: change))
        lookNearby(change, error, &context)
        return join(message, Explanation.text(for: change, error, context))
    }

    /// The message with an explanation of why a service cannot be shown.
    func explained(_ message: String, _ error: IPVSError, about key: ServiceKey) -> String {
        guard isWanted else { return message }
        guard error == .refused(.noSuchService) else { return explained(message, error) }
        return join(message, Nearby(services: serviceKeys()).services(like: key))
    }

    /// Reads the services, or the servers of the service, that the table has when the one that was named is not there.
    private func lookNearby(_ change: Change, _ error: IPVSError, _ context: inout RefusalContext) {
        switch (error, change) {
        case (.refused(.noSuchService), _): context.services = serviceKeys()
        case (.refused(.noSuchEntry), .editDestination(_, let key)),
            (.refused(.noSuchEntry), .deleteDestination(_, let key)):
            let status = (try? kernel?.service(key)) ?? nil
            context.servers = status?.destinations.map(\.destination.endpoint) ?? []
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
        return join(message, Explanation.general(error, refusalContext(modules: [])))
    }

    /// The message with an explanation of why the connection table cannot be read.
    func explained(_ message: String, readingConnections error: IPVSError) -> String {
        guard isWanted else { return message }
        return join(message, Explanation.connections(error))
    }

    private func join(_ message: String, _ explanation: String?) -> String {
        explanation.map { "\(message)\n  \($0)" } ?? message
    }

    /// What the machine and the table say of those modules and of all that were asked about before.
    private func refusalContext(modules: [String]) -> RefusalContext {
        if let known, modules.allSatisfy({ known.modules[$0] != nil }) { return known }
        let modules = modules + (known.map { Array($0.modules.keys) } ?? [])
        var context = host.refusalContext(modules: modules)
        context.runsDaemon = known?.runsDaemon
        context.mixesFamilies = known?.mixesFamilies
        if known == nil, let kernel {
            context.runsDaemon = (try? kernel.daemons()).map { !$0.isEmpty }
            context.mixesFamilies = (try? kernel.snapshot(statistics: false, \.mixesFamilies))?.contains(true)
        }
        known = context
        return context
    }
}

extension ServiceStatus {
    /// Whether a server has another family than its service.
    fileprivate var mixesFamilies: Bool {
        destinations.contains { $0.destination.endpoint.address.family != service.key.family }
    }
}
