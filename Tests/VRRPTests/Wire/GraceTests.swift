import Addresses
import Failover
import Testing
import Time

@testable import VRRP

/// After a change of the configuration the old form is accepted too for a time, so that two routers are changed one after the other.
struct GraceTests {
    private static let old = VirtualRouter.test { $0.authentication = .password(Array("one".utf8)) }

    /// What changes, and the difference that is remarked of a peer that was not changed yet.
    struct Step: Sendable {
        var change: @Sendable (inout VirtualRouter) -> Void
        var difference: PeerDifference
    }

    static let steps = [
        Step(change: { $0.authentication = .password(Array("two".utf8)) }, difference: .password),
        Step(change: { $0.authentication = nil }, difference: .authentication(received: 1, own: 0)),
        Step(
            change: { $0.authentication = .header(Array("two".utf8)) },
            difference: .authentication(received: 0, own: 2)
        ),
        Step(
            change: { $0.interval = .seconds(2) },
            difference: .interval(received: .seconds(1), own: .seconds(2))
        ),
        Step(change: { $0.version = .three }, difference: .version(received: 2, own: 3)),
        Step(
            change: { $0.addresses = VirtualRouter.test(addresses: ["10.0.0.100", "10.0.0.101"]).addresses },
            difference: .addresses(missing: [IPAddress("10.0.0.101")].compactMap { $0 }, unknown: [])
        ),
        Step(
            change: {
                $0.addresses = VirtualRouter.test(addresses: ["10.0.0.100", "10.0.0.101"]).addresses
                $0.habits.isStrict = true
            },
            difference: .addressCount(received: 1, own: 2)
        ),
        Step(
            change: { $0.authentication = .trailer(TrailerSettings(keys: [1: Array(0..<32)], activeKey: 1)) },
            difference: .authentication(received: 1, own: 0)
        ),
    ]

    @Test(arguments: steps.indices)
    func theOldFormIsAcceptedForATime(index: Int) throws {
        let step = Self.steps[index]
        var new = Self.old
        step.change(&new)
        var receiver = AdvertisementReceiver(Self.old)
        receiver.changed(to: new, grace: .seconds(60), at: moment(100))
        #expect(receiver.isInGrace(at: moment(100)))
        #expect(receiver.verdict(on: new, at: 100).remarks == [])
        #expect(receiver.verdict(on: Self.old, at: 159).remarks == [.oldSetting(step.difference)])
        #expect(!receiver.isInGrace(at: moment(160)))
        let late = receiver.verdict(on: Self.old, at: 160)
        if let remarks = late.remarks {
            // A list of addresses that differs is accepted for ever.
            #expect(remarks.allSatisfy { $0.isOfAddresses })
        } else {
            #expect(late.reason?.difference == step.difference)
        }
    }

    @Test func whatNeverWasIsNotAccepted() throws {
        var new = Self.old
        new.authentication = .password(Array("two".utf8))
        var receiver = AdvertisementReceiver(Self.old)
        receiver.changed(to: new, grace: .seconds(60), at: moment(0))
        var other = Self.old
        other.authentication = .password(Array("three".utf8))
        #expect(receiver.verdict(on: other).reason == .password)
        var far = Self.old
        far.audience = .peers(["10.0.0.9": nil])
        #expect(receiver.verdict(on: far).reason == .password)
    }

    @Test func withoutGraceNothingOldIsAccepted() throws {
        var new = Self.old
        new.authentication = .password(Array("two".utf8))
        var receiver = AdvertisementReceiver(Self.old)
        receiver.changed(to: new, grace: .zero, at: moment(0))
        #expect(receiver.verdict(on: Self.old).reason == .password)
        #expect(!receiver.isInGrace(at: moment(0)))
    }

    @Test func severalChangesAreForgivenOneAfterTheOther() {
        var receiver = AdvertisementReceiver(Self.old)
        var forms = [Self.old]
        for (index, word) in ["two", "three", "four", "five", "six"].enumerated() {
            var next = Self.old
            next.authentication = .password(Array(word.utf8))
            receiver.changed(to: next, grace: .seconds(60), at: moment(Int64(index)))
            forms.append(next)
        }
        let accepted = forms.map { receiver.verdict(on: $0, at: 5).reason == nil }
        #expect(accepted == [false, true, true, true, true, true])
    }

    @Test func theSocketsOfTheOldFormStayOpen() {
        var new = Self.old
        new.authentication = .header(Array("two".utf8))
        var receiver = AdvertisementReceiver(Self.old)
        receiver.changed(to: new, grace: .seconds(60), at: moment(0))
        #expect(receiver.carriers(at: moment(59)) == [.vrrp, .authenticationHeader])
        #expect(receiver.carriers(at: moment(60)) == [.authenticationHeader])
    }

    /// What is no step, the peers, holds for what is old too.
    @Test func aNewListOfPeersHoldsAtOnce() throws {
        var old = Self.old
        old.audience = .peers(["10.0.0.9": nil])
        var new = old
        new.authentication = .password(Array("two".utf8))
        new.audience = .peers(["10.0.0.2": nil])
        var receiver = AdvertisementReceiver(old)
        receiver.changed(to: new, grace: .seconds(60), at: moment(0))
        #expect(receiver.verdict(on: old).reason == .password)
        #expect(receiver.verdict(on: old, from: "10.0.0.2").remarks == [.oldSetting(.password)])
    }

    @Test func anotherNumberIsAnotherRouter() throws {
        var new = Self.old
        new.routerID = 52
        var receiver = AdvertisementReceiver(Self.old)
        receiver.changed(to: new, grace: .seconds(60), at: moment(0))
        #expect(receiver.verdict(on: Self.old).reason == .unknownRouter(51))
    }

    @Test func whatWasPlayedIsNotPlayedAgainInItsOldForm() throws {
        var old = Self.old
        old.authentication = .header(Array("one".utf8))
        var new = old
        new.interval = .seconds(2)
        var receiver = AdvertisementReceiver(old)
        let packet = try #require(ReceivedPacket.first(of: old))
        #expect(receiver.check(packet).reason == nil)
        receiver.changed(to: new, grace: .seconds(60), at: moment(0))
        #expect(receiver.check(packet).reason != nil)
    }
}

private func moment(_ seconds: Int64) -> MonotonicTime {
    MonotonicTime(nanoseconds: seconds * 1_000_000_000)
}
