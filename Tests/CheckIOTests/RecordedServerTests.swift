import Addresses
import Configuration
import Dialogues
import TestKit
import Testing
import Time

@testable import CheckIO
@testable import System

/// Servers as they were recorded with keepalived 2.2.7, each named by its scenario and its last number there, checked as its
/// configuration has it; who has to be up is what the recording says is right.
struct RecordedServerTests {
    private let bench: Bench

    init() throws {
        bench = try Bench()
    }

    /// Behaves as a server on a connection, and again on each that follows.
    typealias Behaviour = (ServerConnection) -> Void

    /// A web server that answers a whole request at once.
    private static func http(
        _ answer: String,
        closes: Bool = true,
        sends: @escaping (ServerConnection, String) -> Void = { $0.send($1) }
    ) -> Behaviour {
        { connection in
            connection.onReceive = { [unowned connection] bytes in
                guard String(decoding: connection.received, as: UTF8.self).hasSuffix("\r\n\r\n"), !bytes.isEmpty else {
                    return
                }
                sends(connection, answer)
                if closes { connection.endSending() }
            }
        }
    }

    private static func page(_ status: Int, _ body: String = "ok") -> Behaviour {
        http("HTTP/1.0 \(status) X\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)")
    }

    /// A mail server with those lines, none where it says nothing.
    private static func mail(
        _ banner: String = "220 mx ESMTP\r\n",
        hello: String = "250 mx\r\n",
        farewell: String? = "221 bye\r\n"
    ) -> Behaviour {
        { connection in
            connection.send(banner)
            connection.onReceive = { [unowned connection] bytes in
                switch String(decoding: bytes, as: UTF8.self).prefix(4) {
                case "HELO": connection.send(hello)
                case "QUIT": farewell.map { connection.send($0) }
                default: break
                }
            }
        }
    }

    private func get(_ endpoint: Endpoint, path: String = "/") -> HealthCheck.Method {
        .negotiate(Negotiation(.http(HTTPRequest(target: path, host: endpoint.description, by: .http10))))
    }

    /// Checks servers side by side; which are up, by their numbers.
    private func up(
        _ servers: [Int: Behaviour],
        timeout: Duration = .seconds(1),
        step: Duration = .zero,
        _ method: (Endpoint) -> HealthCheck.Method
    ) throws -> [Int] {
        var running: [LoopServer] = []
        for (number, behaviour) in servers {
            let server = try LoopServer(bench.loop, behaviour)
            running.append(server)
            bench.start(method(server.endpoint), server.endpoint, timeout: timeout, token: number)
        }
        try bench.run(results: servers.count, step: step)
        return servers.keys.filter { bench.results[$0]?.verdict == .up }.sorted()
    }

    @Test(.waits) func slowWebServers() throws {
        let answer = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"
        let servers: [Int: Behaviour] = [
            // One that never answers, one that leaves the connection open, one that drips, one without words of its status.
            11: { _ in }, 12: Self.http(answer, closes: false),
            13: Self.http(answer, closes: false) { $0.trickle(Array($1.utf8), every: .milliseconds(300)) },
            14: Self.http("HTTP/1.1 200\r\n\r\nok"),
        ]
        #expect(try up(servers, step: .milliseconds(5)) { get($0) } == [12, 14])
    }

    @Test(.waits) func mailServers() throws {
        let servers = [
            11: Self.mail(), 12: Self.mail("220-hello\r\n220 mx\r\n"), 13: Self.mail("220\r\n"),
            14: Self.mail(hello: "550 no\r\n"), 15: Self.mail(farewell: nil),
        ]
        let up = try up(servers) { _ in .negotiate(Negotiation(.smtpHello(name: "lb.example"))) }
        #expect(up == [11, 12, 13, 15])
    }

    @Test(.waits) func statuses() throws {
        let statuses = [11: 200, 12: 204, 13: 299, 14: 302, 15: 404, 16: 503]
        #expect(try up(statuses.mapValues { Self.page($0) }) { get($0) } == [11, 12, 13])
    }

    /// The second of two pages is missing: a server is up while both are there.
    @Test(.waits) func severalPages() throws {
        let server = try LoopServer(bench.loop) { connection in
            connection.onReceive = { [unowned connection] bytes in
                let isThere = bytes.starts(with: Array("GET /a ".utf8))
                connection.send("HTTP/1.0 \(isThere ? 200 : 500) X\r\n\r\n")
                connection.endSending()
            }
        }
        for (token, path) in ["/a", "/b"].enumerated() {
            bench.start(get(server.endpoint, path: path), server.endpoint, token: token)
        }
        try bench.run(results: 2)
        #expect([0, 1].map { bench.results[$0]?.verdict } == [.up, .down])
    }

    @Test(.waits) func aServerThatTakesAConnectionAndClosesIt() throws {
        let closing: Behaviour = { $0.close() }
        #expect(try up([11: closing]) { _ in .connect } == [11])
        let again = try RecordedServerTests()
        #expect(try again.up([12: closing]) { again.get($0) } == [])
    }

