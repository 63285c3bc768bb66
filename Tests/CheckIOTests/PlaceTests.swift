import Addresses
import Configuration
import Dialogues
import System
import TestKit
import Testing
import Time

@testable import CheckIO

/// Redirects that lead away from the server, over real connections.
@Suite(.waits)
struct PlaceTests {
    private let bench: Bench

    init() throws {
        bench = try Bench()
    }

    private func redirector(to location: @escaping () -> String) throws -> LoopServer {
        try LoopServer(bench.loop) { connection in
            connection.onReceive = { [unowned connection] bytes in
                guard !bytes.isEmpty else { return }
                connection.send("HTTP/1.1 301 Moved\r\nLocation: \(location())\r\nContent-Length: 0\r\n\r\n")
                // Many end the connection at once; that says nothing while the name is looked up.
                connection.endSending()
            }
        }
    }

    private func friendlyServer(at address: String = "127.0.0.2") throws -> LoopServer {
        try LoopServer(bench.loop, address: address) { connection in
            connection.onReceive = { [unowned connection] bytes in
                if !bytes.isEmpty { connection.send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n") }
            }
        }
    }

    private let http = HealthCheck.Method.negotiate(Negotiation(.http(HTTPRequest(target: "/", host: "127.0.0.1"))))

    @Test func aNameIsLookedUpAsideAndKept() throws {
        let friendly = try friendlyServer()
        let server = try redirector { "http://www.example.org:\(friendly.endpoint.port)/" }
        var asked: [String] = []
        bench.runner?.knowPlaces(services: ServedAddresses()) { [bench] name, then in
            asked.append(name)
            bench.loop.at(bench.loop.now + .milliseconds(30)) { then(.success([friendly.endpoint.address])) }
        }
        for token in 1...3 { bench.start(http, server.endpoint, token: token) }
        try bench.run(results: 3, step: .milliseconds(1))
        bench.start(http, server.endpoint, token: 4)
        try bench.run(results: 4)
        #expect(
            bench.results.values.map(\.told)
                == Array(repeating: CheckResult(.up, .dialogue(.passed), text: "200 OK"), count: 4)
        )
        #expect(asked == ["www.example.org"])
    }

    /// A check for a host that nobody knows fails with that reason until somebody does.
    @Test func aHostOfTheFileIsLookedUpUntilItIsThere() throws {
        let friendly = try friendlyServer()
        var request = HTTPRequest(target: "/", host: "127.0.0.1")
        request.soughtHost = "www.example.org"
        let method = HealthCheck.Method.negotiate(Negotiation(.http(request)))
        var isThere = false
        bench.runner?.knowPlaces(services: ServedAddresses()) { [bench] _, then in
            let answer: Result<[IPAddress], HostCache.Failure> =
                isThere
                ? .success([friendly.endpoint.address]) : .failure(HostCache.Failure(text: "none", isFinal: false))
            bench.loop.at(bench.loop.now) { then(answer) }
        }
        let text = "the request is for www.example.org, whose host is not found: none"
        bench.start(method, friendly.endpoint, token: 1)
        try bench.run(results: 1)
        #expect(bench.results.values.map(\.told) == [CheckResult(.down, .dialogue(.unreachable), text: text)])
        isThere = true
        // What was not found is believed for a while.
        request.soughtHost = "other.example.org"
        let other = HealthCheck.Method.negotiate(Negotiation(.http(request)))
        bench.start(other, friendly.endpoint, token: 2)
        try bench.run(results: 2)
        #expect(bench.results.values.contains { $0.told == CheckResult(.up, .dialogue(.passed), text: "200 OK") })
    }

    @Test func aNameServerThatHangsFailsWithinTheLimit() throws {
        let server = try redirector { "http://www.example.org/" }
        var late: ((Result<[IPAddress], HostCache.Failure>?) -> Void)?
        bench.runner?.knowPlaces(services: ServedAddresses()) { late = $1 }
        bench.start(http, server.endpoint, timeout: .milliseconds(100))
        try bench.run { late != nil }
        try bench.pass(.milliseconds(100))
        let result = try #require(bench.results[1])
        let text = "the host www.example.org was not looked up within 100 ms"
        #expect(result.told == CheckResult(.down, .dialogue(.timeout), text: text))
        // An answer that comes later is for the next check.
        late?(.failure(HostCache.Failure(text: "none", isFinal: true)))
        #expect(bench.results.count == 1)
    }

    @Test func aFailedLookupIsTheReason() throws {
        let server = try redirector { "http://www.example.org/" }
        bench.runner?.knowPlaces(services: ServedAddresses()) { [bench] _, then in
            bench.loop.at(bench.loop.now) { then(.failure(HostCache.Failure(text: "none", isFinal: true))) }
        }
        let result = try bench.check(http, server.endpoint)
        let text = "301 Moved, a redirect to http://www.example.org/, whose host is not found: none"
        #expect(result.told == CheckResult(.down, .dialogue(.status(301)), text: text))
    }

    @Test func withoutAThreadTheServerIsNotToBlame() throws {
        let server = try redirector { "http://www.example.org/" }
        bench.runner?.knowPlaces(services: ServedAddresses()) { [bench] _, then in
            bench.loop.at(bench.loop.now) { then(nil) }
        }
        #expect(try bench.check(http, server.endpoint).isUnasked)
    }

    @Test func aServiceOfTheDirectorIsAskedOfTheServer() throws {
        let friendly = try friendlyServer(at: "127.0.0.1")
        let server = try redirector { "http://192.0.2.80/" }
        var services = ServedAddresses()
        services.add(
            Endpoint(address: .v4(IPv4Address(value: 0xc000_0250)), port: 80),
            servers: [friendly.endpoint]
        )
        bench.runner?.knowPlaces(services: services, lookUp: nil)
        let result = try bench.check(http, server.endpoint)
        #expect(result.told == CheckResult(.up, .dialogue(.passed), text: "200 OK"))
    }
}
