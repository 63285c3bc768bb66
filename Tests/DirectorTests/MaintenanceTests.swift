import Addresses
import Configuration
import Dialogues
import Director
import DirectorBench
import HealthChecks
import IPVS
import TestKit
import Testing

struct MaintenanceTests {
    private let virtual = Shop.virtual { $0.failureCount = 3 }
    private let names = [Shop.first.destination.endpoint.address: "web-1.example.com"]

    @Test(arguments: [
        ("10.2.0.1:8080", true), ("10.2.0.1", true), ("web-1.example.com:8080", true), ("web-1.example.com", true),
        ("web-1:8080", true), ("web-1", true), ("10.2.0.1:80", false), ("10.2.0.10", false), ("web-1:80", false),
        ("web", false), ("example.com", false),
    ])
    func aFileNamesAServer(file: String, isNamed: Bool) {
        var bench = Shop.running(virtual)
        #expect(bench.maintain([file], names).changes.count == (isNamed ? 1 : 0))
    }

    @Test(arguments: [("Web.example.com", "Web"), ("web_1.example.com", "web_1"), ("web", "w"), ("1web.de", "1web")])
    func noOtherNameIsShortened(name: String, file: String) {
        var bench = Shop.running(virtual)
        #expect(bench.maintain([file], [Shop.first.destination.endpoint.address: name]).changes == [])
    }

    @Test func aServerIsOutAtOnceAndBackWithItsFirstSuccess() {
        var bench = Shop.running(virtual)
        #expect(
            bench.maintain(["10.2.0.1"]) == [
                .told(.server(virtual.realServers[0], .maintenanceBegun), of: virtual),
                .apply([.editDestination(Shop.weighing(0, Shop.first), of: Shop.key)]),
                .told(.table(TableStep(.quiesced, .server(virtual.realServers[0]), weight: 0), .done), of: virtual),
            ]
        )
        #expect(bench.maintain(["10.2.0.1"]) == [])
        #expect(bench.check(Shop.first, .up, of: virtual) == [])
        #expect(
            bench.maintain([]) == [.told(.server(virtual.realServers[0], .maintenanceEnded), of: virtual)]
        )
        #expect(
            bench.check(Shop.first, .up, of: virtual).changes == [
                .editDestination(Shop.first.destination, of: Shop.key)
            ]
        )
    }

    @Test func onesInMaintenanceAreNotAwaited() {
        var bench = DirectorBench([virtual])
        _ = bench.maintain(["10.2.0.1", "10.2.0.2"])
        bench.interfere(.addService(virtual.service), .addDestination(Shop.first.destination, to: Shop.key))
        #expect(
            bench.start().changes == [
                .addDestination(Shop.weighing(0, Shop.second), to: Shop.key),
                .editDestination(Shop.weighing(0, Shop.first), of: Shop.key),
            ]
        )
    }

    @Test func addressesOfVersion6AreInBrackets() {
        let endpoint = Example.endpoint("2001:db8::5", 80)
        let destination = Destination(endpoint: endpoint, forwarding: .masquerade)
        let check = HealthCheck(method: .connect, target: endpoint, timeout: .seconds(1))
        let real = RealServer(destination: destination, check: check)
        var virtual = VirtualServer(service: VirtualService(key: Example.web6))
        virtual.realServers = [real]
        for file in ["[2001:db8::5]:80", "[2001:db8::5]", "2001:db8::5"] {
            var bench = Shop.running(virtual)
            #expect(bench.maintain([file]).changes.count == 1)
        }
    }

    /// It is told when it is another one, and not asked for when the maintenance is over.
    @Test func theNumberOfAFileStandsThroughMaintenance() {
        var real = Shop.first
        real.checks[0].probe.method = .file(TrackedFile("/run/drain"))
        real.checks[0].weightRule = .gate(opensAtZero: true)
        let virtual = Shop.virtual { $0.realServers = [real] }
        var bench = DirectorBench([virtual])
        _ = bench.start()
        func weight() -> Int32? { bench.entry(Shop.key)?[real.destination.endpoint]?.weight }
        _ = bench.check(real, CheckResult(.up, .file(0)), of: virtual)
        _ = bench.maintain(["10.2.0.1"])
        #expect(weight() == 0)
        _ = bench.maintain([])
        #expect(weight() == 5)
        _ = bench.maintain(["10.2.0.1"])
        #expect(bench.check(real, CheckResult(.up, .file(1)), of: virtual).isEmpty)
        _ = bench.maintain([])
        #expect(weight() == 0)
        _ = bench.check(real, CheckResult(.up, .file(0)), of: virtual)
        #expect(weight() == 5)
    }
}
