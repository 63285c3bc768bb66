import Addresses
import IPVS
import Rules

extension Explanation {
    static func explain(
        _ service: VirtualService,
        _ refusal: KernelError,
        _ context: RefusalContext,
        isNew: Bool
    ) -> String? {
        switch refusal {
        case .exists where isNew: "Change it with -E, or remove it first with -D."
        case .noSuchService:
            Nearby(services: context.services)
                .adding(to: "Only what -L shows can be edited; -A makes a new one.", servicesLike: service.key)
        case .noSuchEntry: missingModule(of: service, context)
        case .invalid: badMask(of: service)
        default: nil
        }
    }

    private static func missingModule(of service: VirtualService, _ context: RefusalContext) -> String? {
        if let text = missing(module(ofScheduler: service.scheduler), "scheduler \(service.scheduler)", context) {
            // The name was never looked for if it is one in other letters.
            let meant = SchedulerNames.meant(by: service.scheduler)
            guard let meant, meant != service.scheduler else { return text }
            return "The scheduler is called \(meant)."
        }
        guard let engine = service.persistenceEngine else { return nil }
        return missing(module(ofEngine: engine), "persistence engine \(engine)", context)
    }

    private static func missing(_ module: String, _ title: String, _ context: RefusalContext) -> String? {
        let release = context.kernelRelease
        switch context.modules[module] {
        case .present?, nil: return nil
        case .installed?:
            return "The module \(module) is installed but was not loaded: run modprobe \(module) as root."
        case .missing? where !context.hasModuleList:
            return "/lib/modules/\(release) is not here; inside a container load \(module) on the host."
        case .missing?:
            let known = context.schedulers
            let choice = known.isEmpty ? "" : "; schedulers that it has: \(known.joined(separator: " "))"
            return "Kernel \(release) has no \(title): no module \(module)\(choice)."
        }
    }

    static func doubt(aboutMaskOf service: VirtualService) -> String? {
        guard case .ipv4(let mask)? = service.persistence?.netmask else { return nil }
        let gap = ~mask.value & (~mask.value &+ 1)
        guard gap != 0 else { return nil }
        guard (1...32).contains(mask.value) else { return "The mask \(mask) has a gap; the kernel takes it as it is." }
        let meant = IPv4Address(value: .max << (32 - mask.value))
        return "-M takes a mask, here \(mask); a prefix length of \(mask.value) is -M \(meant)."
    }

    private static func badMask(of service: VirtualService) -> String? {
        guard case .ipv6(let length)? = service.persistence?.netmask, !(1...128).contains(length) else { return nil }
        return "The prefix length \(length) is not one of 1 to 128."
    }

    static func explain(_ daemon: SyncDaemon, _ refusal: KernelError, _ context: RefusalContext) -> String? {
        switch refusal {
        case .exists: return "Stop it first: --stop-daemon \(daemon.role)."
        case .noSuchDevice: return "There is no interface \(daemon.interface) in this network namespace."
        case .addressNotAvailable:
            return "The interface \(daemon.interface) has no address of the multicast group's family."
        case .addressInUse: return "Another program uses the port: choose one with --mcast-port."
        case .invalid:
            if let group = daemon.group, !group.isMulticast { return "\(group) is not a multicast address." }
            guard context.mixesFamilies == true else { return nil }
            return "A server of another family than its service's is in the table, which the daemons cannot carry."
        default: return nil
        }
    }
}

extension KernelError {
    /// `EADDRINUSE`.
    static let addressInUse = KernelError(rawValue: 98)
    /// `EADDRNOTAVAIL`.
    static let addressNotAvailable = KernelError(rawValue: 99)
}
