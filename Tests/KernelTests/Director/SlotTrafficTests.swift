import Addresses
import IPVS
import TestKit
import Testing

extension TrafficTests {
    /// Schedulers that give each flow a slot: a server at weight 0 keeps its slots.
    @Suite struct Slots {
        private static let serverCount = 4

        /// The file of a service of one scheduler, with those flags.
        private static func configuration(_ port: UInt16, _ scheduler: String, _ flags: String) -> String {
            let servers = (0..<serverCount).map { "    real=10.2.0.1\($0 / 2 + 1):808\($0 % 2) masq 1\n" }.joined()
            return """
                checkinterval=0.5
                checktimeout=1
                quiescent=yes
                logfile="FOLDER/log"
                virtual=10.1.0.100:\(port)
                \(servers)    checktype=connect
                    scheduler=\(scheduler)
                    schedflags=\(flags)

                """
        }

        private static func place(_ index: Int) -> Endpoint {
            Endpoint(address: LabNetwork.serverAddress(index / 2 + 1, .ipv4), port: 8080 + UInt16(index % 2))
        }

        private static func open(_ index: Int) throws -> WebServer {
            try Namespace.named("rs\(index / 2 + 1)") { try WebServer(at: place(index), body: "rs\(index)\n") }
        }

        private static func table(dead: Int? = nil) -> [Endpoint: Int32] {
            (0..<serverCount).reduce(into: [:]) { $0[place($1)] = $1 == dead ? 0 : 1 }
        }

        /// One of four servers is down: where the flag is not set, about a quarter of new connections finds nobody.
        @Test(arguments: [("mh", UInt16(7021)), ("sh", 7022)])
        func theFlagDecidesWhetherConnectionsAreLostWhileAServerIsDown(scheduler: String, port: UInt16) throws {
            try arrange(.nat(through: "director"))
            let stage = try DaemonStage(in: "director")
            var servers = try (0..<Self.serverCount).map { try Self.open($0) as WebServer? }
            let service = ServiceKey.endpoint(.tcp, virtual(.ipv4, port: port))
            try stage.write(Self.configuration(port, scheduler, "\(scheduler)-port"))
            try stage.start()
            try stage.wait("first round", for: Self.table(), of: service)
            servers[3] = nil
            try stage.wait("death", for: Self.table(dead: 3), of: service)
            let traffic = try Namespace.named("client") { try WebTraffic(to: virtual(.ipv4, port: port), pause: 500) }
            // A connection that is lost costs its client a second.
            #expect(Deadline.wait(seconds: 30) { traffic.report.failures.count >= 8 })
            let without = traffic.report
            let served = without.answers.values.reduce(0, +)
            #expect((8...120).contains(served), "\(served) are served beside \(without.failures.count) that are lost")

            try stage.reload(Self.configuration(port, scheduler, "\(scheduler)-port,\(scheduler)-fallback"))
            traffic.startAnew()
            #expect(traffic.goesOn(150))
            let with = traffic.report
            #expect(with.failures == [], "with the flag \(with.failures.count) of 150 are lost")
            #expect(Set(with.answers.keys) == ["rs0", "rs1", "rs2"])
            print("\(scheduler): lost \(without.failures.count), served \(served) without the flag; none lost with it")
            #expect(try stage.stop()?.status == 0)
        }

        /// A flow stays where it is when a server that was down at the start comes into service.
        @Test func flowsOfTheOthersStayWhenAServerComesIntoService() throws {
            try arrange(.nat(through: "director"))
            let stage = try DaemonStage(in: "director")
            var servers = try (0..<Self.serverCount).map { try Self.open($0) as WebServer? }
            servers[3] = nil
            let service = ServiceKey.endpoint(.tcp, virtual(.ipv4, port: 7023))
            try stage.write(Self.configuration(7023, "mh", "mh-port,mh-fallback"))
            try stage.start()
            try stage.wait("first round", for: Self.table(dead: 3), of: service)
            func places() throws -> [UInt16: String] {
                try Namespace.named("client") {
                    try (0..<60).reduce(into: [:]) { places, index in
                        let source = UInt16(41_000 + index * 7)
                        places[source] = try WebTraffic.ask(virtual(.ipv4, port: 7023), from: source)
                    }
                }
            }
            let before = try places()
            servers[3] = try Self.open(3)
            try stage.wait("return", for: Self.table(), of: service)
            let after = try places()
            // Only what belongs to the one that came moves, and it moves to that one.
            let moved = before.filter { after[$0.key] != $0.value }
            #expect(moved.keys.allSatisfy { after[$0] == "rs3" }, "\(moved)")
            #expect((3...30).contains(moved.count), "\(moved.count) of 60 moved")
            #expect(try stage.stop()?.status == 0)
        }
    }
}
