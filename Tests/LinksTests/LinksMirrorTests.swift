import Addresses
import LinkStages
import Links
import TestKit
import Testing
import Time

/// What a mirror says is to be done, step by step.
struct LinksMirrorTests {
    private static let eth0 = InterfaceState(index: 2, name: "eth0", flags: [.up, .running])
    private let owner = LinkOwner.router("VI_1")

    private func moment(_ milliseconds: Int64) -> MonotonicTime {
        MonotonicTime(nanoseconds: milliseconds * 1_000_000)
    }

    private func wish() throws -> LinkWish {
        var wish = LinkWish()
        wish.addresses = try [.init(LinkAddress("10.1.0.1/24")), .init(LinkAddress("10.1.0.2/24"))]
        wish.routes = [.init(try Route(to: "10.9.0.0/16", via: "10.1.0.9"))]
        wish.rules = [.init(RoutingRule(.ipv4, priority: 100, action: .lookup(100)))]
        return wish
    }

    /// A mirror that has looked at a machine with one interface.
    private func lookedMirror(_ addresses: [LinkAddress] = []) -> LinksMirror {
        var mirror = LinksMirror()
        mirror.looked(snapshot(addresses), at: moment(0))
        return mirror
    }

    private func snapshot(_ addresses: [LinkAddress] = []) -> LinksSnapshot {
        var snapshot = LinksSnapshot()
        snapshot.interfaces = [Self.eth0]
        snapshot.addresses = addresses.map { AddressState($0, interface: 2) }
        return snapshot
    }

