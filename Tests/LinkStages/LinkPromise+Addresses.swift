import Addresses
import Links
import TestKit

extension LinkPromise {
    static let addresses: [LinkPromise] = [
        LinkPromise("addresses come back as they were set") { stage in
            var labelled = try LinkAddress("10.1.0.1/24")
            labelled.label = "eth0:web"
            labelled.broadcast = IPv4Address("10.1.0.255")
            var linked = try LinkAddress("10.2.0.1/16")
            linked.scope = 253
            var peer = try LinkAddress("10.3.0.1/30")
            peer.peer = IPAddress("10.4.0.9")
            var short = try LinkAddress("10.5.0.1/24")
            short.options = .hasNoPrefixRoute
            let addresses = try [labelled, linked, peer, short, LinkAddress("10.6.0.1")]
            for address in addresses { try stage.kernel.make(.addAddress(address)) }
            let found = try stage.kernel.addresses()
            for address in addresses { try expect(found.contains(address), "\(address) among \(found)") }
            try expect(found.count, addresses.count)
        },
        LinkPromise("addresses of IPv6 come back as they were set, without being looked for first") { stage in
            var virtual = try LinkAddress("2001:db8::1")
            virtual.options = .skipsDuplicateDetection
            virtual.preferredLifetime = 0
            var network = try LinkAddress("2001:db8:1::1/64")
            network.options = [.skipsDuplicateDetection, .hasNoPrefixRoute]
            var local = try LinkAddress("fe80::100/64")
            local.options = .skipsDuplicateDetection
            for address in [virtual, network, local] { try stage.kernel.make(.addAddress(address)) }
            local.scope = 253
            let found = try stage.kernel.look(.links, makers: []).addresses
            for address in [virtual, network, local] {
                let state = found.first { $0.address == address }
                try expect(state?.isTentative, false)
            }
        },
        LinkPromise("what is there is added with success, and what is not there is removed with success") { stage in
            for text in ["10.1.0.1/24", "2001:db8::1/64"] {
                let address = try LinkAddress(text)
                try stage.kernel.make(.addAddress(address), .addAddress(address))
                try stage.kernel.make(.removeAddress(address), .removeAddress(address))
                try expect(try stage.kernel.addresses(), [])
            }
            try stage.kernel.make(.removeAddress(try LinkAddress("10.1.0.1", on: "nowhere")))
        },
        LinkPromise("a step that fails does not keep the later ones from being done") { stage in
            let report = stage.kernel.apply([
                .addAddress(try LinkAddress("10.1.0.1", on: "nowhere")),
                .addAddress(try LinkAddress("10.1.0.2")),
                .addAddress(try LinkAddress("10.1.0.3", on: "a-name-that-is-too-long")),
                .addAddress(try LinkAddress("10.1.0.4")),
            ])
            try expect(
                report.failures,
                [
                    LinkReport.Failure(index: 0, error: .noInterface("nowhere")),
                    LinkReport.Failure(index: 2, error: .noInterface("a-name-that-is-too-long")),
                ]
            )
            try expect(try stage.kernel.addresses().count, 2)
        },
        LinkPromise("the first address of a network takes the others with it") { stage in
            for number in 1...3 { try stage.kernel.make(.addAddress(try LinkAddress("10.1.0.\(number)/24"))) }
            try stage.kernel.make(.addAddress(try LinkAddress("10.1.0.9/25")))
            try expect(
                try stage.kernel.look(.links, makers: []).addresses.filter(\.isSecondary).map(\.address.address),
                [IPAddress("10.1.0.2"), IPAddress("10.1.0.3")].compactMap(\.self)
            )
            try stage.kernel.make(.removeAddress(try LinkAddress("10.1.0.1/24")))
            try expect(try stage.kernel.addresses(), [try LinkAddress("10.1.0.9/25")])
        },
        LinkPromise("where secondary addresses are promoted the others stay") { stage in
            try stage.kernel.make(.set(InterfaceSetting(.promotesSecondaries, 1, of: "eth0")))
            for number in 1...3 { try stage.kernel.make(.addAddress(try LinkAddress("10.1.0.\(number)/24"))) }
            try stage.kernel.make(.removeAddress(try LinkAddress("10.1.0.1/24")))
            let found = try stage.kernel.look(.links, makers: []).addresses.filter { $0.address.interface == "eth0" }
            try expect(found.map(\.isSecondary), [false, true])
        },
        LinkPromise("an address is changed where it stands") { stage in
            var address = try LinkAddress("2001:db8::1/64")
            address.options = .skipsDuplicateDetection
            try stage.kernel.make(.addAddress(address))
            address.preferredLifetime = 0
            try stage.kernel.make(.changeAddress(address))
            try expect(try stage.kernel.addresses(), [address])
        },
        LinkPromise("each change is told with who made it, to all programs") { stage in
            let address = try LinkAddress("10.1.0.1/24")
            try stage.kernel.make(.addAddress(address))
            let own = try stage.kernel.changes { $0.isAddress(address, isThere: true) }
            try expect(own.filter { $0.isAddress(address, isThere: true) }.map(\.cause), [.ourselves])
            let told = try stage.others.changes { $0.isAddress(address, isThere: true) }
            try expect(told.contains { if case .port = $0.cause { true } else { false } })
            try stage.others.make(.removeAddress(address))
            let gone = try stage.kernel.changes { $0.isAddress(address, isThere: false) }
            try expect(gone.contains { if case .port = $0.cause { true } else { false } })
        },
        LinkPromise("settings of an interface are told and set") { stage in
            for kind in [
                InterfaceSetting.Kind.ignoredARP, .filtersARP, .acceptsOwnSources, .reversePath, .promotesSecondaries,
                .addressGeneration,
            ] {
                try stage.kernel.make(.set(InterfaceSetting(kind, 1, of: "eth1")))
                let state = try stage.kernel.look(.links, makers: []).interfaces.first { $0.name == "eth1" }
                try expect(state?.settings[kind], 1)
            }
        },
        LinkPromise("an interface that comes, is renamed and goes is told of") { stage in
            try stage.makeInterface("eth2")
            _ = try stage.kernel.changes {
                if case .interface(let state) = $0.subject { state.name == "eth2" && state.isUsable } else { false }
            }
            try stage.rename("eth2", to: "eth3")
            _ = try stage.kernel.changes {
                if case .interface(let state) = $0.subject { state.name == "eth3" } else { false }
            }
            let address = try LinkAddress("10.1.0.1", on: "eth3")
            try stage.kernel.make(.addAddress(address))
            _ = try stage.kernel.changes { $0.isAddress(address, isThere: true) }
            try stage.removeInterface("eth3")
            _ = try stage.kernel.changes {
                if case .interfaceGone(let state) = $0.subject { state.name == "eth3" } else { false }
            }
        },
        LinkPromise("an interface that is switched off and on is told of") { stage in
            try stage.kernel.make(.switchLink("eth0", isOn: false))
            _ = try stage.kernel.changes {
                if case .interface(let state) = $0.subject { !state.flags.contains(.up) } else { false }
            }
            try stage.kernel.make(.switchLink("eth0", isOn: true))
            _ = try stage.kernel.changes {
                if case .interface(let state) = $0.subject { state.flags.contains(.up) } else { false }
            }
        },
        LinkPromise("a thousand addresses are set, read and removed") { stage in
            let addresses = try (0..<1000).map { try LinkAddress("10.1.\($0 / 250).\($0 % 250 + 1)") }
            try expect(stage.kernel.apply(addresses.map { .addAddress($0) }).failures, [])
            try expect(Set(try stage.kernel.addresses()), Set(addresses))
            try expect(stage.kernel.apply(addresses.map { .removeAddress($0) }).failures, [])
            try expect(try stage.kernel.addresses(), [])
        },
    ]
}

extension LinkChange {
    /// Whether it tells that an address came or went.
    func isAddress(_ address: LinkAddress, isThere: Bool) -> Bool {
        switch subject {
        case .address(let state): isThere && state.address.address == address.address
        case .addressGone(let state): !isThere && state.address.address == address.address
        default: false
        }
    }
}
