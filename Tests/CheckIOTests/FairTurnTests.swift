import Addresses
import Configuration
import Dialogues
import System
import TestKit
import Testing
import Time

@testable import CheckIO

/// What servers without end may cost in one turn of the loop: counted work, with a clock by which every piece is slow.
@Suite(.waits)
struct FairTurnTests {
    private let bench: Bench

    init() throws {
        bench = try Bench()
    }

    /// A clock by which each look at it comes a millisecond after the one before.
    private func slowClock() {
        var steps = 0
        bench.runner?.clock = { [bench] in
            steps += 1
            return bench.loop.now + .milliseconds(11 + steps)
        }
    }

    private func flooder() throws -> LoopServer {
        try LoopServer(bench.loop) { $0.sendForever(Array(repeating: UInt8(ascii: "x"), count: 60_000)) }
    }

    @Test func aTurnTakesOnePieceOfASlowServer() throws {
        slowClock()
        let server = try flooder()
        let log = DialogueLog()
        bench.start(ScriptedDialogue(to: server.endpoint, expecting: "never", log: log), token: 0)
        var largest = 0
        for _ in 0..<300 {
            let before = log.count
            try bench.loop.runTurn(atMost: .seconds(1))
            largest = max(largest, log.count - before)
        }
        #expect(log.count > 10_000)
        #expect(largest <= ReadingPace.first)
    }

    @Test func aTurnThatIsSpentTakesOnePieceOfAll() throws {
        slowClock()
        let servers = try (0..<20).map { _ in try flooder() }
        let logs = servers.map { _ in DialogueLog() }
        for (index, server) in servers.enumerated() {
            bench.start(ScriptedDialogue(to: server.endpoint, expecting: "never", log: logs[index]), token: index)
        }
        for _ in 0..<2_000 {
            let before = logs.map(\.count)
            try bench.loop.runTurn(atMost: .seconds(1))
            #expect(zip(before, logs).filter { $0 != $1.count }.count <= 1)
        }
        // They take turns.
        let counts = logs.map(\.count)
        #expect(counts.allSatisfy { $0 > 0 })
        #expect(try #require(counts.max()) < 2 * #require(counts.min()))
    }

    @Test func aGoodServerWaitsForOneRoundAtMost() throws {
        slowClock()
        let servers = try (0..<20).map { _ in try flooder() }
        for (index, server) in servers.enumerated() {
            bench.start(ScriptedDialogue(to: server.endpoint, expecting: "never"), token: index)
        }
        for _ in 0..<200 { try bench.loop.runTurn(atMost: .seconds(1)) }
        let good = try LoopServer(bench.loop) { connection in
            connection.onReceive = { [unowned connection] in if !$0.isEmpty { connection.send("hello") } }
        }
        bench.start(ScriptedDialogue(to: good.endpoint, send: "hi", expecting: "hello"), token: 99)
        var turns = 0
        while bench.results[99] == nil {
            try bench.loop.runTurn(atMost: .seconds(1))
            turns += 1
        }
        #expect(bench.results[99]?.verdict == .up)
        // To connect, to be accepted, to be answered, and one round of all.
        #expect(turns <= 30, "\(turns) turns")
    }

    @Test func piecesGrowWhereTheyTakeNoTime() {
        var pace = ReadingPace(inTLS: false)
        for _ in 0..<10 { pace.took(.microseconds(1)) }
        #expect(pace.piece == 64 << 10)
        pace.took(.microseconds(100))
        #expect(pace.piece == 64 << 10)
        for _ in 0..<20 { pace.took(.milliseconds(1)) }
        #expect(pace.piece == 256)
        var secure = ReadingPace(inTLS: true)
        #expect(secure.piece == 1 << 10)
        for _ in 0..<10 { secure.took(.microseconds(1)) }
        #expect(secure.piece == 16 << 10)
    }

    @Test func readersAreTakenInOrder() throws {
        var queue = ReadingQueue()
        var next: UInt32 = 0
        var taken: UInt32 = 0
        for round in 0..<3_000 {
            for _ in 0..<(round % 7) {
                queue.append(ReadingQueue.Entry(slot: next, generation: 0))
                next += 1
            }
            for _ in 0..<(round % 6) {
                guard let entry = queue.popFirst() else { break }
                #expect(entry.slot == taken)
                taken += 1
            }
            #expect(queue.count == Int(next - taken))
        }
    }

    // MARK: TLS

    /// Floods of TLS that no dialogue sees, and the words that they end with.
    static let floods: [(name: String, text: String, step: @Sendable (TLSServerEnd) -> Void)] = [
        ("key updates", "more than 32768 bytes of TLS around 0 bytes of data", { $0.updateKeys(times: 50) }),
        (
            "records of one byte", "more than 32768 bytes of TLS around",
            { end in for _ in 0..<50 { end.send("x") } }
        ),
    ]

    @Test(arguments: floods.indices)
    func tlsThatCarriesNothingEndsTheCheck(index: Int) throws {
        let certificates = try TestCertificates.shared
        let flood = Self.floods[index]
        let server = try LoopServer(bench.loop) { connection in
            _ = try? TLSServerEnd(connection, certificate: certificates.valid, key: certificates.key) { end in
                func goOn(_ left: Int) {
                    flood.step(end)
                    guard left > 0 else { return }
                    connection.loop.at(connection.loop.now) { goOn(left - 1) }
                }
                goOn(1_000)
            }
        }
        let log = DialogueLog()
        let dialogue = ScriptedDialogue(to: server.endpoint, security: TLSSettings(), expecting: "never", log: log)
        let result = try bench.check(dialogue)
        #expect(result.layer == .security(.limit))
        #expect(result.text.hasPrefix(flood.text), "\(flood.name): \(result.text)")
        #expect(log.count < 4_096)
    }

    /// A record of 16 KiB is handed on in pieces, with turns of others between them, and none is left behind.
    @Test func aLargeRecordIsTakenInPieces() throws {
        slowClock()
        let certificates = try TestCertificates.shared
        let text = String(repeating: "x", count: 15_000) + "the end"
        let server = try LoopServer(bench.loop) { connection in
            _ = try? TLSServerEnd(connection, certificate: certificates.valid, key: certificates.key) { $0.send(text) }
        }
        let log = DialogueLog()
        let dialogue = ScriptedDialogue(to: server.endpoint, security: TLSSettings(), expecting: "the end", log: log)
        bench.start(dialogue, token: 0)
        var largest = 0
        while bench.results[0] == nil {
            let before = log.count
            try bench.loop.runTurn(atMost: .seconds(1))
            largest = max(largest, log.count - before)
        }
        #expect(bench.results[0]?.verdict == .up)
        #expect(log.count == text.utf8.count)
        #expect(largest == ReadingPace.decrypted)
    }

    @Test func smallRecordsOfAnHonestServerPass() {
        var volume = TLSVolume()
        volume.received(100_000, isEstablished: false)
        // Tickets, then lines of ten bytes each in a record of its own.
        volume.received(20_000, isEstablished: true)
        for _ in 0..<100_000 {
            volume.received(32, isEstablished: true)
            volume.decrypted(10)
            #expect(volume.excess == nil)
        }
        volume.received(40_000, isEstablished: false)
        #expect(volume.excess == "the TLS handshake is longer than 131072 bytes")
    }
}
