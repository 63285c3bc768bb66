import Addresses
import Glibc
import IPVS
import TestKit
import Testing

extension TrafficTests {
    /// A director that is killed again and again while servers come and go.
    @Suite struct Killed {
        private static let steady = ServiceKey.endpoint(.tcp, virtual(.ipv4, port: 7001))
        private static let asked = ServiceKey.endpoint(.tcp, virtual(.ipv4, port: 7002))
        private static let changing = ServiceKey.endpoint(.tcp, virtual(.ipv4, port: 7003))
        private static let kills = 200
        /// The kills after which the table is given the time to converge.
        private static let calm = 20

        private static let configuration = """
            checkinterval=0.2
            checktimeout=1
            quiescent=yes
            logfile="FOLDER/log"
            virtual=10.1.0.100:7001
                real=10.2.0.11:8000 masq
                real=10.2.0.12:8000 masq
                real=10.2.0.13:8000 masq
                checktype=connect
                scheduler=rr
            virtual=10.1.0.100:7002
                real=10.2.0.11:8080 masq
                checktype=connect
                scheduler=rr
            virtual=10.1.0.100:7003
                real=10.2.0.11:8080 masq
                real=10.2.0.12:8080 masq
                real=10.2.0.13:8080 masq
                checktype=connect
                scheduler=rr

            """

        @Test func twoHundredKillsLoseNothing() throws {
            let seed = UInt64.random(in: 0...UInt64.max)
            print("seed of the kills: \(seed)")
            var random = SeededGenerator(seed: seed)
            try arrange(.nat(through: "director"))
            let stage = try DaemonStage(in: "director")
            var servers: [Int: WebServer] = [:]
            for number in 1...3 { servers[number] = try WebServer.open(number) }
            /// The servers that died and that the table shows as dead since.
            var knownDead: Set<Int> = []
            func expected() -> [Endpoint: Int32] {
                (1...3).reduce(into: [:]) { $0[WebServer.endpoint($1)] = servers[$1] == nil ? 0 : 1 }
            }
            try stage.write(Self.configuration)
            try stage.start()
            let all = (1...3).map { TrafficTests.endpoint(ofServer: $0) }
            try stage.wait("first round", for: all.reduce(into: [:]) { $0[$1] = 1 }, of: Self.steady)
            try stage.wait("first round", for: [WebServer.endpoint(1): 1], of: Self.asked)
            try stage.wait("first round", for: expected(), of: Self.changing)

            let conversations = try (1...3).map { _ in try client.converse(over: .tcp, with: virtual(.ipv4, port: 7001))
            }
            let names = try conversations.map { try $0.ask() }
            #expect(Set(names) == Set(LabNetwork.serverNames))
            let traffic = try Namespace.named("client") {
                try WebTraffic(to: virtual(.ipv4, port: 7002), pause: 30_000)
            }
            for number in 1...Self.kills {
                usleep(useconds_t.random(in: 0...1_000_000, using: &random))
                try stage.kill()
                let weights = try #require(try stage.weights(of: Self.changing), "kill \(number): the service is gone")
                #expect(weights[WebServer.endpoint(1)] == 1, "kill \(number): a healthy server is out: \(weights)")
                for dead in knownDead {
                    #expect(weights[WebServer.endpoint(dead)] == 0, "kill \(number): a dead one is in: \(weights)")
                }
                #expect(try conversations.map { try $0.ask() } == names, "kill \(number): a connection moved")
                if let changing = [2, 3, nil].randomElement(using: &random) ?? nil {
                    servers[changing] = try servers[changing] == nil ? WebServer.open(changing) : nil
                    knownDead.remove(changing)
                }
                try stage.start()
                if number.isMultiple(of: Self.calm) {
                    try stage.wait("convergence after kill \(number)", for: expected(), of: Self.changing)
                    knownDead = Set([2, 3].filter { servers[$0] == nil })
                }
            }
            #expect(traffic.goesOn())
            #expect(traffic.report.failures == [])
            print("kills: \(Self.kills), answers meanwhile: \(traffic.report.answers)")
            #expect(try stage.stop()?.status == 0)
            #expect(try stage.kernel.table().entries.isEmpty)
        }
    }
}

extension WebServer {
    /// Where the web server of a real server of the lab listens.
    static func endpoint(_ number: Int) -> Endpoint {
        Endpoint(address: LabNetwork.serverAddress(number, .ipv4), port: 8080)
    }

    /// Opens the web server of a real server of the lab, which answers with its name.
    static func open(_ number: Int) throws -> WebServer {
        try Namespace.named("rs\(number)") { try WebServer(at: endpoint(number), body: "rs\(number)\n") }
    }
}
