import Addresses
import IPVS
import IPVSNetlink
import LabSupport
import Testing

extension TrafficTests {
    /// Clients of a service that a director keeps, with servers that come and go.
    @Suite struct Direction {
        private static let port: UInt16 = 8100
        private static let virtual = TrafficTests.freshVirtual(.ipv4)

        private static func configuration(_ directives: [String] = []) -> String {
            let servers = (1...3).map { "real=\(LabNetwork.serverAddress($0, .ipv4)):\(port) masq" }
            let check = ["service=simpletcp", #"request="hello\n""#, "receive=\"hello\"", "scheduler=rr"]
            let lines = servers + check + directives
            return "checkinterval=0.25\nchecktimeout=2\nnegotiatetimeout=2\nsupervised=yes\nquiescent=yes\n"
                + "virtual=\(virtual)\n" + lines.map { "    \($0)\n" }.joined()
        }

        private func server(_ number: Int) throws -> Server {
            try Server("rs\(number)", at: [LabNetwork.serverAddress(number, .ipv4)], port: Self.port)
        }

        @Test func notOneRequestIsLostOnceAServerIsOut() throws {
            try arrange(.nat(through: "director"))
            let kernel = try LabNetwork.kernel()
            let key = ServiceKey.endpoint(.tcp, Self.virtual)
            func reaches(_ weights: [Int32]) -> Bool {
                Deadline.wait(seconds: 30) {
                    let servers = try? kernel.service(key).destinations.map(\.destination)
                    return servers?.sorted { $0.endpoint < $1.endpoint }.map(\.weight) == weights
                }
            }
            func tally(_ count: Int) throws -> [String: Int] {
                try TrafficTests.client.tally(count, over: .tcp, with: Self.virtual)
            }
            let stage = try Namespace.named("director") {
                let stage = try DirectorStage()
                try stage.write(Self.configuration())
                try stage.start()
                return Handle(stage)
            }
            defer { stage.value.stop() }
            var servers = try (1...3).map { try server($0) }
            #expect(reaches([1, 1, 1]))
            #expect(try tally(9) == ["rs1": 3, "rs2": 3, "rs3": 3])
            let lasting = try TrafficTests.client.converse(over: .tcp, with: Self.virtual)
            let answerer = try lasting.ask()
            let victim = answerer == "rs2" ? 3 : 2
            let rest = (1...3).filter { $0 != victim }.map { "rs\($0)" }

            servers.remove(at: victim - 1)
            #expect(reaches((1...3).map { $0 == victim ? 0 : 1 }))
            #expect(try tally(60) == [rest[0]: 30, rest[1]: 30], "the others share what comes")
            servers.append(try server(victim))
            #expect(reaches([1, 1, 1]))
            #expect(try tally(9) == ["rs1": 3, "rs2": 3, "rs3": 3], "it is back")

            try stage.value.reload(Self.configuration(["persistent=60"]))
            let isPersistent = try Deadline.wait(seconds: 30) { try kernel.service(key).service.persistence != nil }
            #expect(isPersistent)
            #expect(try lasting.ask() == answerer, "a reload keeps connections")
            try stage.value.reload(Self.configuration(["persistant=60"]))
            #expect(try tally(30).values.reduce(0, +) == 30, "a bad reload changes nothing")
            #expect(try kernel.service(key).service.persistence != nil)
            #expect(try lasting.ask() == answerer)
        }

        /// Carries a stage out of the thread that has made it.
        private struct Handle: @unchecked Sendable {
            let value: DirectorStage

            init(_ value: DirectorStage) { self.value = value }
        }
    }
}
