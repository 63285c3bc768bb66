import Addresses
import IPVS

/// Finds the second line of messages, looking around once for all of them.
final class Explainer {
    private let host: any Host
    /// Whether somebody wants to read explanations.
    let isWanted: Bool
    private var kernel: (any IPVSKernel)?
    private var known: Circumstances?

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
        let circumstances = circumstances(modules: Explanation.modules(for: change))
        return join(message, Explanation.text(for: change, error, circumstances))
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
