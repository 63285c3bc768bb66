import Addresses
import Configuration
import Director
import HealthChecks
import IPVS
import KernelBehaviour
import Testing

struct DriftTests {
    private static let byHand = Shop.weighing(1, Shop.first)

    @Test(arguments: [
        (
            Change.editDestination(byHand, of: Shop.key),
            "real server 10.2.0.1:8080 (10.0.0.1:80) has weight 1, not 5",
            Change.editDestination(Shop.first.destination, of: Shop.key)
        ),
        (
            .deleteDestination(Shop.first.destination.endpoint, of: Shop.key),
            "real server 10.2.0.1:8080 (10.0.0.1:80) is missing",
            .addDestination(Shop.first.destination, to: Shop.key)
        ),
        (
            .addDestination(Shop.other, to: Shop.key), "real server 10.2.0.200:8080 (10.0.0.1:80) was added",
            .deleteDestination(Shop.other.endpoint, of: Shop.key)
        ),
        (
            .editService(VirtualService(key: Shop.key, scheduler: "rr")),
            "virtual server 10.0.0.1:80 has other settings",
            .editService(VirtualService(key: Shop.key, scheduler: "wrr"))
        ),
    ])
    func whatOthersChangedIsRepairedToldOrLeft(change: Change, text: String, repair: Change) {
        for reconciliation in [Reconciliation.repair, .warn, .off] {
            var bench = Shop.running(Shop.virtual { $0.reconciliation = reconciliation })
            bench.interfere(change)
            let actions = bench.pass(.seconds(60))
            switch reconciliation {
            case .repair:
                #expect(actions.lines.first == "Table changed by others: \(text); being repaired")
                #expect(actions.changes == [repair])
                #expect(actions.last == .readTable)
            case .warn:
                #expect(actions == [.readTable, .log("Table changed by others: \(text); left as it is")])
            case .off:
                #expect(actions == [.readTable])
            }
            #expect(bench.pass(.seconds(180)) == [.readTable, .readTable, .readTable])
        }
    }

    @Test func aServiceThatWasDeletedIsMadeAgain() {
        let virtual = Shop.virtual { $0.reconciliation = .repair }
        var bench = Shop.running(virtual)
        bench.interfere(.deleteService(Shop.key))
        #expect(
            bench.pass(.seconds(60)).changes == [
                .addService(virtual.service), .addDestination(Shop.first.destination, to: Shop.key),
                .addDestination(Shop.second.destination, to: Shop.key),
            ]
        )
    }

    @Test func aServiceThatWasDeletedIsLeftUntilAReload() {
        let virtual = Shop.virtual()
        var bench = Shop.running(virtual)
        bench.interfere(.deleteService(Shop.key))
        #expect(
            bench.pass(.seconds(60)).lines == [
                "Table changed by others: virtual server 10.0.0.1:80 is missing; left as it is"
            ]
        )
        #expect(bench.check(Shop.first, .down, of: virtual).changes == [])
        #expect(bench.reload([virtual]).changes.count == 3)
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
        let virtual = Shop.virtual()
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
