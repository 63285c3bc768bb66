import Addresses
import TestKit
import Testing

@Suite(.waits)
struct GenhashProgramTests {
    private static let hello = "5d41402abc4b2a76b9719d911017c592"
    private static let loopback = IPAddress.v4(IPv4Address(value: 0x7f00_0001))

    private func response(_ status: String = "200 OK") -> [[UInt8]] {
        [Array("HTTP/1.1 \(status)\r\nContent-Length: 5\r\n\r\nhello".utf8)]
    }

    /// A port of the loopback that nobody listens on.
    private func deadPort() throws -> UInt16 {
        let server = try PageServer([], requests: 0)
        _ = try server.finish()
        return server.port
    }

    @Test
    func aURLSaysWhichServerIsMeant() throws {
        let server = try PageServer(response(), requests: 1)
        let program = GenhashRun.run(["-u", "http://127.0.0.1:\(server.port)/a/../b c?d#e"])
        #expect(program.output == Self.hello + "\n")
        #expect(program.status == 0)
        let request = "GET /b%20c?d HTTP/1.0\r\nUser-Agent: KeepAliveClient\r\nHost: 127.0.0.1:\(server.port)\r\n\r\n"
        #expect(try server.finish() == [request])
    }

    @Test
    func severalURLsAreNamed() throws {
        let server = try PageServer(response(), requests: 2)
        let program = GenhashRun.run(["-s", "127.0.0.1", "-p", "\(server.port)", "-u", "/a", "-u", "/b"])
        #expect(program.output == "\(Self.hello)  /a\n\(Self.hello)  /b\n")
        #expect(program.status == 0)
        #expect(try server.finish().count == 2)
    }

    @Test
    func namesAreLookedUp() throws {
        let server = try PageServer(response(), requests: 1)
        // The first address is one of the loopback where nobody listens.
        let names = ["www.example.com": [IPAddress.v4(IPv4Address(value: 0x7f00_0002)), Self.loopback]]
        // A value may stand right behind its letter.
        let program = GenhashRun.run(["-swww.example.com", "-p\(server.port)", "-u/"], names: names)
        #expect(program.output == Self.hello + "\n")
        #expect(try server.finish()[0].hasSuffix("Host: www.example.com:\(server.port)\r\n\r\n"))
        let unknown = GenhashRun.run(["-s", "nowhere.example.com", "-u", "/"])
        #expect(unknown.errors == "genhash: /: director unreachable: no address is known for nowhere.example.com\n")
        #expect(unknown.status == 1)
    }

    @Test
    func theConnectionNeedNotBeClosedWhenTheLengthIsKnown() throws {
        let server = try PageServer(response(), requests: 1, staysOpen: true)
        let program = GenhashRun.run(["-s", "127.0.0.1", "-p", "\(server.port)", "-u", "/"])
        #expect(program.output == Self.hello + "\n")
        _ = try server.finish()
    }

    @Test(arguments: ["", "HTTP/1.1 200 OK\r\n", "HTTP/1.1 200 OK\r\n\r\nhel"])
    func silenceIsAFailure(answer: String) throws {
        let server = try PageServer([Array(answer.utf8)], requests: 1, staysOpen: true)
        let program = GenhashRun.run(["-s", "127.0.0.1", "-p", "\(server.port)", "-u", "/x", "-t", "0.2"])
        #expect(program.output == "")
        #expect(program.errors == "genhash: /x: L7 timeout: no complete answer in time\n")
        #expect(program.status == 1)
        _ = try server.finish()
    }

    @Test
    func whoDoesNotListenHasNoDigest() throws {
        let port = try deadPort()
        let program = GenhashRun.run(["-s", "127.0.0.1", "-p", "\(port)", "-u", "/x"])
        #expect(program.output == "")
        #expect(program.errors.hasPrefix("genhash: /x: L4 refused: "))
        #expect(program.status == 1)
    }

