import Addresses
import Links
import Texts
import VRRP

// What happens to the process and the machine.

extension RouterLines {
    static func lines(about matter: NodeMatter) -> [String] {
        switch matter {
        case .delayed(let delay): ["Delaying startup for \(delay.secondsText) seconds"]
        case .delayEnded: ["Startup complete"]
        case .interface(let name, let isUp): ["Netlink reports \(name) \(isUp ? "up" : "down")"]
        case .interfaceCame(let name): ["Interface \(name) added"]
        case .interfaceWent(let name): ["Interface \(name) deleted"]
        case .addressCame(let address, let name): ["Assigned address \(address) for interface \(name)"]
        case .addressWent(let address, let name): ["Deassigned address \(address) from interface \(name)"]
        // The process that reads files says it too.
        case .reloading: ["Reloading"]
        case .reloaded: ["Reload complete"]
        case .stopping(let keeps): [keeps ? "Stopping, and leaving all that is set to the next process" : "Stopping"]
        case .unknownRouter(let number, let interface, let source, let count):
            [
                "Unknown VRID(\(number)) received on interface(\(interface)) from \(source). ignoring..."
                    + (count > 1 ? " (\(count) times)" : "")
            ]
        case .trackersHeld: ["Nobody looks at scripts, files and servers: what they told last is held"]
        case .trackersReturned: ["Scripts, files and servers are looked at again"]
        case .removedLeftovers(let count):
            ["removed \(count) \(count == 1 ? "address" : "addresses") of routers that are not configured any more"]
        }
    }
}

extension LinkEvent.Entry {
    /// What it is, as `ip` says it.
    var text: String {
        switch self {
        case .link(let link): "interface \(link.name)"
        case .address(let address): "address \(address.address)/\(address.prefixLength) on \(address.interface)"
        case .route(let route):
            "route \(route.destination.map { "\($0.address)/\($0.length)" } ?? "default") in table \(route.table)"
        case .rule(let rule): "rule \(rule.priority)"
        case .setting(let setting): "setting \(setting.kind) of \(setting.interface ?? "all interfaces")"
        }
    }
}

extension LinkChange.Cause {
    /// Who it was, as far as that is known.
    var text: String {
        switch self {
        case .ourselves: "ourselves"
        case .kernel: "the kernel"
        case .port(let port): "process \(port & 0x3f_ffff)"
        }
    }
}

extension LinksError {
    /// Why it was not.
    var text: String {
        switch self {
        case .refused(let number): "the kernel refused, error \(number)"
        case .transport(let number): "the kernel could not be spoken with, error \(number)"
        case .unanswered: "there was no answer"
        case .malformed(let what): "what the kernel sent cannot be read: \(what)"
        case .noInterface(let name): "there is no interface \(name)"
        case .unsettled: "what was read changed all the time"
        }
    }
}
