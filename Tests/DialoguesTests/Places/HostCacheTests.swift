import Addresses
import Testing
import Time

@testable import Dialogues

struct HostCacheTests {
    private let servers = (0..<100).map { IPAddress.v4(IPv4Address(value: 0x0a00_0000 + $0)) }
    private let found: [IPAddress] = [.v4(IPv4Address(value: 0xc000_0201))]
    private let start = MonotonicTime(nanoseconds: 1_000)
    private let away = HostCache.Failure(text: "away", isFinal: false)

    private func known() -> HostCache {
        var cache = HostCache()
        _ = cache.ask("a", for: servers[0], at: start)
        cache.lookedUp("a", .success(found), at: start)
        return cache
    }

    @Test func aNameIsLookedUpOnceForAll() {
        var cache = HostCache()
        #expect(cache.ask("a", for: servers[0], at: start) == .wait(asks: true))
        #expect(cache.ask("a", for: servers[0], at: start) == .wait(asks: false))
        #expect(cache.ask("a", for: servers[1], at: start) == .wait(asks: false))
        cache.lookedUp("a", .success(found), at: start)
        #expect(cache.ask("a", for: servers[2], at: start + .seconds(59)) == .known(found, refreshes: false))
    }

    @Test func anOldAddressIsUsedWhileItIsAskedForAgain() {
        var cache = known()
        let later = start + HostCache.freshness
        #expect(cache.ask("a", for: servers[0], at: later) == .known(found, refreshes: true))
        #expect(cache.ask("a", for: servers[0], at: later) == .known(found, refreshes: false))
        cache.lookedUp("a", .failure(away), at: later)
        // Name servers that are away are not asked at every check.
        #expect(cache.ask("a", for: servers[0], at: later + .seconds(4)) == .known(found, refreshes: false))
        #expect(cache.ask("a", for: servers[0], at: later + .seconds(5)) == .known(found, refreshes: true))
        cache.lookedUp("a", .failure(away), at: later + .seconds(5))
        let end = start + HostCache.longestUse
        #expect(cache.ask("a", for: servers[0], at: end) == .wait(asks: true))
    }

    @Test func aNameThatIsGoneIsGone() {
        var cache = known()
        let later = start + HostCache.freshness
        _ = cache.ask("a", for: servers[0], at: later)
        cache.lookedUp("a", .failure(HostCache.Failure(text: "none", isFinal: true)), at: later)
        #expect(cache.ask("a", for: servers[0], at: later + .seconds(4)) == .unknown("none"))
        #expect(cache.ask("a", for: servers[0], at: later + .seconds(5)) == .wait(asks: true))
    }

    @Test func anAnswerWithoutAnAddressIsAFailure() {
        var cache = HostCache()
        _ = cache.ask("a", for: servers[0], at: start)
        cache.lookedUp("a", .success([]), at: start)
        #expect(cache.ask("a", for: servers[0], at: start) == .unknown("an answer without an address"))
    }

    /// One server that names ever new hosts has a few of them looked up at a time; one that stands behind as many
    /// services waits for all of its names.
    @Test func aServerTakesNoMoreThanItsLookups() {
        var cache = HostCache()
        for index in 0..<HostCache.lookupsForEach {
            #expect(cache.ask("a\(index)", for: servers[0], at: start) == .wait(asks: true))
        }
        guard case .refused(let text) = cache.ask("b", for: servers[0], at: start) else {
            Issue.record("not refused")
            return
        }
        #expect(text == "and name servers have not answered about 8 others that the server named")
        #expect(cache.ask("b", for: servers[1], at: start) == .wait(asks: true))
        cache.lookedUp("a0", nil, at: start)
        #expect(cache.ask("c", for: servers[0], at: start) == .wait(asks: true))
    }

    @Test func lookupsAreBounded() {
        var cache = HostCache()
        for index in 0..<HostCache.lookupsAtMost { _ = cache.ask("\(index)", for: servers[index], at: start) }
        #expect(cache.ask("more", for: servers[99], at: start) == .busy("64 names are being looked up"))
    }

    /// What is used stays; what a hostile server once named goes.
    @Test func namesAreBounded() {
        var cache = known()
        for index in 0..<2 * HostCache.namesAtMost {
            let now = start + .milliseconds(index)
            _ = cache.ask("\(index)", for: servers[1], at: now)
            cache.lookedUp("\(index)", .success(found), at: now)
            #expect(cache.ask("a", for: servers[0], at: now) == .known(found, refreshes: false))
        }
        #expect(cache.ask("0", for: servers[1], at: start + .seconds(3)) == .wait(asks: true))
    }
}
