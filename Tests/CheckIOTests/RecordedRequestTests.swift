import Addresses
import Configuration
import Dialogues
import TestKit
import Testing

@testable import CheckIO
@testable import System

/// The bytes that keepalived 2.2.7 sent to servers, `Fixtures/keepalived/requests`, and those that these get from us.
struct RecordedRequestTests {
    private let bench: Bench
    private let recorded: [String: [UInt8]]

    init() throws {
        bench = try Bench()
        let text = try SourceTree.text(of: "Fixtures/keepalived/requests/requests.tsv")
        let rows = text.split(separator: "\n").filter { !$0.hasPrefix("#") }.map { $0.split(separator: "\t") }
        recorded = Dictionary(
            rows.map { row in
                let digits = Array(row[1])
                let bytes = stride(from: 0, to: digits.count, by: 2).map {
                    UInt8(String(digits[$0...$0 + 1]), radix: 16)
                }
                return (String(row[0]), bytes.compactMap { $0 })
            }
        ) { first, _ in first }
    }

    /// The requests over HTTP: what a `url` block has, and the port that its server had.
    static let pages: [(name: String, HTTPRequest.Version, path: String, host: String, hasDigest: Bool)] = [
        ("http 1.0", .http10, "/a?b=c", "127.0.0.1:8001", false),
        ("http 1.0C", .http10Closing, "/a?b=c", "127.0.0.1:8002", false),
        ("http 1.0c", .http10Closing, "/a?b=c", "127.0.0.1:8003", false),
        ("http 1.1", .http11, "/a?b=c", "127.0.0.1:8004", false),
        ("http 1.1 virtualhost", .http11, "/", "www.example.com:81", false),
        ("http v6", .http10, "/", "[::1]:8006", false),
        ("http digest", .http10, "/", "127.0.0.1:8008", true),
        ("http quoted path", .http10, "/a b", "127.0.0.1:8009", false),
    ]

    @Test(.waits, arguments: pages.indices)
    func pagesAreAskedForInTheSameBytes(index: Int) throws {
        let page = Self.pages[index]
        var request = HTTPRequest(target: page.path, host: page.host, by: page.1)
        if page.hasDigest { request.digest = Array(repeating: 0, count: 16) }
        #expect(try sent(.http(request), answers: ["HTTP/1.0 200 OK\r\n\r\nok"]) == recorded[page.name])
    }

    @Test(.waits, arguments: [("smtp default", "smtpchecker.keepalived.org"), ("smtp helo_name", "lb.example")])
    func mailServersAreGreetedInTheSameBytes(name: String, greeting: String) throws {
        let answers = ["220 mx\r\n", "250 mx\r\n", "221 bye\r\n"]
        #expect(try sent(.smtpHello(name: greeting), answers: answers, greets: true) == recorded[name])
    }

    /// All that a server gets on one connection; after each piece of it comes the next answer.
    private func sent(_ dialogue: Negotiation.Dialogue, answers: [String], greets: Bool = false) throws -> [UInt8] {
        var received: [UInt8] = []
        let server = try LoopServer(bench.loop) { connection in
            var rest = answers[...]
            if greets { rest.popFirst().map { connection.send($0) } }
            connection.onReceive = { [unowned connection] bytes in
                received += bytes
                rest.popFirst().map { connection.send($0) }
                if rest.isEmpty { connection.endSending() }
            }
        }
        #expect(try bench.check(.negotiate(Negotiation(dialogue)), server.endpoint).layer != .transport(.timeout))
        try bench.run { server.connections.count == 1 && received.count >= 1 }
        // What was sent before the verdict has arrived by now, and is taken in the next turns.
        for _ in 0..<10 { try bench.loop.runTurn(atMost: .milliseconds(5)) }
        return received
    }

    static let queries: [(name: String, domain: String, DNSRecordType)] = [
        ("dns default", ".", .startOfAuthority), ("dns A", "www.example.com", .address),
        ("dns trailing dot", "www.example.com.", .text), ("dns NS", "x", .nameServer),
        ("dns CNAME", "x", .canonicalName),
        ("dns SOA", "x", .startOfAuthority), ("dns MX", "x", .mailExchange), ("dns TXT", "x", .text),
        ("dns AAAA", "x", .address6), ("dns RRSIG", "x", .signature), ("dns DNSKEY", "x", .key),
    ]

    @Test(.waits, arguments: queries.indices)
    func namesAreAskedForInTheSameBytes(index: Int) throws {
        let (name, domain, type) = Self.queries[index]
        let server = try DatagramServer(bench.loop) { [$0[..<2] + [0x81, 0x80] + $0[4...]].map { Array($0) } }
        let result = try bench.check(.negotiate(Negotiation(.dnsStatus(name: domain, type))), server.endpoint)
        #expect(result.verdict == .up)
        // But for the number of the query.
        #expect(server.received.map { [0, 0] + $0.dropFirst(2) } == [recorded[name]])
    }

    @Test(.waits, arguments: [("udp default", DatagramRule.usualPayload), ("udp payload", [1, 2, 10])])
    func datagramsHaveTheSameBytes(name: String, payload: [UInt8]) throws {
        let server = try DatagramServer(bench.loop) { [$0] }
        let result = try bench.check(.negotiate(Negotiation(.datagram(payload, DatagramRule()))), server.endpoint)
        #expect(result.verdict == .up)
        #expect(server.received == [recorded[name]])
    }

    /// An echo request has as many bytes; what they are tells here whose it is.
    @Test func echoRequestsHaveTheSameLength() {
        let packet = EchoPacket(secret: 1, slot: 2, generation: 3, sequence: 4)
        #expect(packet.request(.ipv4, bytes: 128).count == recorded["ping"]?.count)
    }
}
