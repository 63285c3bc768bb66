import Addresses
import IPVS
import TestKit
import Testing

extension TrafficTests {
    /// Requests without a pause through a service that a director keeps.
    @Suite struct Directed {
        private static let service = ServiceKey.endpoint(.tcp, virtual(.ipv4, port: 7010))
        /// The longest time from the death of a server to its weight of zero, by the configuration.
        private static let limit = Duration.seconds(2)
        /// What a check and a change may take in the lab, which is ten to twenty times slower than a machine.
        private static let allowance = Duration.seconds(1)

        /// The file, with the first servers at those weights.
        private static func configuration(weights: [Int], directive: String = "") -> String {
            let servers = weights.enumerated().map { "    real=10.2.0.1\($0 + 1):8080 masq \($1)\n" }
            return """
                checkinterval=1
                checktimeout=1
                quiescent=yes
                logfile="FOLDER/log"
                virtual=10.1.0.100:7010
                \(servers.joined())    service=http
                    request="index.html"
                    receive="rs"
                    scheduler=rr
                \(directive)
                """
        }

        private static func table(_ weights: [Int32]) -> [Endpoint: Int32] {
            weights.enumerated().reduce(into: [:]) { $0[WebServer.endpoint($1.offset + 1)] = $1.element }
        }

        private let stage: DaemonStage

        init() throws {
            try arrange(.nat(through: "director"))
            stage = try DaemonStage(in: "director")
        }

        private func traffic() throws -> WebTraffic {
            try Namespace.named("client") { try WebTraffic(to: virtual(.ipv4, port: 7010), pause: 1000) }
        }

        @Test func aServerThatStopsLosesNoRequestOnceItIsOutAndServesAgainWhenItIsBack() throws {
            var servers = try (1...3).map { try WebServer.open($0) as WebServer? }
            try stage.write(Self.configuration(weights: [1, 1, 1]))
            try stage.start()
            try stage.wait("first round", for: Self.table([1, 1, 1]), of: Self.service)
            let traffic = try traffic()
            #expect(traffic.goesOn())
            #expect(traffic.report.failures == [])

            let death = ContinuousClock.now
            servers[1] = nil
            try stage.wait("death", for: Self.table([1, 0, 1]), of: Self.service)
            let time = ContinuousClock.now - death
            print("from the death of a server to its weight of zero: \(time)")
            #expect(time <= Self.limit + Self.allowance)
            traffic.startAnew()
            #expect(traffic.goesOn(60))
            #expect(traffic.report.failures == [])
            #expect(Set(traffic.report.answers.keys) == ["rs1", "rs3"])

            servers[1] = try WebServer.open(2)
            try stage.wait("return", for: Self.table([1, 1, 1]), of: Self.service)
            #expect(Deadline.wait(seconds: 20) { (traffic.report.answers["rs2"] ?? 0) >= 10 })
            #expect(traffic.report.failures == [])
            #expect(try stage.stop()?.status == 0)
        }

        @Test func aReloadLosesNoRequest() throws {
            let servers = try (1...3).map { try WebServer.open($0) }
            try stage.write(Self.configuration(weights: [1, 1]))
            try stage.start()
            try stage.wait("first round", for: Self.table([1, 1]), of: Self.service)
            let traffic = try traffic()
            #expect(traffic.goesOn())
            func lines() -> Int {
                stage.log.count { $0.contains("ed real server") || $0.contains("ed virtual server") }
            }

            let before = lines()
            for _ in 1...3 { try stage.reload(Self.configuration(weights: [1, 1])) }
            #expect(traffic.goesOn())
            #expect(lines() == before)
            #expect(try stage.weights(of: Self.service) == Self.table([1, 1]))

            try stage.reload(Self.configuration(weights: [3, 2, 1]))
            try stage.wait("changed file", for: Self.table([3, 2, 1]), of: Self.service)
            #expect(Deadline.wait(seconds: 20) { (traffic.report.answers["rs3"] ?? 0) >= 10 })
            #expect(traffic.report.failures == [])
            withExtendedLifetime(servers) {}
            #expect(try stage.stop()?.status == 0)
        }

        @Test func aBadReloadChangesNothing() throws {
            var servers = try (1...3).map { try WebServer.open($0) as WebServer? }
            try stage.write(Self.configuration(weights: [1, 1, 1]))
            try stage.start()
            try stage.wait("first round", for: Self.table([1, 1, 1]), of: Self.service)
            let traffic = try traffic()
            #expect(traffic.goesOn())
            let table = try stage.kernel.table()
            let bad = Self.configuration(weights: [5], directive: "    schedular=wlc\n")
            try stage.reload(bad)
            #expect(stage.log.contains { $0.contains("schedular") })
            #expect(traffic.goesOn(60))
            #expect(traffic.report.failures == [])
            #expect(try stage.kernel.table() == table)
            // Checks go on by the file before.
            servers[2] = nil
            try stage.wait("death", for: Self.table([1, 1, 0]), of: Self.service)
            #expect(try stage.stop()?.status == 0)
        }
    }
}
