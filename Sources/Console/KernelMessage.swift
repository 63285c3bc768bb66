package import IPVS
import System

/// What ipvsadm says when the kernel refuses something.
package enum KernelMessage {
    /// The line about a change that did not take effect.
    package static func text(of error: IPVSError, for change: Change) -> String {
        guard case .refused(let refusal) = error else { return text(of: error) }
        switch (change, refusal) {
        case (.addService, .exists): return "Service already exists"
        case (.addService, .noSuchEntry), (.editService, .noSuchEntry):
            return "Scheduler or persistence engine not found"
        case (.editService, .noSuchService), (.deleteService, .noSuchService), (.zero, .noSuchService):
            return "No such service"
        case (.addDestination, .noSuchService), (.editDestination, .noSuchService),
            (.deleteDestination, .noSuchService):
            return "Service not defined"
        case (.addDestination, .exists): return "Destination already exists"
        case (.editDestination, .noSuchEntry), (.deleteDestination, .noSuchEntry): return "No such destination"
        case (.startDaemon, .exists): return "Daemon has already run"
        case (.stopDaemon, .noSuchService): return "No daemon is running"
        default: return text(of: error)
        }
    }

    /// The line about a query for one service that failed.
    package static func text(ofQuery error: IPVSError) -> String {
        error == .refused(.noSuchService) ? "No such service" : text(of: error)
    }

    /// The line about an error that means the same wherever it comes from.
    package static func text(of error: IPVSError) -> String {
        switch error {
        case .refused(let refusal): text(of: refusal)
        case .unavailable: "Protocol not available"
        case .transport(let failure):
            "The conversation with the kernel failed: \(SystemFailure.text(of: failure.rawValue))"
        case .unanswered: "The kernel's answer was lost; the change may or may not have taken effect"
        case .malformedReply(let reason): "The kernel's answer cannot be read: \(reason)"
        case .unsettled(let attempts): "The table changed during each of \(attempts) attempts to read it"
        }
    }

    private static func text(of refusal: KernelError) -> String {
        switch refusal {
        case .notPermitted: "Permission denied (you must be root)"
        case .invalid: "Invalid operation.  Possibly wrong module version, address not unicast, ..."
        case .protocolNotAvailable: "Protocol not available"
        case .outOfMemory: "Memory allocation problem"
        case .notSupported: "Operation not supported with IPv6"
        case .familyNotSupported: "Operation not supported with specified address family"
        case .messageTooLong: "Module is wrong version"
        default: SystemFailure.text(of: refusal.rawValue)
        }
    }

    /// The two lines about a kernel whose IPVS cannot be used at all.
    package static func start(_ error: IPVSError) -> String {
        """
        Can't initialize ipvs: \(text(of: error))
        Are you sure that IP Virtual Server is built in the kernel or as module?
        """
    }
}
