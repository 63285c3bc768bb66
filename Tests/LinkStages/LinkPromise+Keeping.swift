import Addresses
import Links
import TestKit

extension LinkPromise {
    static let keeping: [LinkPromise] = [
        LinkPromise("what is wanted is there, and gone when it is not wanted any more") { stage in
            let kept = KeptLinks(stage)
            var wish = try LinkWish.addresses("10.1.0.1/24", "2001:db8::1")
            wish.routes = [.init(try Route(to: "10.9.0.0/16", via: "10.1.0.2"))]
            wish.rules = [.init(RoutingRule(.ipv4, priority: 100, action: .lookup(100)))]
            try kept.want(wish)
            try expect(try stage.kernel.has("10.1.0.1/24") && stage.kernel.has("2001:db8::1"))
            try expect([try stage.kernel.routes().count, try stage.kernel.rules().count], [1, 1])
            try expect(kept.takeEvents().map(\.name), ["settled"])
            // Nothing is done twice.
            try kept.turn()
            try expect(kept.takeEvents(), [])
            try kept.want(LinkWish())
            try expect(try stage.kernel.addresses(), [])
            try expect(try stage.kernel.routes().isEmpty && stage.kernel.rules().isEmpty)
        },
        LinkPromise("an address that another program deletes is put back, and who did it is told") { stage in
            let kept = KeptLinks(stage)
            try kept.want(try .addresses("10.1.0.1/24", "2001:db8::1"))
            _ = kept.takeEvents()
            for text in ["10.1.0.1/24", "2001:db8::1"] {
                stage.wait()
                try stage.others.make(.removeAddress(try LinkAddress(text)))
                try kept.turn { try stage.kernel.has(text) }
                try kept.turn()
                let names = kept.takeEvents().map(\.name)
                try expect(names, ["taken", "restored"])
            }
        },
        LinkPromise("one deletion that takes secondary addresses along is told once") { stage in
            let kept = KeptLinks(stage)
            try kept.want(try .addresses("10.1.0.1/24", "10.1.0.2/24", "10.1.0.3/24"))
            _ = kept.takeEvents()
            try stage.others.make(.removeAddress(try LinkAddress("10.1.0.1/24")))
            try kept.turn { try stage.kernel.addresses().count == 3 }
            let taken = kept.events.filter { $0.name == "taken" }
            try expect(taken.count, 1)
            try expect(kept.takenEntries().count, 3)
        },
        LinkPromise("all addresses that are flushed come back, with the routes that went with them") { stage in
            let kept = KeptLinks(stage)
            var wish = try LinkWish.addresses("10.1.0.1/24", "10.1.0.2/24", "10.2.0.1")
            var route = try Route(to: "10.9.0.0/16", via: "10.1.0.2")
            route.source = IPAddress("10.2.0.1")
            wish.routes = [.init(route)]
            try kept.want(wish)
            for address in try stage.others.addresses() { try stage.others.make(.removeAddress(address)) }
            try kept.turn { try stage.kernel.addresses().count == 3 && stage.kernel.routes().count == 1 }
        },
        LinkPromise("what the kernel takes along with an address of ours comes back, whosever it is") { stage in
            let kept = KeptLinks(stage)
            try kept.want(try .addresses("10.1.0.1/24"), of: "VI_1")
            var foreign = try LinkAddress("10.1.0.50/24")
            foreign.label = "eth0:op"
            try stage.others.make(.addAddress(foreign))
            try kept.want(try .addresses("10.1.0.2/24"), of: "VI_2")
            _ = kept.takeEvents()
            try kept.want(LinkWish(), of: "VI_1")
            try expect(Set(try stage.kernel.addresses()), [foreign, try LinkAddress("10.1.0.2/24")])
            // It was our own doing.
            try expect(kept.takeEvents().map(\.name), ["settled"])
        },
        LinkPromise("a route or a rule that another program deletes is put back") { stage in
            let kept = KeptLinks(stage)
            var wish = try LinkWish.addresses("10.1.0.1/24")
            let route = try Route(to: "10.9.0.0/16", via: "10.1.0.2")
            let rule = RoutingRule(.ipv4, priority: 100, action: .lookup(100))
            wish.routes = [.init(route)]
            wish.rules = [.init(rule)]
            try kept.want(wish)
            _ = kept.takeEvents()
            try stage.others.make(.removeRoute(route))
            try kept.turn { try stage.kernel.routes().count == 1 }
            try expect(kept.takenEntries(), [.route(route)])
            try stage.others.make(.removeRule(rule))
            try kept.turn { try stage.kernel.rules().count == 1 }
            try expect(kept.takenEntries(), [.rule(rule)])
        },
        LinkPromise("what is not tracked stays away when it was taken away, until it is wanted anew") { stage in
            let kept = KeptLinks(stage)
            var wish = try LinkWish.addresses("10.1.0.1/24", "10.2.0.1/24")
            wish.addresses[0].isTracked = false
            try kept.want(wish)
            _ = kept.takeEvents()
            try stage.others.make(.removeAddress(try LinkAddress("10.1.0.1/24")))
            try stage.others.make(.removeAddress(try LinkAddress("10.2.0.1/24")))
            try kept.turn { try stage.kernel.has("10.2.0.1/24") }
            try expect(try stage.kernel.has("10.1.0.1/24"), false)
            try expect(kept.takenEntries().count, 1)
            try kept.want(LinkWish())
            try kept.want(wish)
            try expect(try stage.kernel.addresses().count, 2)
        },
        LinkPromise("routes are put back that went with an address of ours without a word") { stage in
            let kept = KeptLinks(stage)
            var wish = try LinkWish.addresses("10.1.0.1/24", "10.2.0.1/32")
            wish.routes = [.init(try Route(to: "10.9.0.0/16", via: "10.1.0.2"))]
            try kept.want(wish, of: "VI_1")
            var other = LinkWish()
            var route = try Route(to: "10.10.0.0/16", via: "10.1.0.2")
            route.source = IPAddress("10.2.0.1")
            other.routes = [.init(route)]
            try kept.want(other, of: "VI_2")
            try expect(try stage.kernel.routes().count, 2)
            // The address moves to another owner in the same breath: it is deleted nowhere.
            _ = kept.takeEvents()
            try stage.others.make(.removeAddress(try LinkAddress("10.2.0.1/32")))
            try kept.turn { try stage.kernel.routes().count == 2 }
            try expect(try stage.kernel.has("10.2.0.1/32"))
        },
        LinkPromise("what two owners want goes when the last of them does not want it any more") { stage in
            let kept = KeptLinks(stage)
            var wish = try LinkWish.addresses("10.1.0.1/24")
            wish.routes = [.init(try Route(to: "10.9.0.0/16", via: "10.1.0.2"))]
            wish.rules = [.init(RoutingRule(.ipv4, priority: 100, action: .lookup(100)))]
            try kept.want(wish, of: "VI_1")
            try kept.want(wish, of: "VI_2")
            _ = try stage.others.takeChanges()
            try kept.want(LinkWish(), of: "VI_1")
            try expect(try stage.others.takeChanges(), [])
            try expect(try stage.kernel.routes().count, 1)
            try kept.want(LinkWish(), of: "VI_2")
            try expect(try stage.kernel.routes().isEmpty && stage.kernel.addresses().isEmpty)
        },
        LinkPromise("an earlier life is taken up without a change, and what it left that nobody wants goes") { stage in
            let address = try LinkAddress("10.1.0.1/24")
            let stale = try LinkAddress("10.7.0.1/24")
            let foreign = try LinkAddress("10.8.0.1/24")
            let route = try Route(to: "10.9.0.0/16", via: "10.1.0.2")
            let staleRoute = try Route(to: "10.10.0.0/16", via: "10.1.0.2")
            var foreignRoute = try Route(to: "10.11.0.0/16", via: "10.1.0.2")
            foreignRoute.maker = 4
            let staleRule = RoutingRule(.ipv4, priority: 100, action: .lookup(100))
            try stage.others.make(
                .addAddress(address),
                .addAddress(stale),
                .addAddress(foreign),
                .addRoute(route),
                .addRoute(staleRoute),
                .addRoute(foreignRoute),
                .addRule(staleRule)
            )
            let kept = KeptLinks(stage)
            kept.keeper.claim([address, stale])
            var wish = try LinkWish.addresses("10.1.0.1/24")
            wish.routes = [.init(route)]
            _ = try stage.others.takeChanges()
            _ = try stage.others.look(.all, makers: [18, 4])
            try kept.want(wish)
            let told = try stage.others.takeChanges()
            try expect(
                told.contains { $0.isAddress(address, isThere: false) || $0.isAddress(address, isThere: true) },
                false
            )
            try expect(Set(try stage.kernel.addresses()), [address, foreign])
            try expect(try stage.kernel.routes().map(\.place), [route.place])
            try expect([try stage.kernel.routes(by: 4).count, try stage.kernel.rules().count], [1, 0])
            try expect(kept.takeEvents().map(\.name).sorted(), ["settled", "swept", "swept", "swept"])
        },
        LinkPromise("what stands on an interface that comes again comes again") { stage in
            try stage.makeInterface("eth2")
            let kept = KeptLinks(stage)
            var wish = try LinkWish.addresses("10.1.0.1/24", on: "eth2")
            wish.routes = [.init(try Route(to: "10.9.0.0/16", via: "10.1.0.2", on: "eth2"))]
            try kept.want(wish)
            try stage.removeInterface("eth2")
            try kept.turn()
            try stage.makeInterface("eth2")
            try kept.turn { try stage.kernel.routes().count == 1 }
            try expect(try stage.kernel.has("10.1.0.1/24", on: "eth2"))
        },
        LinkPromise("an interface that gets the name which is waited for gets the addresses") { stage in
            let kept = KeptLinks(stage)
            try kept.want(try .addresses("10.1.0.1/24", on: "eth2"))
            try expect(kept.takeEvents(), [])
            try stage.makeInterface("eth3")
            try kept.turn()
            try stage.rename("eth3", to: "eth2")
            try kept.turn { try stage.kernel.has("10.1.0.1/24", on: "eth2") }
            try expect(kept.takeEvents().map(\.name), ["settled"])
        },
        LinkPromise("routes come back when their interface is on again") { stage in
            let kept = KeptLinks(stage)
            var wish = try LinkWish.addresses("10.1.0.1/24", "2001:db8::1/64")
            wish.routes = [
                .init(try Route(to: "10.9.0.0/16", via: "10.1.0.2")),
                .init(try Route(to: "2001:db8:9::/48", via: "2001:db8::2")),
            ]
            try kept.want(wish)
            try kept.turn { try stage.kernel.routes().count == 2 }
            _ = kept.takeEvents()
            try stage.others.make(.switchLink("eth0", isOn: false))
            try kept.turn()
            stage.wait()
            try kept.turn()
            try stage.others.make(.switchLink("eth0", isOn: true))
            try kept.turn { try stage.kernel.routes().count == 2 && stage.kernel.has("2001:db8::1/64") }
            try expect(kept.takenEntries(), [])
        },
        LinkPromise("settings are what they were when nobody wants them any more") { stage in
            try stage.others.make(.set(InterfaceSetting(.ignoredARP, 2, of: "eth0")))
            let kept = KeptLinks(stage)
            var wish = LinkWish()
            wish.settings = [
                InterfaceSetting(.promotesSecondaries, 1, of: "eth0"), InterfaceSetting(.ignoredARP, 1, of: "eth0"),
            ]
            func settings() throws -> [UInt32?] {
                let state = try stage.kernel.look(.links, makers: []).interfaces.first { $0.name == "eth0" }
                return [state?.settings[.promotesSecondaries], state?.settings[.ignoredARP]]
            }
            let before = try settings()
            try kept.want(wish, of: "VI_1")
            try kept.want(wish, of: "VI_2")
            try kept.want(LinkWish(), of: "VI_1")
            try expect(try settings(), [1, 1])
            try kept.want(LinkWish(), of: "VI_2")
            try expect(try settings(), before)
        },
        LinkPromise("an address whose label is wanted otherwise is set anew, and one in other ways is changed") {
            stage in
            let kept = KeptLinks(stage)
            var wish = try LinkWish.addresses("10.1.0.1/24", "2001:db8::1")
            try kept.want(wish)
            wish.addresses[0].value.label = "eth0:x"
            wish.addresses[1].value.preferredLifetime = 0
            _ = kept.takeEvents()
            stage.wait()
            try kept.want(wish)
            let found = try stage.kernel.addresses()
            try expect(Set(found), Set(wish.addresses.map(\.value)))
            try kept.turn()
            try expect(kept.takeEvents().map(\.name), ["settled"])
        },
    ]
}

extension LinkEvent {
    /// What kind of event it is.
    var name: String {
        switch self {
        case .taken: "taken"
        case .restored: "restored"
        case .settled: "settled"
        case .failed: "failed"
        case .made: "made"
        case .swept: "swept"
        }
    }
}