    @Test(arguments: [("200 OK", true), ("206 Partial", true), ("302 Found", false), ("404 Not Found", false)])
    func theStatusCountsIfWanted(status: String, isSuccess: Bool) throws {
        let server = try PageServer(response(status), requests: 2)
        let words = ["-s", "127.0.0.1", "-p", "\(server.port)", "-u", "/x"]
        #expect(GenhashRun.run(words).status == 0)
        let program = GenhashRun.run(words + ["--require-2xx"])
        #expect(program.output == (isSuccess ? Self.hello + "\n" : ""))
        #expect(program.errors == (isSuccess ? "" : "genhash: /x: status \(status)\n"))
        #expect(program.status == (isSuccess ? 0 : 1))
        _ = try server.finish()
    }

    @Test
    func answersAndFailuresAreJSON() throws {
        let server = try PageServer(response("404 \"No\""), requests: 1)
        let port = try deadPort()
        let program = GenhashRun.run([
            "--json", "--require-2xx", "-u", "http://127.0.0.1:\(server.port)/", "-u", "http://127.0.0.1:\(port)/",
            "-u", "http://nowhere.example.com/",
        ])
        _ = try server.finish()
        #expect(program.status == 1)
        #expect(program.errors == "")
        let lines = program.output.split(separator: "\n").filter { !$0.contains("\"microseconds\": ") }
        #expect(
            lines == [
                "[", "  {", "    \"url\": \"http://127.0.0.1:\(server.port)/\",",
                "    \"server\": \"127.0.0.1:\(server.port)\",", "    \"digest\": null,",
                "    \"error\": \"http://127.0.0.1:\(server.port)/: status 404 \\\"No\\\"\",", "    \"status\": 404,",
                "    \"bytes\": 5,", "  },", "  {", "    \"url\": \"http://127.0.0.1:\(port)/\",",
                "    \"server\": \"127.0.0.1:\(port)\",", "    \"digest\": null,",
                "    \"error\": \"http://127.0.0.1:\(port)/: L4 refused: Connection refused\",",
                "    \"status\": null,", "  },", "  {", "    \"url\": \"http://nowhere.example.com/\",",
                "    \"server\": null,", "    \"digest\": null,",
                "    \"error\": \"http://nowhere.example.com/: director unreachable: "
                    + "no address is known for nowhere.example.com\",", "    \"status\": null,", "  }", "]",
            ]
        )
    }

    @Test(arguments: [
        [], ["-s", "127.0.0.1"], ["-u", "/"], ["-u", "ftp://127.0.0.1/"],
        ["-s", "127.0.0.1", "-u", "/", "-p", "99999"],
        ["-s", "127.0.0.1", "-u", "/", "-p", "0"], ["-s", "127.0.0.1", "-u", "/", "-P", "2"],
        ["-s", "127.0.0.1", "-u", "/", "extra"], ["-s", "127.0.0.1", "-u", "/", "-t", "0"],
        ["-s", "127.0.0.1", "-u", "/", "-t", "nan"], ["-s", "127.0.0.1", "-u", "/", "-t", "1e300"],
        ["-s", "127.0.0.1", "-u", "/", "-m", "0x1ffffffff"], ["-s", "127.0.0.1", "-u", "/", "-v", "--json"], ["-q"],
        ["-s", "127.0.0.1", "-u", "/", "--use-s"], ["-s", "127.0.0.1", "--u", "/"],
    ])
    func wrongUsageIsAFailure(words: [String]) {
        let program = GenhashRun.run(words)
        #expect(program.output == "")
        #expect(!program.errors.isEmpty)
        #expect(program.status == 1)
    }

    @Test
    func helpAndReleaseAreAnswers() {
        for words in [["-h"], ["--help"], ["--he"], ["-r"], ["--r"]] {
            let program = GenhashRun.run(words)
            #expect(program.output.contains("genhash"))
            #expect(program.errors == "")
            #expect(program.status == 0)
        }
    }
}
