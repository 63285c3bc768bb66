import Addresses
import Glibc
import IPVS
import TestKit
import Testing
import Time

@testable import DirectorService

/// What a reload of keepalived.conf commands, and what it must not.
@Suite(.waits)
struct KeepalivedReloadTests {
    // MARK: Many virtual servers of ten real ones each

    private static let virtuals = 300
    private static let reals = 10

    /// The file in which all real servers have a weight, and the first of them another one.
    private static func many(weight: Int, first: Int) -> String {
        var text = ""
        for virtual in 0..<virtuals {
            text += "virtual_server 10.9.\(virtual / 250).\(virtual % 250 + 1) 80 {\n    lb_algo rr\n    lb_kind NAT\n"
            for real in 1...reals {
                let weight = virtual == 0 && real == 1 ? first : weight
                text +=
                    "    real_server 127.\(real).\(virtual / 250).\(virtual % 250 + 1) 80 {\n        weight \(weight)\n    }\n"
            }
            text += "}\n"
        }
        return text
    }

    @Test func onlyWhatIsDifferentIsCommanded() throws {
        let stage = try Stage(servers: 0)
        stage.folder.write("test.cf", Self.many(weight: 1, first: 1))
        try stage.start()
        let all = Self.virtuals * (Self.reals + 1)
        #expect(stage.kernel.changes.count == all)

        var reloads = 0
        func changes(by text: String) throws -> [[Change]] {
            let before = stage.kernel.batches.count
            stage.folder.write("test.cf", text)
            stage.director.handle(signal: SIGHUP)
            reloads += 1
            try stage.turn("reload \(reloads)") {
                stage.status?.reloads == reloads && !stage.isLoading
            }
            #expect(stage.status?.outcome == .loaded)
            try stage.turn("the kernel") { stage.director.kernel.isIdle }
            return Array(stage.kernel.batches.dropFirst(before))
        }
        #expect(try changes(by: Self.many(weight: 1, first: 1)).isEmpty)
        let one = try changes(by: Self.many(weight: 1, first: 7))
        #expect(one.count == 1 && one.first?.count == 1)
        guard case .editDestination(let destination, _)? = one.first?.first else {
            Issue.record("\(one)")
            return
        }
        #expect(destination.weight == 7)
        let batches = try changes(by: Self.many(weight: 2, first: 2)).map(\.count)
        // As many as the director sends at a time.
        #expect(batches == [2000, 1000])
        #expect(Set(stage.kernel.weights.values) == [2])
        try stage.stop()
    }

    // MARK: Servers that die while the file changes

    /// What becomes of a server that fails, and of one that was not asked yet.
    struct Manner: Sendable, CustomTestStringConvertible {
        let virtual: String
        let real: String
        let testDescription: String
    }

    private static let manners = [
        Manner(virtual: "", real: "", testDescription: "removed"),
        Manner(virtual: "alpha", real: "", testDescription: "removed, alpha"),
        Manner(virtual: "", real: "inhibit_on_failure", testDescription: "weight 0"),
        Manner(virtual: "quorum 3\n    hysteresis 1", real: "", testDescription: "removed, quorum"),
    ]

    private static func text(_ manner: Manner, _ ports: [UInt16], weight: Int) -> String {
        let servers = ports.map { port in
            """
                real_server 127.0.0.1 \(port) {
                    weight \(weight)
                    \(manner.real)
                    TCP_CHECK {
                        connect_timeout 2
                        retry 0
                    }
                }

            """
        }
        return """
            virtual_server 10.9.0.1 80 {
                lb_algo wrr
                lb_kind NAT
                protocol TCP
                delay_loop 0.1
                \(manner.virtual)
            \(servers.joined())}

            """
    }

    /// Thirty reloads of files that give all servers another weight, leave some out and bring some back.
    @Test(arguments: manners)
    func aReloadBringsNoDeadServerBack(_ manner: Manner) throws {
        let seed = UInt64.random(in: 0...UInt64.max)
        print("seed of the reloads: \(seed)")
        var random = SeededGenerator(seed: seed)
        let stage = try Stage(servers: 8)
        let ports = stage.servers.map(\.port)
        stage.folder.write("test.cf", Self.text(manner, ports, weight: 1))
        try stage.start()
        var dead: Set<UInt16> = []
        var kept = ports
        func settle(weight: Int32) throws {
            let wanted = Dictionary(uniqueKeysWithValues: kept.filter { !dead.contains($0) }.map { ($0, weight) })
            try stage.turn("as the file says, seed \(seed)") { stage.kernel.weights.filter { $0.value > 0 } == wanted }
        }
        var seen = stage.kernel.changes.count
        for round in 1...30 {
            if round.isMultiple(of: 5) {
                // No answer is on its way any more that a server gave while it lived.
                try settle(weight: Int32(round))
                // The first stays, so that the service is never without one.
                let server = stage.servers[1 + dead.count]
                server.stop()
                dead.insert(server.port)
                try settle(weight: Int32(round))
                seen = stage.kernel.changes.count
            }
            kept = ports.filter { $0 == ports[0] || Int.random(in: 0..<4, using: &random) > 0 }
            stage.folder.write("test.cf", Self.text(manner, kept, weight: round + 1))
            stage.director.handle(signal: SIGHUP)
            try stage.turn("reload, seed \(seed)") { !stage.isLoading }
            for _ in 0..<Int.random(in: 0..<4, using: &random) { try stage.director.turn(atMost: .milliseconds(50)) }
            let revived = stage.kernel.changes[seen...].filter { change in
                switch change {
                case .addDestination(let destination, _), .editDestination(let destination, _):
                    destination.weight > 0 && dead.contains(destination.endpoint.port)
                default: false
                }
            }
            #expect(revived.isEmpty, "round \(round), seed \(seed)")
        }
        stage.folder.write("test.cf", Self.text(manner, ports, weight: 40))
        stage.director.handle(signal: SIGHUP)
        kept = ports
        try settle(weight: 40)
        try stage.stop()
    }
}
