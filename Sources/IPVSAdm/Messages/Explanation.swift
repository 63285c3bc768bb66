import Addresses
import Console
package import IPVS
import System

/// What is behind an error of the kernel, and the way out: the second line of a message.
package enum Explanation {
    /// The modules whose whereabouts an explanation of that failure needs.
    package static func modules(for change: Change) -> [String] {
        switch change {
        case .addService(let service), .editService(let service):
            [module(ofScheduler: service.scheduler)]
                + (service.persistenceEngine.map { [module(ofEngine: $0)] } ?? [])
        default: []
        }
    }

    /// Explains why a change was refused; nil when there is nothing to add.
    package static func text(for change: Change, _ error: IPVSError, _ context: RefusalContext) -> String? {
        guard case .refused(let refusal) = error else { return general(error, context) }
        let text: String? =
            switch change {
            case .addService(let service), .editService(let service):
                explain(service, refusal, context, isNew: change == .addService(service))
            case .addDestination(let destination, let key):
                explain(destination, of: key, refusal, context, isNew: true)
            case .editDestination(let destination, let key):
                explain(destination, of: key, refusal, context, isNew: false)
            case .startDaemon(let daemon): explain(daemon, refusal, context)
            case .deleteDestination(let server, let key) where refusal == .noSuchEntry:
                Nearby(servers: context.servers).adding(
                    to: "A server is found by its own port: with -m that may differ from the service's, \(key.port).",
                    serversAt: server.address
                )
            case .deleteService(let key), .zero(let key?), .deleteDestination(_, let key):
                refusal == .noSuchService ? Nearby(services: context.services).services(like: key) : nil
            case .setTimeouts where refusal == .invalid:
                "The largest timeout is 2147483647 divided by the kernel's ticks per second: 2147483 at 1000."
            default: nil
            }
        return text ?? general(error, context)
    }

    /// What is doubtful about a change that was made; nil when nothing is.
    package static func doubt(about change: Change) -> String? {
        guard case .addService(let service) = change else {
            guard case .editService(let service) = change else { return nil }
            return doubt(aboutMaskOf: service)
        }
        return doubt(aboutMaskOf: service)
    }

    /// Explains an error that means the same whatever was asked for.
    package static func general(_ error: IPVSError, _ context: RefusalContext) -> String? {
        switch error {
        case .refused(.notPermitted):
            context.hasNetworkCapability
                ? "CAP_NET_ADMIN is there, but not for this network namespace; run this on its owner's side."
                : "This needs the capability CAP_NET_ADMIN: run it as root, or give it to the container."
        case .refused(.familyNotSupported): noIPv6(context)
        case .refused(.notSupported):
            "The IPVS of kernel \(context.kernelRelease) does not know this request; a newer kernel may."
        case .unavailable: noModule(context)
        case .refused, .transport, .unanswered, .malformedReply, .unsettled: nil
        }
    }

    /// Explains why the connection table, which is a file, cannot be read.
    static func connections(_ error: IPVSError) -> String? {
        guard case .transport(let failure) = error else { return nil }
        return failure == .noSuchEntry
            ? "There is no such file, though IPVS is here: mount -t proc proc /proc."
            : "\(SystemFailure.text(of: failure.rawValue)); connections are shown in this file only."
    }

    private static func noIPv6(_ context: RefusalContext) -> String {
        context.hasIPv6
            ? "The kernel's IPVS was built without IPv6 (CONFIG_IP_VS_IPV6)."
            : "IPv6 is off in this kernel; it must be booted without ipv6.disable=1."
    }

    private static func noModule(_ context: RefusalContext) -> String {
        let release = context.kernelRelease
        switch context.modules["ip_vs"] {
        case .present?: return "The module ip_vs is loaded, but does not serve this network namespace."
        case .installed?: return "The module ip_vs is installed and not loaded: run modprobe ip_vs as root."
        case .missing?, nil:
            return context.hasModuleList
                ? "Kernel \(release) has no module ip_vs in /lib/modules/\(release): install it or another kernel."
                : "/lib/modules/\(release) is not here; inside a container load ip_vs on the host: modprobe ip_vs."
        }
    }

    static func module(ofScheduler name: String) -> String { "ip_vs_\(name)" }

    static func module(ofEngine name: String) -> String { "ip_vs_pe_\(name)" }
}
