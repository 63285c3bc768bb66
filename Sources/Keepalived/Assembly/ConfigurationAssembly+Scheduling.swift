import Addresses
import Configuration
import IPVS

// How connections are scheduled: schedulers, their flags, and persistence.
extension ConfigurationAssembly {
    /// The services of the kernel for the keys of a virtual server.
    mutating func services(
        of block: CheckedBlock,
        _ keys: [ServiceKey],
        _ name: ReadValue
    ) -> [VirtualService] {
        let (scheduler, flags) = scheduling(of: block)
        let isOnePacket = isOnePacket(block, keys)
        let engine = engine(of: block)
        let family = keys.first?.family ?? .ipv4
        var persistence = persistence(of: block, family)
        if persistence == nil, keys.contains(where: { $0.transport != nil && $0.port == 0 }) {
            persistence = Persistence(timeout: Self.usualPersistence, netmask: .host(family))
            findings.warning(
                "a service of every port is persistent, and 360 s taken",
                at: name.others.first ?? name.word,
                expected: "persistence_timeout"
            )
        }
        if engine != nil, persistence == nil, let entry = block.entry("persistence_engine") {
            findings.warning("an engine does nothing without persistence_timeout", at: entry.keyword)
        }
        return keys.map { key in
            var service = VirtualService(key: key, scheduler: scheduler, schedulerFlags: flags)
            service.persistence = persistence
            // A group may have both families, and a mask is of one.
            if let timeout = persistence?.timeout, key.family != family {
                service.persistence = Persistence(timeout: timeout, netmask: .host(key.family))
            }
            service.persistenceEngine = persistence == nil ? nil : engine
            service.isOnePacket = isOnePacket
            return service
        }
    }

    /// The seconds of a persistence that says none.
    private static let usualPersistence: UInt32 = 360

    /// The scheduler that is said last, and the flags that stand behind it.
    private mutating func scheduling(of block: CheckedBlock) -> (String, SchedulerFlags) {
        var scheduler: String?
        var flags: SchedulerFlags = []
        for entry in block.entries {
            switch entry.rule.meaning {
            case "lb_algo":
                scheduler = entry.text
                flags = []
            case "flag-1": flags.insert(.first)
            case "flag-2": flags.insert(.second)
            case "flag-3": flags.insert(.third)
            case "sh-fallback", "sh-port", "mh-fallback", "mh-port":
                let name = entry.rule.name
                guard scheduler == String(name.prefix(2)) else {
                    findings.warning(
                        scheduler == nil
                            ? "\(name) does nothing before the scheduler" : "\(name) is a flag of another scheduler",
                        at: entry.keyword
                    )
                    continue
                }
                flags.insert(name.hasSuffix("port") ? .second : .first)
            default: break
            }
        }
        if scheduler == nil, !block.mentions("lb_algo") {
            findings.warning("no scheduler is said, and wlc taken", at: block.keyword, expected: "lb_algo")
        }
        if !block.mentions("lb_kind") {
            findings.warning("no way of forwarding is said, and NAT taken", at: block.keyword, expected: "lb_kind")
        }
        return (scheduler ?? "wlc", flags)
    }

    private mutating func isOnePacket(_ block: CheckedBlock, _ keys: [ServiceKey]) -> Bool {
        guard let entry = block.entry("ops") else { return false }
        if keys.allSatisfy({ $0.transport == nil || $0.transport == .udp }) { return true }
        findings.warning("ops does nothing but with UDP and marks", at: entry.keyword)
        return false
    }

    private mutating func engine(of block: CheckedBlock) -> String? {
        guard let entry = block.entry("persistence_engine"), let name = entry.text else { return nil }
        guard name.utf8.count <= 15 else {
            findings.error("\(name) is no name of an engine", at: entry.place, expected: "at most 15 letters")
            return nil
        }
        return name
    }

    private mutating func persistence(of block: CheckedBlock, _ family: AddressFamily) -> Persistence? {
        let timeout = block.entry("persistence_timeout")
        let mask = block.entry("persistence_granularity").flatMap { self.mask($0, family) }
        guard timeout != nil || mask != nil else { return nil }
        let seconds = timeout?.number.map { UInt32(clamping: $0) }
        return Persistence(timeout: seconds ?? Self.usualPersistence, netmask: mask ?? .host(family))
    }

    /// A mask, which for IPv4 is read as the C library reads addresses, so that `24` is 0.0.0.24.
    private mutating func mask(_ entry: CheckedBlock.Entry, _ family: AddressFamily) -> Netmask? {
        guard let text = entry.text else { return nil }
        switch family {
        case .ipv4:
            guard let address = IPv4Address(classful: text) else {
                findings.error("\(text) is no mask", at: entry.place, expected: "a mask such as 255.255.255.0")
                return nil
            }
            // Ones, and then zeros.
            let zeros = address.value == 0 ? 32 : address.value.trailingZeroBitCount
            if address.value.nonzeroBitCount + zeros != 32 {
                findings.warning(
                    "\(text) is the mask \(address)",
                    at: entry.place,
                    note: "Ones are not followed by zeros in it: a length is written as 255.255.255.0."
                )
            }
            return .ipv4(address)
        case .ipv6:
            guard case .number(let length) = NumberText.whole(text), 1...128 ~= length else {
                findings.error("\(text) is no length of a prefix", at: entry.place, expected: "a number from 1 to 128")
                return nil
            }
            return .ipv6(prefixLength: UInt32(length))
        }
    }
}
