import Addresses
import LinkStages
import Links
import TestKit
import Testing
import Time

/// Owners that change their minds, and other programs that interfere; the argument is the seed.
struct KeepingPropertyTests {
    /// What others set, which nobody may touch.
    private static let foreignMaker: UInt8 = 4

    @Test(arguments: [UInt64](1...200))
    func whatIsWantedIsThereAndNothingElseIsTouched(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let stage = SimulatedStage()
        let keeper = LinksKeeper(stage.kernel, LinksMirror(), clock: { stage.now })
        var wishes: [String: LinkWish] = [:]
        // With the last address of an interface the kernel drops its routes, whosever they are.
        try stage.others.make(.addAddress(try LinkAddress("10.200.0.50/24")))
        for _ in 0..<40 {
            try act(&random, stage, keeper, &wishes)
            let foreign = try self.foreign(stage)
            for _ in 0..<4 {
                _ = try keeper.turn()
                stage.wait(.seconds(30))
            }
            let now = try self.foreign(stage)
            #expect(now == foreign, "seed \(seed): \(now) and before \(foreign)")
            guard try stage.others.look(.links, makers: []).interfaces.allSatisfy({ $0.flags.contains(.up) })
            else { continue }
            try check(stage, wishes, seed)
        }
    }

    private func act(
        _ random: inout SeededGenerator,
        _ stage: SimulatedStage,
        _ keeper: LinksKeeper,
        _ wishes: inout [String: LinkWish]
    ) throws {
        switch Int.random(in: 0..<10, using: &random) {
        case 0...3:
            let owner = ["VI_1", "VI_2", "VI_3"][Int.random(in: 0..<3, using: &random)]
            let wish = try random.once(in: 4) ? LinkWish() : random.wish()
            wishes[owner] = wish
            keeper.want(wish, of: .router(owner))
        case 4:
            let last = try LinkAddress("10.200.0.50/24")
            let all = try stage.others.look(.links, makers: []).addresses.filter { $0.address != last }
            if let victim = all.randomElement(using: &random) { try stage.others.make(.removeAddress(victim.address)) }
        case 5:
            let found = try stage.others.look([.routes, .rules], makers: [18, Self.foreignMaker])
            if let victim = found.routes.randomElement(using: &random) { try stage.others.make(.removeRoute(victim)) }
            if let victim = found.rules.randomElement(using: &random) { try stage.others.make(.removeRule(victim)) }
        case 6:
            let number = Int.random(in: 50..<54, using: &random)
            try stage.others.make(.addAddress(try LinkAddress("10.1.0.\(number)/24")))
        case 7:
            var route = try Route(to: "10.\(Int.random(in: 100..<104, using: &random)).0.0/16")
            route.maker = Self.foreignMaker
            _ = stage.others.apply([.addRoute(route)])
        case 8:
            let isOn = random.once(in: 2)
            try stage.others.make(.switchLink("eth1", isOn: isOn), .switchLink("eth0", isOn: true))
            if random.once(in: 4) {
                stage.removeInterface("eth1")
                stage.makeInterface("eth1")
            }
        default:
            stage.simulated.loseChanges()
        }
    }

    /// What is not ours.
    private func foreign(_ stage: SimulatedStage) throws -> (Set<LinkAddress>, Set<Route>) {
        let found = try stage.others.look(.all, makers: [Self.foreignMaker])
        let addresses = found.addresses.map(\.address).filter { address in
            if case .v4(let number) = address.address { (50..<54).contains(number.value & 0xff) } else { false }
        }
        return (Set(addresses), Set(found.routes))
    }

    private func check(_ stage: SimulatedStage, _ wishes: [String: LinkWish], _ seed: UInt64) throws {
        let found = try stage.others.look(.all, makers: [18])
        let addresses = Set(found.addresses.map(\.address).map(\.identity))
        let wanted = Set(wishes.values.flatMap { $0.addresses.map(\.value.identity) })
        let foreign = try Set(self.foreign(stage).0.map(\.identity))
        #expect(addresses.subtracting(foreign) == wanted, "seed \(seed)")
        for wish in wishes.values {
            for part in wish.routes {
                #expect(
                    found.routes.contains { part.value.isFound(as: $0) },
                    "seed \(seed): \(part.value) with \(addresses) and \(found.routes)"
                )
            }
        }
        let routes = wishes.values.flatMap { $0.routes.map(\.value) }
        #expect(found.routes.allSatisfy { found in routes.contains { $0.isFound(as: found) } }, "seed \(seed)")
        let rules = Set(wishes.values.flatMap { $0.rules.map(\.value.asFound) })
        #expect(Set(found.rules.map(\.asFound)) == rules, "seed \(seed)")
    }
}

extension LinkAddress {
    fileprivate var identity: String { "\(address)/\(prefixLength) \(interface)" }
}

extension SeededGenerator {
    fileprivate mutating func wish() throws -> LinkWish {
        var wish = LinkWish()
        let pool = [
            "10.1.0.1/24", "10.1.0.2/24", "10.1.0.3/24", "10.1.0.4/24", "10.2.0.1/24", "10.2.0.2/24", "10.3.0.1",
            "2001:db8::1", "2001:db8::2/64",
        ]
        for text in pool.shuffled(using: &self) where once(in: 2) {
            wish.addresses.append(.init(try LinkAddress(text, on: once(in: 4) ? "eth1" : "eth0")))
        }
        for number in 20..<24 where once(in: 3) {
            var route = try Route(to: "10.\(number).0.0/16", on: once(in: 3) ? "eth1" : "eth0")
            if once(in: 3) {
                route.source = wish.addresses.first { $0.value.address.family == .ipv4 }?.value.address
            }
            wish.routes.append(.init(route))
        }
        for number: UInt32 in 100..<103 where once(in: 3) {
            wish.rules.append(.init(RoutingRule(.ipv4, priority: number, action: .lookup(number))))
        }
        return wish
    }
}
