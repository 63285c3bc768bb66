import Addresses
import Configuration
import Dialogues
import Glibc
import System
import TestKit
import Testing
import Time

@testable import CheckIO

/// Servers that do their worst to a check over HTTP: each fails that check only, at its deadline or before.
@Suite(.waits)
struct HostileServerTests {
    private static let deadline = Duration.milliseconds(300)
    /// Of time that passes at all, no more in one turn: the others have many turns before the deadline.
    private static let step = Duration.milliseconds(1)
    private let bench: Bench

    init() throws {
        bench = try Bench()
    }

    /// How a server behaves, and how its check ends.
    struct Hostility: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var layer: CheckLayer
        /// The time that passes from one turn of the loop to the next.
        var step = Duration.zero
        var behaviour: @Sendable (ServerConnection) -> Void
    }

    static let hostilities = [
        Hostility(testDescription: "trickles its answer", layer: .dialogue(.timeout), step: Self.step) { connection in
            connection.trickle(Array("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nx".utf8), every: .milliseconds(10))
        },
        Hostility(testDescription: "never answers", layer: .dialogue(.timeout), step: Self.step) { _ in },
        Hostility(testDescription: "sends headers without end", layer: .dialogue(.limit)) { connection in
            connection.send("HTTP/1.1 200 OK\r\n")
            connection.sendForever(Array(String(repeating: "X-Header: value\r\n", count: 3_000).utf8))
        },
        Hostility(testDescription: "sends one header without end", layer: .dialogue(.limit)) { connection in
            connection.send("HTTP/1.1 200 OK\r\nX-Header: ")
            connection.sendForever(Array(repeating: UInt8(ascii: "x"), count: 60_000))
        },
        Hostility(testDescription: "sends interim answers without end", layer: .dialogue(.limit)) { connection in
            connection.sendForever(Array(String(repeating: "HTTP/1.1 100 Continue\r\n\r\n", count: 3_000).utf8))
        },
        Hostility(testDescription: "sends a body without end", layer: .dialogue(.mismatch)) { connection in
            connection.send("HTTP/1.1 200 OK\r\n\r\n")
            connection.sendForever(Array(repeating: UInt8(ascii: "x"), count: 60_000))
        },
        Hostility(testDescription: "sends chunks without end", layer: .dialogue(.limit)) { connection in
            connection.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
            connection.sendForever(Array(String(repeating: "1\r\nx\r\n", count: 10_000).utf8))
        },
        Hostility(testDescription: "sends a line without end", layer: .dialogue(.malformed)) { connection in
            connection.sendForever(Array(repeating: UInt8(ascii: "x"), count: 60_000))
        },
        Hostility(testDescription: "stops reading and sending", layer: .dialogue(.timeout), step: Self.step) {
            connection in
            connection.send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf")
        },
        Hostility(testDescription: "closes at once", layer: .dialogue(.closed)) { $0.endSending() },
        Hostility(testDescription: "resets at the request", layer: .transport(.reset)) { connection in
            connection.onReceive = { [unowned connection] _ in connection.reset() }
        },
        Hostility(testDescription: "resets in its header", layer: .transport(.reset), step: Self.step) { connection in
            connection.send("HTTP/1.1 200 OK\r\nContent-")
            connection.loop.at(connection.loop.now + .milliseconds(20)) { connection.reset() }
        },
        Hostility(testDescription: "resets in its body", layer: .transport(.reset), step: Self.step) { connection in
            connection.send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf")
            connection.loop.at(connection.loop.now + .milliseconds(20)) { connection.reset() }
        },
        Hostility(testDescription: "redirects for ever", layer: .dialogue(.limit)) { connection in
            connection.onReceive = { [unowned connection] bytes in
                if !bytes.isEmpty { connection.send("HTTP/1.1 302 Found\r\nLocation: /again\r\n\r\n") }
            }
        },
    ]

    private func http(_ pattern: String = "Server is OK") -> HealthCheck.Method {
        var request = HTTPRequest(target: "/", host: "www.example.com")
        request.pattern = ContentPattern(pattern)
        return .negotiate(Negotiation(.http(request)))
    }

    @Test(arguments: hostilities)
    func onlyItsOwnCheckFails(hostility: Hostility) throws {
        let hostile = try LoopServer(bench.loop, hostility.behaviour)
        let friendly = try friendlyServer()
        bench.start(http(), hostile.endpoint, timeout: Self.deadline, token: 0)
        // The others follow each other until the hostile one is done.
        bench.start(http(), friendly.endpoint, token: 1)
        let ended = DialogueLog()
        bench.onResult = { [unowned bench] token, result in
            if token == 0 { return }
            ended.count += 1
            if bench.results[0] == nil { bench.start(http(), friendly.endpoint, token: token + 1) }
        }
        try bench.run(step: hostility.step) { bench.results[0] != nil && bench.runner?.count == 0 }
        bench.onResult = { _, _ in }
        let result = try #require(bench.results[0])
        #expect(result.verdict == .down)
        #expect(result.layer == hostility.layer)
        #expect(!result.text.contains("\n") && result.text.utf8.count < 1_000)
        #expect(bench.results.filter { $0.key > 0 }.allSatisfy { $0.value.verdict == .up })
        #expect(ended.count >= 1)
        if hostility.layer == .dialogue(.timeout) { #expect(result.duration == Self.deadline) }
    }

    /// All of them at once, and many of each: a good server's checks pass meanwhile, and the memory does not grow.
    @Test func theyDoNotAddUp() async {
        await #expect(processExitsWith: .success) {
            let bench = try Bench()
            let tests = try HostileServerTests()
            let servers = try Self.hostilities.map { try LoopServer(bench.loop, $0.behaviour) }
            let friendly = try tests.friendlyServer(on: bench.loop)
            var used = rusage()
            getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &used)
            let before = used.ru_maxrss
            var token = 0
            for _ in 0..<20 {
                for server in servers {
                    token += 1
                    bench.start(tests.http(), server.endpoint, timeout: Self.deadline, token: token)
                }
            }
            for _ in 0..<20 {
                token += 1
                bench.start(tests.http(), friendly.endpoint, token: token)
            }
            try bench.run(results: token, step: Self.step)
            precondition(bench.results.filter { $0.value.verdict == .up }.count == 20)
            getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &used)
            // Half a megabyte for each, with what the servers of the test take.
            let grown = used.ru_maxrss - before
            precondition(grown < 150 * 1_024, "\(grown) KiB")
        }
    }

    @Test func catastrophicPatternFailsItsOwnCheck() throws {
        let server = try LoopServer(bench.loop) { connection in
            let body = String(repeating: "a", count: 50_000)
            connection.send("HTTP/1.1 200 OK\r\nContent-Length: 50001\r\n\r\n\(body)b")
        }
        let result = try bench.check(http("(a+)+c(?<x>\\1)"), server.endpoint)
        #expect(result.verdict == .down)
        // A limit of the search, or its end: this clock would never have told a deadline.
        #expect([.dialogue(.limit), .dialogue(.mismatch)].contains(result.layer))
    }

    @Test func bannerWithoutEndIsBounded() throws {
        let server = try LoopServer(bench.loop) { connection in
            connection.sendForever(Array(repeating: UInt8(ascii: "x"), count: 60_000))
        }
        let log = DialogueLog()
        let dialogue = ScriptedDialogue(to: server.endpoint, expecting: "never", log: log)
        let friendly = try friendlyServer()
        bench.start(dialogue, timeout: Self.deadline, token: 0)
        for token in 1...20 { bench.start(http(), friendly.endpoint, token: token) }
        try bench.run(results: 21, step: Self.step)
        #expect(bench.results[0]?.layer == .dialogue(.timeout))
        #expect(bench.results[0]?.text == "no complete answer within 300 ms")
        #expect(bench.results.filter { $0.value.verdict == .up }.count == 20)
        // In small pieces, between which the others had their turn.
        #expect(log.count > 100_000)
    }

    @Test func windowThatStaysClosedIsATimeout() throws {
        // What is sent is never received: the buffers fill up.
        let server = try LoopServer(bench.loop) { connection in
            connection.stopReceiving()
        }
        var dialogue = ScriptedDialogue(to: server.endpoint, expecting: "never")
        dialogue.onConnected = [.send(Array(repeating: 0, count: ProbeRunner.sendLimit))]
        let result = try bench.check(dialogue, timeout: Self.deadline, step: Self.step)
        #expect(result.told == CheckResult(.down, .dialogue(.timeout), text: "no answer within 300 ms"))
    }

    private func friendlyServer(on loop: EventLoop? = nil) throws -> LoopServer {
        try LoopServer(loop ?? bench.loop) { connection in
            connection.onReceive = { [unowned connection] bytes in
                if bytes.isEmpty { return }
                connection.send("HTTP/1.1 200 OK\r\nContent-Length: 12\r\n\r\nServer is OK")
            }
        }
    }
}
