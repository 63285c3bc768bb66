package import Diagnostics
package import IPVS

/// What a file of rules leads to when it starts from an empty table.
package struct RestoreTarget: Sendable {
    /// A command that changes nothing in the table, with its line.
    package struct Request: Sendable {
        package let line: RestoreLine
        package let command: Command

        init(line: RestoreLine, command: Command) {
            self.line = line
            self.command = command
        }
    }

    /// The desired table, with the timeouts and daemons that the file speaks of.
    package private(set) var table = Table()
    /// What is to be done besides, in this order, when the table is there: `-L`, `-S`, `-Z` and `--stop-daemon`.
    package private(set) var requests: [Request] = []
    /// Lines that are no commands; a file that has some must not be applied.
    package private(set) var errors = DiagnosticList()
    /// Lines that a kernel would refuse, in its words; they are not in the table.
    package private(set) var refusals = DiagnosticList()

    /// Reads the whole of a file.
    package init(_ script: RestoreScript) {
        for step in script {
            switch step.command {
            case .failure(let mistake): errors.note(.error) { script.diagnostic(step.line, mistake) }
            case .success(.change(let change)):
                guard let reason = apply(change, on: step.line) else { continue }
                refusals.note(.error) { script.diagnostic(step.line, reason) }
            case .success(let command): requests.append(Request(line: step.line, command: command))
            }
        }
    }

    /// Takes a change into the table; the reason if that is not possible.
    private mutating func apply(_ change: Change, on line: RestoreLine) -> String? {
        // A daemon may run that the file does not start, so that stopping one is not the empty table's affair.
        if case .stopDaemon(let role) = change {
            table.daemons[role] = nil
            requests.append(Request(line: line, command: .change(change)))
            return nil
        }
        do {
            try table.apply(change)
        } catch {
            return Self.reason(error, for: change)
        }
        switch change {
        case .zero: requests.append(Request(line: line, command: .change(change)))
        // The difference to what runs restarts a daemon that shall run with other values.
        case .startDaemon(let daemon):
            requests.removeAll { $0.command == .change(.stopDaemon(daemon.role)) }
        default: break
        }
        return nil
    }

    private static func reason(_ error: KernelError, for change: Change) -> String {
        switch (change, error) {
        case (.addService, .exists): "Service already exists"
        case (.addDestination, .exists): "Destination already exists"
        case (.startDaemon, .exists): "Daemon has already run"
        case (.addDestination, .noSuchService), (.editDestination, .noSuchService),
            (.deleteDestination, .noSuchService):
            "Service not defined"
        case (_, .noSuchService): "No such service"
        case (_, .noSuchEntry): "No such destination"
        default: "refused with error number \(error.rawValue)"
        }
    }
}