    @Test(.waits) func secureWebServers() throws {
        let certificates = try TestCertificates.shared
        var names: [Int: String?] = [:]
        var requests: [Int: String] = [:]
        func secure(_ number: Int) -> Behaviour {
            { connection in
                _ = try? TLSServerEnd(connection, certificate: certificates.expired, key: certificates.key) { end in
                    names[number] = end.serverName
                    end.onReceive = { [unowned end] bytes in
                        requests[number, default: ""] += String(decoding: bytes, as: UTF8.self)
                        guard requests[number]?.hasSuffix("\r\n\r\n") == true, !bytes.isEmpty else { return }
                        end.send("HTTP/1.0 200 OK\r\n\r\nok")
                        end.close()
                    }
                }
            }
        }
        var servers: [LoopServer] = []
        for (number, behaviour) in [11: secure(11), 12: secure(12), 13: Self.page(200)] {
            let server = try LoopServer(bench.loop, behaviour)
            servers.append(server)
            let host = number == 12 ? "web.example" : server.endpoint.description
            var negotiation = Negotiation(.http(HTTPRequest(target: "/", host: host, by: .http10)))
            negotiation.security = TLSSettings(serverName: number == 12 ? "web.example" : nil)
            bench.start(.negotiate(negotiation), server.endpoint, timeout: .seconds(5), token: number)
        }
        // One that speaks no TLS waits for more of what it takes for a request.
        try bench.run(results: 3, step: .milliseconds(5))
        #expect([11, 12, 13].filter { bench.results[$0]?.verdict == .up } == [11, 12])
        #expect(names == [11: nil, 12: "web.example"])
        #expect(requests[12] == "GET / HTTP/1.0\r\nUser-Agent: KeepAliveClient\r\nHost: web.example\r\n\r\n")
    }

    /// A check of a server of datagrams.
    struct Datagrams: Sendable {
        var payload = DatagramRule.usualPayload
        var rule = DatagramRule()
        /// What the server answers; nil for an echo, nothing for silence.
        var answer: [UInt8]?
        var isSilent = false
    }

    private func up(_ servers: [Int: Datagrams], step: Duration = .zero) throws -> [Int] {
        var running: [DatagramServer] = []
        for (number, check) in servers {
            let server = try DatagramServer(bench.loop) { check.isSilent ? [] : [check.answer ?? $0] }
            running.append(server)
            let method = HealthCheck.Method.negotiate(Negotiation(.datagram(check.payload, check.rule)))
            bench.start(method, server.endpoint, timeout: .milliseconds(500), token: number)
        }
        try bench.run(results: servers.count, step: step)
        return servers.keys.filter { bench.results[$0]?.verdict == .up }.sorted()
    }

    @Test(.waits) func serversOfDatagrams() throws {
        let masked = DatagramRule.Mask([0x01, 0x02, 0x03], significant: [0xff, 0x0f, 0xff])
        let servers = [
            12: Datagrams(isSilent: true), 13: Datagrams(rule: DatagramRule(needsReply: true), isSilent: true),
            14: Datagrams(
                payload: [1, 2],
                rule: DatagramRule(needsReply: true, beginning: masked),
                answer: [1, 0xf2, 3]
            ),
            15: Datagrams(payload: [1, 2], rule: DatagramRule(needsReply: true, beginning: DatagramRule.Mask([9]))),
            // The same as 14, later on.
            16: Datagrams(
                payload: [1, 2],
                rule: DatagramRule(needsReply: true, beginning: masked),
                answer: [1, 0xf3, 4]
            ),
        ]
        #expect(try up(servers, step: .milliseconds(5)) == [12, 14])
    }

    @Test(.waits) func lengthsOfDatagrams() throws {
        func rule(_ beginning: [UInt8]?, _ lengths: ClosedRange<Int>) -> DatagramRule {
            DatagramRule(needsReply: true, beginning: beginning.map { DatagramRule.Mask($0) }, lengths: lengths)
        }
        let servers = [
            11: Datagrams(payload: [1, 2], rule: rule([1, 2, 3], 0...255), answer: [1]),
            12: Datagrams(payload: [1, 2], rule: rule([1, 2, 3], 0...255), answer: [1, 2, 3, 4]),
            13: Datagrams(payload: [1, 2], rule: rule(nil, 4...65_535), answer: [1]),
            14: Datagrams(payload: [1, 2], rule: rule([1], 4...255), answer: [1]),
            15: Datagrams(payload: [1, 2], rule: rule([1], 0...2), answer: [1, 2, 3]),
        ]
        #expect(try up(servers) == [12])
    }

    /// A closed port is told at once, whether an answer is needed or not.
    @Test(.waits, arguments: [DatagramRule(), DatagramRule(needsReply: true)])
    func aClosedPortOfDatagrams(rule: DatagramRule) throws {
        let closed = try DatagramServer(bench.loop) { _ in [] }.endpoint
        let dialogues: [Negotiation.Dialogue] = [.datagram([1], rule), .dnsStatus(name: ".", .startOfAuthority)]
        for (token, dialogue) in dialogues.enumerated() {
            bench.start(.negotiate(Negotiation(dialogue)), closed, timeout: .seconds(20), token: token)
        }
        try bench.run(results: 2)
        #expect(bench.results.values.allSatisfy { $0.verdict == .down && $0.layer == .transport(.refused) })
    }

    /// The first datagram decides that answers the query, whatever comes before it.
    @Test(.waits, arguments: [(UInt8(0x80), true), (0x83, false)])
    func serversOfNames(code: UInt8, isUp: Bool) throws {
        let server = try DatagramServer(bench.loop) { query in
            let header = [0x81, code] + query[4...]
            return [[0xff, 0xff] + header, [1], Array(query.prefix(2) + header)]
        }
        let method = HealthCheck.Method.negotiate(Negotiation(.dnsStatus(name: "www.example.com", .address6)))
        let result = try bench.check(method, server.endpoint)
        // One number of 65,536 is the wrong one, which then decides too.
        #expect(result.verdict == (isUp ? .up : .down))
        #expect(server.received.count == 1)
    }
}
