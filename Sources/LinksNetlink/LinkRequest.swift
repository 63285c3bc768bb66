import CNetlink
import Links
import Netlink

/// What carries out a step: a message, or the write of a file.
enum LinkRequest {
    case message(type: UInt16, flags: MessageFlags, body: (inout MessageWriter) -> Void)
    case file(SettingFile)

    /// Makes the request of a step.
    ///
    /// - Parameter index: Tells the number of an interface by its name.
    /// - Throws: What `index` throws, and `LinksError.refused(EINVAL)` for a name that is none.
    init(_ step: LinkStep, index: (String) throws(LinksError) -> UInt32) throws(LinksError) {
        switch step {
        case .makeLink(let link, let name):
            let parent = try index(link.parent)
            self = .message(type: MessageType.newLink, flags: .creatingAlone) {
                $0.newLink(link, name: name, parent: parent)
            }
        case .switchLink(let name, let isOn):
            let interface = try index(name)
            self = .message(type: MessageType.newLink, flags: .none) {
                let up = InterfaceState.Flags.up.rawValue
                $0.linkHeader(interface, flags: isOn ? up : 0, change: up)
            }
        case .removeLink(let state):
            self = .message(type: MessageType.deleteLink, flags: .none) { $0.linkHeader(state.index) }
        case .set(let setting):
            self = try Self.setting(setting, index: index)
        case .addAddress(let address):
            let interface = try index(address.interface)
            self = .message(type: MessageType.newAddress, flags: .creating) {
                $0.addressRequest(address, interface: interface)
            }
        case .changeAddress(let address):
            let interface = try index(address.interface)
            self = .message(type: MessageType.newAddress, flags: .replacing) {
                $0.addressRequest(address, interface: interface)
            }
        case .returnAddress(let state):
            let interface = try index(state.address.interface)
            self = .message(type: MessageType.newAddress, flags: .creating) {
                $0.addressRequest(state.address, interface: interface, lifetime: state.lifetime)
            }
        case .removeAddress(let address):
            let interface = try index(address.interface)
            self = .message(type: MessageType.deleteAddress, flags: .none) {
                $0.addressIdentity(address, interface: interface)
            }
        case .addRoute(let route):
            let indices = try Self.indices(of: route, index)
            self = .message(type: MessageType.newRoute, flags: .creating) { $0.routeRequest(route, indices: indices) }
        case .removeRoute(let route):
            let indices = try Self.indices(of: route, index)
            self = .message(type: MessageType.deleteRoute, flags: .none) { $0.routeRequest(route, indices: indices) }
        case .addRule(let rule):
            self = .message(type: MessageType.newRule, flags: .creatingAlone) { $0.ruleRequest(rule) }
        case .removeRule(let rule):
            self = .message(type: MessageType.deleteRule, flags: .none) { $0.ruleRequest(rule) }
        }
    }

    private static func setting(
        _ setting: InterfaceSetting,
        index: (String) throws(LinksError) -> UInt32
    ) throws(LinksError) -> LinkRequest {
        if let name = setting.interface, name != InterfaceSetting.newInterfaces {
            if let number = setting.kind.number4 {
                let interface = try index(name)
                return .message(type: MessageType.setLink, flags: .none) {
                    $0.setting4(number, setting.value, interface: interface)
                }
            }
            if setting.kind == .addressGeneration {
                let interface = try index(name)
                return .message(type: MessageType.setLink, flags: .none) {
                    $0.addressGeneration(setting.value, interface: interface)
                }
            }
        }
        guard let file = SettingFile(setting) else { throw .refused(EINVAL) }
        return .file(file)
    }

    private static func indices(
        of route: Route,
        _ index: (String) throws(LinksError) -> UInt32
    ) throws(LinksError) -> [UInt32] {
        var indices: [UInt32] = []
        for hop in route.hops {
            if let name = hop.interface { indices.append(try index(name)) } else { indices.append(0) }
        }
        return indices
    }
}
