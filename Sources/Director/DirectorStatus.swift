package import Dialogues
package import HealthChecks
package import IPVS
package import Time

/// What a director believes and has done, for people.
package struct DirectorStatus: Hashable, Sendable {
    /// A real server behind a virtual one.
    package struct Server: Hashable, Sendable {
        /// Address and port as the file has them.
        package let name: String
        /// What is believed of it.
        package let belief: ServerHealth.Belief
        /// Whether a maintenance file names it.
        package let isInMaintenance: Bool
        /// Its latest result.
        package let lastResult: CheckResult?
        /// When what is believed of it last changed.
        package let since: MonotonicTime
        /// The failures since the last success.
        package let failures: Int
        /// The successes since the last failure, counted while it is down.
        package let successes: Int
        /// Its weight in the kernel as far as is known; nil where it is not there.
        package let weight: Int32?
        /// Its configured weight.
        package let configuredWeight: Int32
    }

    /// A virtual server.
    package struct Service: Hashable, Sendable {
        /// Which service it is, the first of several.
        package let key: ServiceKey
        /// What people call it: `tcp:10.0.0.1:80`, or the label of a pool of several services.
        package let identity: String
        /// The name of the service for people.
        package let name: String?
        /// Whether the kernel has it.
        package let isInTable: Bool
        /// Its real servers in the order of the configuration.
        package let servers: [Server]
        /// Whether there is a fallback.
        package let hasFallback: Bool
        /// Whether the fallback stands in the kernel.
        package let isFallbackStanding: Bool
        /// How many things are still to be brought to the kernel: it did not take them, or has not been asked yet.
        package let pendingChanges: Int
        /// Whether its checks rest, since this machine has none of the addresses that they need.
        package let isResting: Bool
    }

    /// `starting`, `running`, `stopping` or `reloading`.
    package let phase: String
    /// Whether the first round of verdicts is complete.
    package let isReady: Bool
    /// The virtual servers in the order of the configuration.
    package let services: [Service]
    /// The checks that have not given a result yet.
    package let awaitedChecks: Int
    /// The moment that it was taken for.
    package let moment: MonotonicTime
}

extension DirectorStatus: CustomStringConvertible {
    /// A line for the director, each virtual server and each real server.
    package var description: String {
        let count = services.reduce(0) { $0 + $1.servers.count }
        var lines = ["\(phase): \(services.count) virtual servers, \(count) real servers"]
        if awaitedChecks > 0 { lines[0] += ", \(awaitedChecks) checks without result yet" }
        for service in services {
            var line = "virtual server \(service.identity)"
            if let name = service.name { line += " [\(name)]" }
            let upCount = service.servers.count { $0.belief == .up && !$0.isInMaintenance }
            line += ": \(upCount) of \(service.servers.count) up"
            if service.isResting { line += ", checks rest" }
            if service.isFallbackStanding { line += ", fallback in" }
            if !service.isInTable { line += ", not in the kernel's table" }
            if service.pendingChanges > 0 { line += ", \(service.pendingChanges) changes pending" }
            lines.append(line)
            lines += service.servers.map { "  \($0.text(at: moment))" }
        }
        return lines.joined(separator: "\n")
    }
}

extension DirectorStatus.Server {
    fileprivate func text(at now: MonotonicTime) -> String {
        let state =
            switch belief {
            case _ where isInMaintenance: "maintenance"
            case .unknown: "not checked yet"
            case .adopted: "found in service"
            case .up: "up"
            case .down: "down"
            }
        let standing = weight.map { "weight \($0) of \(configuredWeight)" } ?? "not in the table"
        var line = "real server \(name): \(state) for \(max(0, (now - since).components.seconds)) s, \(standing)"
        if failures > 0 { line += ", \(failures) failures" }
        if successes > 0 { line += ", \(successes) successes" }
        if let lastResult, !isInMaintenance { line += ", \(lastResult.reason)" }
        return line
    }
}
