import Addresses
import Configuration
import Dialogues
import System
import TestKit
import Testing

@testable import CheckIO

/// Whole checks over HTTP, from what is configured to the verdict.
@Suite(.waits)
struct HTTPCheckTests {
    private let bench: Bench

    init() throws {
        bench = try Bench()
    }

    private func check(_ endpoint: Endpoint, security: TLSSettings? = nil, body: String = "OK") throws -> CheckResult {
        var request = HTTPRequest(target: "/check", host: "www.example.com")
        request.pattern = ContentPattern(body)
        return try bench.check(.negotiate(Negotiation(.http(request), security: security)), endpoint)
    }

    private static let answer = "HTTP/1.1 200 OK\r\nContent-Length: 12\r\n\r\nServer is OK"

    @Test(arguments: [
        (Self.answer, "OK", CheckLayer.dialogue(.passed)),
        (Self.answer, "KO", .dialogue(.mismatch)),
        ("HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n", "OK", .dialogue(.status(503))),
    ])
    func answerDecides(answer: String, pattern: String, layer: CheckLayer) throws {
        var asked = ""
        let server = try LoopServer(bench.loop) { connection in
            connection.onReceive = { [unowned connection] bytes in
                asked += String(decoding: bytes, as: UTF8.self)
                if !bytes.isEmpty { connection.send(answer) }
            }
        }
        let result = try check(server.endpoint, body: pattern)
        #expect(result.layer == layer)
        #expect(result.verdict == (layer == .dialogue(.passed) ? .up : .down))
        #expect(asked.hasPrefix("GET /check HTTP/1.1\r\n") && asked.hasSuffix("\r\n\r\n"))
        #expect(asked.contains("\r\nHost: www.example.com\r\n"))
    }

    @Test func answerWithinTLSDecides() throws {
        let certificates = try TestCertificates.shared
        let server = try LoopServer(bench.loop) { connection in
            _ = try? TLSServerEnd(connection, certificate: certificates.valid, key: certificates.key) { end in
                end.onReceive = { [unowned end] in if !$0.isEmpty { end.send(Self.answer) } }
            }
        }
        let settings = TLSSettings(
            verifiesCertificate: true,
            trustedCertificates: certificates.valid,
            serverName: "www.example.com"
        )
        let result = try check(server.endpoint, security: settings)
        #expect(result.told == CheckResult(.up, .dialogue(.passed), text: "200 OK"))
    }

    @Test func redirectOpensAnotherConnection() throws {
        var connections = 0
        let server = try LoopServer(bench.loop) { connection in
            connections += 1
            connection.onReceive = { [unowned connection] bytes in
                if bytes.isEmpty { return }
                let isFirst = String(decoding: bytes, as: UTF8.self).hasPrefix("GET /check ")
                connection.send(isFirst ? "HTTP/1.1 302 Found\r\nLocation: /other\r\n\r\n" : Self.answer)
            }
        }
        #expect(try check(server.endpoint).verdict == .up)
        #expect(connections == 2)
    }
}
