import Addresses
import Links
import TestKit

extension LinkPromise {
    /// A link as a virtual router with the number 51 wants it.
    private static func macvlan(_ family: AddressFamily = .ipv4, on parent: String = "eth0") -> MadeLink {
        let mac: [UInt8] = [0, 0, 0x5e, 0, family == .ipv4 ? 1 : 2, 51]
        var link = MadeLink("vrrp.51", on: parent, .macvlan(hardwareAddress: mac), family: family)
        link.prefix = "vrrp"
        return link
    }

    private static func wish(_ link: MadeLink, _ addresses: String...) throws -> LinkWish {
        var wish = LinkWish()
        wish.links = [link]
        wish.addresses = try addresses.map { text in
            var address = try LinkAddress(text, on: link.name)
            if address.address.family == .ipv6 { address.options = .skipsDuplicateDetection }
            return .init(address)
        }
        return wish
    }

    /// What needs macvlan and ipvlan of the kernel.
    package static let made: [LinkPromise] = [
        LinkPromise("a macvlan is made with what it needs, and goes with its owner") { stage in
            let kept = KeptLinks(stage)
            func interface(_ name: String) throws -> InterfaceState? {
                try stage.kernel.look(.links, makers: []).interfaces.first { $0.name == name }
            }
            let before = try interface("eth0")?.settings
            try kept.want(try wish(macvlan(), "10.1.0.1/24"))
            try kept.turn { try stage.kernel.has("10.1.0.1/24", on: "vrrp.51") }
            let link = try interface("vrrp.51")
            try expect(link?.kind, .macvlan(isPrivate: true))
            try expect(link?.hardwareAddress, [0, 0, 0x5e, 0, 1, 51])
            try expect(link?.parent, try interface("eth0")?.index)
            try expect(link?.flags.contains(.up), true)
            for (kind, value) in [
                InterfaceSetting.Kind.ignoredARP: 1, .acceptsOwnSources: 1, .reversePath: 0, .promotesSecondaries: 1,
                .addressGeneration: 1, .disablesIPv6: 1,
            ] as [InterfaceSetting.Kind: UInt32] {
                try expect(link?.settings[kind], value, "\(kind)")
            }
            let parent = try interface("eth0")?.settings
            try expect([parent?[.ignoredARP], parent?[.filtersARP]], [1, 1])
            try kept.want(LinkWish())
            try kept.turn { try interface("vrrp.51") == nil }
            try expect(try interface("eth0")?.settings, before)
        },
        LinkPromise("a name that is taken makes way for the next one, by the family's own number first") { stage in
            try stage.makeInterface("vrrp.51")
            let kept = KeptLinks(stage)
            try kept.want(try wish(macvlan(.ipv4)), of: "VI_4")
            try kept.want(try wish(macvlan(.ipv6)), of: "VI_6")
            try kept.want(try wish(macvlan(.ipv4, on: "eth1"), "10.1.0.1/24"), of: "VI_5")
            try kept.turn { try stage.kernel.has("10.1.0.1/24", on: "vrrp2.51") }
            let names = Set(try stage.kernel.look(.links, makers: []).interfaces.map(\.name))
            try expect(names.isSuperset(of: ["vrrp.51", "vrrp1.51", "vrrp6.51", "vrrp2.51"]), "\(names)")
        },
        LinkPromise("a macvlan of an earlier life is taken up with its address, and one that nobody wants goes") {
            stage in
            let old = KeptLinks(stage)
            try old.want(try wish(macvlan(), "10.1.0.1/24", "10.1.0.2/24"))
            var other = macvlan()
            other.kind = .macvlan(hardwareAddress: [0, 0, 0x5e, 0, 1, 52])
            other.name = "vrrp.52"
            try old.want(try wish(other, "10.2.0.1/24"), of: "VI_2")
            try old.turn { try stage.kernel.has("10.2.0.1/24", on: "vrrp.52") }
            _ = try stage.others.takeChanges()
            let kept = KeptLinks(stage)
            try kept.want(try wish(macvlan(), "10.1.0.1/24"))
            try kept.turn { try !stage.kernel.has("10.1.0.2/24", on: "vrrp.51") }
            let told = try stage.others.takeChanges()
            let stays = try LinkAddress("10.1.0.1/24")
            try expect(told.contains { $0.isAddress(stays, isThere: false) }, false)
            let names = try stage.kernel.look(.links, makers: []).interfaces.map(\.name)
            try expect(names.contains("vrrp.51") && !names.contains("vrrp.52"), "\(names)")
        },
        LinkPromise("a macvlan that is deleted or switched off by hand comes back with all that stood on it") { stage in
            let kept = KeptLinks(stage)
            var wanted = try wish(macvlan(), "10.1.0.1/24")
            wanted.routes = [.init(try Route(to: "10.9.0.0/16", via: "10.1.0.2", on: "vrrp.51"))]
            try kept.want(wanted)
            try kept.turn { try stage.kernel.routes().count == 1 }
            _ = kept.takeEvents()
            let state = try stage.kernel.look(.links, makers: []).interfaces.first { $0.name == "vrrp.51" }
            guard let state else { throw BrokenLinkPromise(description: "no link") }
            try stage.others.make(.removeLink(state))
            try kept.turn { try stage.kernel.routes().count == 1 }
            try expect(kept.takenEntries().contains(.link(macvlan())))
            try stage.others.make(.switchLink("vrrp.51", isOn: false))
            try kept.turn { try stage.kernel.routes().count == 1 }
        },
        LinkPromise("a macvlan with another hardware address takes the place and the name of the one before") { stage in
            let kept = KeptLinks(stage)
            try kept.want(try wish(macvlan(), "10.1.0.1/24"))
            try kept.turn { try stage.kernel.has("10.1.0.1/24", on: "vrrp.51") }
            var link = macvlan()
            link.kind = .macvlan(hardwareAddress: [2, 0, 0x5e, 0, 1, 51])
            try kept.want(try wish(link, "10.1.0.1/24"))
            try kept.turn { try stage.kernel.has("10.1.0.1/24", on: "vrrp.51") }
            let found = try stage.kernel.look(.links, makers: []).interfaces.filter { $0.name.hasPrefix("vrrp") }
            try expect(found.map(\.hardwareAddress), [[2, 0, 0x5e, 0, 1, 51]])
        },
        LinkPromise("a macvlan of IPv6 speaks from the link-local address of its parent") { stage in
            var local = try LinkAddress("fe80::77/64")
            local.options = .skipsDuplicateDetection
            try stage.others.make(.addAddress(local))
            let kept = KeptLinks(stage)
            try kept.want(try wish(macvlan(.ipv6), "2001:db8::1"))
            try kept.turn { try stage.kernel.has("2001:db8::1/128", on: "vrrp.51") }
            try expect(try stage.kernel.has("fe80::77/64", on: "vrrp.51"))
        },
        LinkPromise("an ipvlan is made as it is wanted, and goes with its owner") { stage in
            let kept = KeptLinks(stage)
            for mode in [MadeLink.IpvlanMode.bridge, .isolated, .vepa] {
                let link = MadeLink("ipv.51", on: "eth0", .ipvlan(mode), family: .ipv4)
                try kept.want(try wish(link, "10.1.0.1/24"))
                try kept.turn { try stage.kernel.has("10.1.0.1/24", on: "ipv.51") }
                let found = try stage.kernel.look(.links, makers: []).interfaces.first { $0.name == "ipv.51" }
                try expect(found?.kind, .ipvlan(isLinkLayer: true, mode))
            }
            try kept.want(LinkWish())
            try kept.turn { try !stage.kernel.look(.links, makers: []).interfaces.contains { $0.name == "ipv.51" } }
        },
        LinkPromise("an ipvlan beside a macvlan of one parent is refused, told once, and made when the other has gone")
        { stage in
            let kept = KeptLinks(stage)
            try kept.want(try wish(macvlan()), of: "VI_1")
            let link = MadeLink("ipv.51", on: "eth0", .ipvlan(.bridge), family: .ipv4)
            try kept.want(try wish(link, "10.1.0.1/24"), of: "VI_2")
            for _ in 0..<10 {
                stage.wait()
                try kept.turn()
            }
            try expect(kept.takeEvents().filter { $0.name == "failed" }.count, 1)
            try kept.want(LinkWish(), of: "VI_1")
            try kept.turn { try stage.kernel.has("10.1.0.1/24", on: "ipv.51") }
        },
        LinkPromise("a strict check of the way back moves from all interfaces to each, and back") { stage in
            func strictness() throws -> [UInt32?] {
                let found = try stage.kernel.look(.links, makers: [])
                let own = found.interfaces.first { $0.name == "eth1" }?.settings[.reversePath]
                return [found.settings[.reversePath], own, found.defaults[.reversePath]]
            }
            try stage.others.make(
                .set(InterfaceSetting(.reversePath, 1, of: nil)),
                .set(InterfaceSetting(.reversePath, 0, of: "eth1")),
                .set(InterfaceSetting(.reversePath, 0, of: InterfaceSetting.newInterfaces))
            )
            let before = try strictness()
            let kept = KeptLinks(stage)
            try kept.want(try wish(macvlan(), "10.1.0.1/24"))
            try kept.turn { try stage.kernel.has("10.1.0.1/24", on: "vrrp.51") }
            try expect(try strictness(), [0, 1, 1])
            let link = try stage.kernel.look(.links, makers: []).interfaces.first { $0.name == "vrrp.51" }
            try expect(link?.settings[.reversePath], 0)
            try kept.want(LinkWish())
            try expect(try strictness(), before)
        },
    ]
}

private func expect<Value: Equatable>(
    _ found: Value,
    _ wanted: Value,
    _ what: @autoclosure () -> String,
    line: UInt = #line
) throws {
    if found != wanted {
        throw BrokenLinkPromise(description: "line \(line): \(what()): found \(found), wanted \(wanted)")
    }
}
