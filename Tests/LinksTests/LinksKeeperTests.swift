import Addresses
import LinkStages
import Links
import Testing
import Time

/// A keeper on a kernel that does not do as it is told, or does more than it can tell.
struct LinksKeeperTests {
    private let stage = SimulatedStage()

    private func keeper() -> LinksKeeper {
        LinksKeeper(stage.kernel, LinksMirror(), clock: { [stage] in stage.now })
    }

    @Test func aSettingThatCannotBeWrittenKeepsNothingElse() throws {
        // As with a unit that may not write to /proc/sys.
        stage.simulated.refusal = { step in
            if case .set(let setting) = step, setting.kind == .disablesIPv6 { .refused(30) } else { nil }
        }
        let keeper = keeper()
        var link = MadeLink(
            "vrrp.51",
            on: "eth0",
            .macvlan(hardwareAddress: [0, 0, 0x5e, 0, 1, 51]),
            family: .ipv4
        )
        link.prefix = "vrrp"
        var wish = LinkWish()
        wish.links = [link]
        wish.addresses = [.init(try LinkAddress("10.1.0.1/24", on: "vrrp.51"))]
        keeper.want(wish, of: .router("VI_1"))
        var events: [LinkEvent] = []
        for _ in 0..<5 {
            events += try keeper.turn().events
            stage.wait()
        }
        #expect(try stage.kernel.has("10.1.0.1/24", on: "vrrp.51"))
        let told = events.filter { if case .failed = $0 { true } else { false } }
        #expect(told.count == 1)
        #expect(events.contains { if case .settled = $0 { true } else { false } })
    }

    @Test func whoUndoesEveryStepAtOnceIsNotFoughtWithoutARest() throws {
        let contrary = ContraryKernel(stage)
        let keeper = LinksKeeper(contrary, LinksMirror(), clock: { [stage] in stage.now })
        var wish = LinkWish()
        wish.addresses = [.init(try LinkAddress("10.1.0.1/24"))]
        keeper.want(wish, of: .router("VI_1"))
        _ = try keeper.turn()
        let count = contrary.count
        #expect(count <= 32)
        #expect(keeper.nextMoment == stage.now + .seconds(1))
        _ = try keeper.turn()
        #expect(contrary.count == count)
        // When the other one has had enough, the address is there after the rest.
        contrary.isContrary = false
        stage.wait(.seconds(1))
        _ = try keeper.turn()
        #expect(try stage.kernel.has("10.1.0.1/24"))
        #expect(keeper.nextMoment == nil)
    }

    @Test func aLinkThatCannotBeSwitchedOnIsTold() throws {
        // As where another macvlan of its parent has the same hardware address.
        stage.simulated.refusal = { if case .switchLink = $0 { .refused(98) } else { nil } }
        let keeper = keeper()
        var wish = LinkWish()
        let mac: [UInt8] = [0, 0, 0x5e, 0, 1, 51]
        wish.links = [MadeLink("vrrp.51", on: "eth0", .macvlan(hardwareAddress: mac), family: .ipv4)]
        keeper.want(wish, of: .router("VI_1"))
        let events = try keeper.turn().events + keeper.turn().events
        #expect(events.contains(.failed(.link(wish.links[0]), of: .router("VI_1"), .refused(98))))
    }

    @Test func whoMakesChangesWithoutEndDoesNotHaveEverythingReadWithoutEnd() throws {
        let keeper = keeper()
        var wish = LinkWish()
        wish.addresses = [.init(try LinkAddress("10.1.0.1/24"))]
        keeper.want(wish, of: .statics)
        _ = try keeper.turn()
        let before = stage.simulated.lookCount
        for _ in 0..<100 {
            stage.simulated.loseChanges()
            _ = try keeper.turn()
        }
        // No time passes here; each look was free, so that each loss is worth one.
        #expect(stage.simulated.lookCount - before <= 100)
        #expect(keeper.nextMoment == nil)
    }

    /// A thousand addresses that come and go cost in proportion.
    @Test func aThousandAddressesAreSetInOneTurn() throws {
        let keeper = keeper()
        var wish = LinkWish()
        wish.addresses = try (0..<1000).map { .init(try LinkAddress("10.1.\($0 / 250).\($0 % 250 + 1)")) }
        keeper.want(wish, of: .router("VI_1"))
        _ = try keeper.turn()
        #expect(stage.simulated.stepCount == 1000)
        let start = ContinuousClock.now
        keeper.want(LinkWish(), of: .router("VI_1"))
        _ = try keeper.turn()
        #expect(stage.simulated.stepCount == 2000)
        #expect(try stage.kernel.addresses() == [])
        #expect(ContinuousClock.now - start < .seconds(20))
    }

    @Test func aTurnAfterAnInterfaceOfOthersChangesNothing() throws {
        let keeper = keeper()
        var wish = LinkWish()
        wish.addresses = [.init(try LinkAddress("10.1.0.1/24"))]
        wish.routes = [.init(try Route(to: "10.9.0.0/16", via: "10.1.0.9"))]
        keeper.want(wish, of: .statics)
        _ = try keeper.turn()
        let before = stage.simulated.stepCount
        for number in 0..<10 {
            stage.makeInterface("veth\(number)")
            _ = try keeper.turn()
            stage.removeInterface("veth\(number)")
            _ = try keeper.turn()
        }
        #expect(stage.simulated.stepCount == before)
    }
}

/// A kernel on which another program takes away each address as soon as it was set.
private final class ContraryKernel: LinksKernel {
    var isContrary = true
    private(set) var count = 0
    private let stage: SimulatedStage

    init(_ stage: SimulatedStage) {
        self.stage = stage
    }

    func look(_ parts: LinkParts, makers: Set<UInt8>) throws(LinksError) -> LinksSnapshot {
        try stage.kernel.look(parts, makers: makers)
    }

    func apply(_ steps: [LinkStep]) -> LinkReport {
        count += 1
        let report = stage.kernel.apply(steps)
        guard isContrary else { return report }
        for case .addAddress(let address) in steps { _ = stage.others.apply([.removeAddress(address)]) }
        return report
    }

    func takeChanges() throws(LinksError) -> [LinkChange] { try stage.kernel.takeChanges() }
}
