import Addresses
import Configuration
import Dialogues
import Director
import DirectorBench
import HealthChecks
import IPVS
import TestKit
import Testing
import Time

struct DriftTests {
    private static let byHand = Shop.weighing(1, Shop.first)

    @Test(arguments: [
        (
            Change.editDestination(byHand, of: Shop.key),
            TableSubject.server(Shop.first), Drift.weight(1, instead: 5),
            Change.editDestination(Shop.first.destination, of: Shop.key)
        ),
        (
            .deleteDestination(Shop.first.destination.endpoint, of: Shop.key),
            .server(Shop.first), .missing,
            .addDestination(Shop.first.destination, to: Shop.key)
        ),
        (
            .addDestination(Shop.other, to: Shop.key), .surplus(Shop.other.endpoint), .added,
            .deleteDestination(Shop.other.endpoint, of: Shop.key)
        ),
        (
            .editService(VirtualService(key: Shop.key, scheduler: "rr")),
            .service, .settings,
            .editService(VirtualService(key: Shop.key, scheduler: "wrr"))
        ),
    ])
    func whatOthersChangedIsRepairedToldOrLeft(change: Change, subject: TableSubject, drift: Drift, repair: Change) {
        for reconciliation in Reconciliation.allCases {
            let virtual = Shop.virtual { $0.reconciliation = reconciliation }
            var bench = Shop.running(virtual)
            bench.interfere(change)
            let actions = bench.pass(.seconds(5))
            switch reconciliation {
            case .repair:
                #expect(actions.events.first == .drift(subject, drift, .repaired))
                #expect(actions.changes == [repair])
                #expect(actions.last == .readTable)
            case .restore where drift == .missing:
                #expect(
                    actions.events == [
                        .drift(subject, drift, .putBack), .table(TableStep(.added, subject, weight: 5), .done),
                    ]
                )
                #expect(actions.changes == [repair])
            case .warn, .restore:
                #expect(actions == [.readTable, .told(.drift(subject, drift, .left), of: virtual)])
            case .off:
                #expect(actions == [.readTable])
            }
            #expect(bench.pass(.seconds(15)) == [.readTable, .readTable, .readTable])
        }
    }

    @Test(arguments: [Reconciliation.repair, .restore], [[Change.deleteService(Shop.key)], [.flush]])
    func aServiceThatWasDeletedIsMadeAgain(reconciliation: Reconciliation, changes: [Change]) {
        let virtual = Shop.virtual { $0.reconciliation = reconciliation }
        var bench = Shop.running(virtual)
        _ = bench.check(Shop.second, .down, of: virtual)
        for change in changes { bench.interfere(change) }
        #expect(
            bench.pass(.seconds(5)).changes == [
                .addService(virtual.service), .addDestination(Shop.first.destination, to: Shop.key),
                .addDestination(Shop.weighing(0, Shop.second), to: Shop.key),
            ]
        )
    }

    @Test(arguments: [Reconciliation.warn, .off])
    func aServiceThatWasDeletedIsLeftUntilAReload(reconciliation: Reconciliation) {
        let virtual = Shop.virtual { $0.reconciliation = reconciliation }
        var bench = Shop.running(virtual)
        bench.interfere(.deleteService(Shop.key))
        let isTold = reconciliation == .warn
        #expect(bench.pass(.seconds(60)).events == (isTold ? [.drift(.service, .missing, .left)] : []))
        #expect(bench.director.missing == (isTold ? [MissingEntry(service: Shop.key, subject: .service)] : []))
        #expect(bench.check(Shop.first, .down, of: virtual).changes == [])
        let reload = Shop.virtual { $0.reconciliation = .warn }
        #expect(bench.reload([reload]).changes.count == 3)
        #expect(bench.director.missing == [])
    }

    @Test func aFallbackThatWasRemovedWhileItServesIsPutBack() {
        let virtual = Shop.virtual { $0.standby = Shop.standby }
        var bench = DirectorBench([virtual])
        _ = bench.start()
        for real in virtual.realServers { _ = bench.check(real, .down, of: virtual) }
        bench.interfere(.deleteDestination(Shop.fallback.endpoint, of: Shop.key))
        let actions = bench.pass(.seconds(5))
        #expect(actions.events.first == .drift(.standby(Shop.fallback.endpoint), .missing, .putBack))
        #expect(actions.changes == [.addDestination(Shop.fallback, to: Shop.key)])
    }

    @Test func aServiceThatOthersMadeAnewKeepsTheirSettingsAndGetsItsServers() {
        let virtual = Shop.virtual()
        var bench = Shop.running(virtual)
        bench.interfere(
            .deleteService(Shop.key),
            .addService(VirtualService(key: Shop.key, scheduler: "rr")),
            .addDestination(Self.byHand, to: Shop.key)
        )
        let actions = bench.pass(.seconds(5))
        #expect(actions.changes == [.addDestination(Shop.second.destination, to: Shop.key)])
        #expect(
            actions.events.prefix(3) == [
                .drift(.service, .settings, .left), .drift(.server(Shop.first), .weight(1, instead: 5), .left),
                .drift(.server(Shop.second), .missing, .putBack),
            ]
        )
    }

    @Test func aServerThatIsDownAndWasRemovedIsLeft() {
        let virtual = Shop.virtual()
        var bench = Shop.running(virtual)
        _ = bench.check(Shop.first, .down, of: virtual)
        bench.interfere(.deleteDestination(Shop.first.destination.endpoint, of: Shop.key))
        #expect(bench.pass(.seconds(60)).changes == [])
        #expect(bench.director.missing == [])
        #expect(
            bench.check(Shop.first, .up, of: virtual).changes == [
                .addDestination(Shop.first.destination, to: Shop.key)
            ]
        )
    }

    /// Whoever removes it every few seconds, on purpose or by mistake, is not fought over every few seconds.
    @Test(arguments: [
        Change.deleteService(Shop.key), .deleteDestination(Shop.first.destination.endpoint, of: Shop.key),
    ])
    func whatIsRemovedAgainAndAgainIsPutBackMoreAndMoreRarely(removal: Change) {
        var bench = Shop.running(Shop.virtual())
        var moments: [Int] = []
        var events: [DirectorEvent.Matter] = []
        for second in stride(from: 5, through: 4 * 3600, by: 5) {
            bench.interfere(removal)
            let actions = bench.pass(.seconds(5))
            if !actions.changes.isEmpty { moments.append(second) }
            events += actions.events
        }
        #expect(moments.prefix(6) == [5, 10, 15, 80, 205, 450])
        #expect(moments.count == 11)
        #expect(events.count < 80)
        let isAgain = events.contains {
            if case .drift(_, .missing, .putBackLater(.seconds(60))) = $0 { true } else { false }
        }
        #expect(isAgain)
        #expect(bench.director.missing.count == 1)
        // Once it is left alone it is there to stay, and the next one who removes it is answered at once.
        _ = bench.pass(.seconds(2 * 3600 + 60))
        #expect(bench.director.missing == [])
        #expect(bench.entry(Shop.key)?.destinations.count == 2)
        bench.interfere(removal)
        #expect(!bench.pass(.seconds(5)).changes.isEmpty)
    }

    @Test func aLargeTableIsReadMoreRarely() {
        let virtual = Shop.virtual()
        var bench = Shop.running(virtual)
        func readings(taking time: Duration) -> [DirectorAction] {
            var count: [DirectorAction] = []
            let end = bench.now + .seconds(300)
            while let moment = bench.director.nextMoment, moment <= end {
                for action in bench.director.timePassed(at: moment) where action == .readTable {
                    count.append(action)
                    _ = bench.director.observed((try? bench.kernel.table()) ?? Table(), at: moment + time)
                }
            }
            bench.now = end
            return count
        }
        #expect((59...60).contains(readings(taking: .milliseconds(1)).count))
        #expect((28...31).contains(readings(taking: .milliseconds(50)).count))
        #expect((4...6).contains(readings(taking: .milliseconds(800)).count))
    }

    @Test func aRepairThatTheKernelUndoesIsNotRepeatedForEver() {
        // The kernel keeps seconds as ticks, and gives other ones back where they overflow.
        let virtual = Shop.virtual {
            $0.reconciliation = .repair
            $0.service.persistence = Persistence(timeout: .max, netmask: .ipv4(IPv4Address(value: .max)))
        }
        var bench = Shop.running(virtual)
        #expect(bench.pass(.seconds(600)).changes == [.editService(virtual.service)])
    }

    @Test func somebodyWhoComesAgainIsRepairedAgain() {
        let virtual = Shop.virtual { $0.reconciliation = .repair }
        var bench = Shop.running(virtual)
        var count = 0
        for _ in 0..<3 {
            bench.interfere(.editDestination(Self.byHand, of: Shop.key))
            count += bench.pass(.seconds(60)).changes.count
        }
        #expect(count == 3)
    }

    @Test func aVerdictLeavesWhatOthersDidToOtherServers() {
        let virtual = Shop.virtual()
        var bench = Shop.running(virtual)
        bench.interfere(.editDestination(Self.byHand, of: Shop.key))
        _ = bench.pass(.seconds(60))
        #expect(
            bench.check(Shop.second, .down, of: virtual).changes == [
                .editDestination(Shop.weighing(0, Shop.second), of: Shop.key)
            ]
        )
        #expect(bench.entry(Shop.key)?[Shop.first.destination.endpoint] == Self.byHand)
    }

    @Test(arguments: [false, true])
    func aServerThatOthersTookOutIsReaddedOnlyWhereThatIsWanted(isReadded: Bool) {
        let virtual = Shop.virtual { $0.reconciliation = .warn }
        var bench = DirectorBench([virtual]) { $0.addsQuiescent = isReadded }
        _ = bench.start()
        for real in virtual.realServers { _ = bench.check(real, .up, of: virtual) }
        bench.interfere(.deleteDestination(Shop.first.destination.endpoint, of: Shop.key))
        _ = bench.pass(.seconds(60))
        let added = Change.addDestination(Shop.weighing(0, Shop.first), to: Shop.key)
        #expect(bench.check(Shop.first, .down, of: virtual).changes == (isReadded ? [added] : []))
        _ = bench.check(Shop.first, .up, of: virtual)
        #expect(bench.entry(Shop.key)?[Shop.first.destination.endpoint] == Shop.first.destination)
    }
}