    @Test func addressesComeBeforeRoutesBeforeRulesAndGoTheOtherWayRound() throws {
        var mirror = lookedMirror()
        let wish = try wish()
        mirror.want(wish, of: owner, at: moment(1))
        let up = mirror.steps(at: moment(1))
        #expect(
            up == [
                .addAddress(wish.addresses[0].value), .addAddress(wish.addresses[1].value),
                .addRoute(wish.routes[0].value), .addRule(wish.rules[0].value),
            ]
        )
        mirror.applied(LinkReport(up), at: moment(3))
        #expect(mirror.steps(at: moment(3)) == [])
        #expect(mirror.takeEvents() == [.settled(owner, after: .milliseconds(2))])
        #expect(mirror.has(wish.addresses[1].value, of: owner))
        mirror.want(LinkWish(), of: owner, at: moment(4))
        #expect(
            mirror.steps(at: moment(4)).map(\.kind) == ["removeRule", "removeRoute", "removeAddress", "removeAddress"]
        )
    }

    @Test func nothingIsDoneBeforeEverythingWasLookedAt() throws {
        var mirror = LinksMirror()
        mirror.want(try wish(), of: owner, at: moment(0))
        #expect(mirror.wantedLook == .all)
        #expect(mirror.steps(at: moment(0)) == [])
        var links = snapshot()
        links.parts = .links
        mirror.looked(links, at: moment(0))
        #expect(mirror.steps(at: moment(0)) == [])
        mirror.looked(LinksSnapshot([.routes, .rules]), at: moment(0))
        #expect(mirror.steps(at: moment(0)).count == 4)
    }

    @Test func theSameWishAgainIsNone() throws {
        var mirror = lookedMirror()
        mirror.want(try wish(), of: owner, at: moment(1))
        mirror.applied(LinkReport(mirror.steps(at: moment(1))), at: moment(1))
        _ = mirror.steps(at: moment(1))
        _ = mirror.takeEvents()
        mirror.want(try wish(), of: owner, at: moment(2))
        #expect(mirror.steps(at: moment(2)) == [])
        #expect(mirror.takeEvents() == [])
    }

    @Test func whatFailsIsToldOnceAndTriedAgainEverLater() throws {
        var mirror = lookedMirror()
        var wish = LinkWish()
        wish.routes = [.init(try Route(to: "10.9.0.0/16", via: "10.1.0.9"))]
        mirror.want(wish, of: owner, at: moment(0))
        var tries: [Int64] = []
        for time in stride(from: Int64(0), through: 120_000, by: 100) {
            let steps = mirror.steps(at: moment(time))
            guard !steps.isEmpty else { continue }
            tries.append(time)
            let failures = [LinkReport.Failure(index: 0, error: .refused(101))]
            mirror.applied(LinkReport(steps, failures: failures), at: moment(time))
        }
        #expect(tries == [0, 100, 300, 700, 1500, 3100, 6300, 12700, 25500, 51100, 81100, 111_100])
        #expect(mirror.takeEvents() == [.failed(.route(wish.routes[0].value), of: owner, .refused(101))])
        // Something that it may have waited for: it is tried at once.
        let address = AddressState(try LinkAddress("10.1.0.1/24"), interface: 2)
        mirror.saw([LinkChange(.address(address), by: .port(1))], at: moment(130_000))
        #expect(mirror.steps(at: moment(130_000)).count == 1)
    }

    @Test func whatHasNoEffectIsNotDoneWithoutEnd() throws {
        var mirror = lookedMirror()
        var wish = LinkWish()
        wish.addresses = [.init(try LinkAddress("10.1.0.1/24"))]
        mirror.want(wish, of: owner, at: moment(0))
        var tries = 0
        for time in stride(from: Int64(0), through: 10_000, by: 10) {
            let steps = mirror.steps(at: moment(time))
            tries += steps.count
            mirror.applied(LinkReport(steps), at: moment(time))
            // It is not there, and nobody said that it went.
            mirror.looked(snapshot(), at: moment(time))
        }
        #expect(tries < 20)
    }

    @Test func aLossThatWasMissedIsToldWhenEverythingWasReadAgain() throws {
        let address = try LinkAddress("10.1.0.1/24")
        var mirror = lookedMirror([address])
        var wish = LinkWish()
        wish.addresses = [.init(address)]
        mirror.want(wish, of: owner, at: moment(0))
        _ = mirror.steps(at: moment(0))
        _ = mirror.takeEvents()
        mirror.saw([LinkChange(.overrun(.all), by: .kernel)], at: moment(5))
        #expect(mirror.wantedLook == .all)
        mirror.looked(snapshot(), at: moment(6))
        #expect(mirror.takeEvents() == [.taken([.address(address)], from: owner, by: .kernel)])
        #expect(mirror.steps(at: moment(6)) == [.addAddress(address)])
    }

    /// A program that replaces an address deletes it and sets it in one breath: nothing was taken away.
    @Test func whatCameBackMeanwhileWasNotTaken() throws {
        let address = try LinkAddress("10.1.0.1/24")
        var mirror = lookedMirror([address])
        var wish = LinkWish()
        wish.addresses = [.init(address)]
        mirror.want(wish, of: owner, at: moment(0))
        _ = mirror.steps(at: moment(0))
        _ = mirror.takeEvents()
        let state = AddressState(address, interface: 2)
        mirror.saw(
            [LinkChange(.addressGone(state), by: .port(9)), LinkChange(.address(state), by: .port(9))],
            at: moment(5)
        )
        #expect(mirror.takeEvents() == [])
        #expect(mirror.steps(at: moment(6)) == [])
    }

    @Test func anAddressThatOthersChangeIsChangedBack() throws {
        var address = try LinkAddress("2001:db8::1")
        address.options = .skipsDuplicateDetection
        address.preferredLifetime = 0
        var mirror = lookedMirror()
        var wish = LinkWish()
        wish.addresses = [.init(address)]
        mirror.want(wish, of: owner, at: moment(0))
        mirror.applied(LinkReport(mirror.steps(at: moment(0))), at: moment(0))
        mirror.saw([LinkChange(.address(AddressState(address, interface: 2)), by: .ourselves)], at: moment(1))
        #expect(mirror.steps(at: moment(1)) == [])
        var changed = address
        changed.preferredLifetime = nil
        mirror.saw([LinkChange(.address(AddressState(changed, interface: 2)), by: .port(9))], at: moment(2))
        #expect(mirror.steps(at: moment(2)) == [.changeAddress(address)])
    }

    @Test func anAddressThatIsClaimedLaterGoesUnlessItIsWanted() throws {
        let (first, second) = (try LinkAddress("10.1.0.1/24"), try LinkAddress("10.2.0.1/24"))
        var mirror = lookedMirror([first, second])
        #expect(mirror.steps(at: moment(0)) == [])
        var wish = LinkWish()
        wish.addresses = [.init(second)]
        mirror.want(wish, of: owner, at: moment(1))
        mirror.claim([first, second])
        #expect(mirror.steps(at: moment(1)) == [.removeAddress(first)])
    }

    /// Secondary addresses are promoted meanwhile; they are set again behind it for a kernel that would not promote them.
    @Test func firstAddressesGoWithoutTheirSecondaryOnes() throws {
        var mirror = lookedMirror()
        var wish = LinkWish()
        wish.addresses = try ["10.1.0.1/24", "10.1.0.2/24", "10.2.0.1/24", "10.2.0.2/24"].map {
            .init(try LinkAddress($0))
        }
        mirror.want(wish, of: owner, at: moment(0))
        mirror.applied(LinkReport(mirror.steps(at: moment(0))), at: moment(0))
        for place in [1, 3] {
            var state = AddressState(wish.addresses[place].value, interface: 2)
            state.isSecondary = true
            mirror.saw([LinkChange(.address(state), by: .ourselves)], at: moment(0))
        }
        let all = wish.addresses.map(\.value)
        wish.addresses = [wish.addresses[1], wish.addresses[3]]
        mirror.want(wish, of: owner, at: moment(1))
        #expect(
            mirror.steps(at: moment(1)) == [
                .set(InterfaceSetting(.promotesSecondaries, 1, of: "eth0")),
                .removeAddress(all[0]), .addAddress(all[1]), .removeAddress(all[2]), .addAddress(all[3]),
                .set(InterfaceSetting(.promotesSecondaries, 0, of: "eth0")),
            ]
        )
    }

    /// A route is known as ours in whatever words the kernel tells it, lest it is removed and set without end.
    @Test func aRouteThatTheKernelTellsInOtherWordsIsOneOfOurs() throws {
        var mirror = lookedMirror()
        var wish = LinkWish()
        var route = try Route(to: "10.9.0.0/16")
        route.metrics = [Route.Metric(kind: 2, value: 100_000)]
        wish.routes = [.init(route)]
        mirror.want(wish, of: owner, at: moment(0))
        mirror.applied(LinkReport(mirror.steps(at: moment(0))), at: moment(0))
        var told = route
        told.scope = 253
        told.metrics = [Route.Metric(kind: 2, value: 65_520)]
        mirror.saw([LinkChange(.route(told), by: .ourselves)], at: moment(0))
        #expect(mirror.steps(at: moment(0)) == [])
        mirror.saw([LinkChange(.routeGone(told), by: .port(9))], at: moment(1))
        #expect(mirror.steps(at: moment(1)) == [.addRoute(route)])
        mirror.applied(LinkReport([.addRoute(route)]), at: moment(1))
        mirror.saw([LinkChange(.route(told), by: .ourselves)], at: moment(1))
        mirror.want(LinkWish(), of: owner, at: moment(2))
        #expect(mirror.steps(at: moment(2)) == [.removeRoute(told)])
    }

    /// The kernel's words for a route have more in them than those of the wish.
    @Test func aRouteThatGoesInTheKernelsWordsIsPutBack() throws {
        var mirror = lookedMirror()
        var wish = LinkWish()
        wish.routes = [.init(try Route(to: "10.9.0.0/16"))]
        mirror.want(wish, of: owner, at: moment(0))
        mirror.applied(LinkReport(mirror.steps(at: moment(0))), at: moment(0))
        var told = wish.routes[0].value
        told.scope = 253
        mirror.saw([LinkChange(.route(told), by: .ourselves)], at: moment(0))
        mirror.saw([LinkChange(.routeGone(told), by: .port(9))], at: moment(1))
        #expect(mirror.steps(at: moment(1)) == [.addRoute(wish.routes[0].value)])
    }

    @Test func routesAreReadAgainAfterEachOwnChangeOfAddresses() throws {
        var mirror = lookedMirror()
        mirror.want(try wish(), of: owner, at: moment(1))
        mirror.applied(LinkReport(mirror.steps(at: moment(1))), at: moment(1))
        #expect(mirror.wantedLook == .routes)
    }
}

extension LinkStep {
    /// What kind of step it is.
    fileprivate var kind: String { String("\(self)".prefix { $0 != "(" }) }
}
