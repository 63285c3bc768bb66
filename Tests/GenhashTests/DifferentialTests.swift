import TestKit
import Testing

/// What the original makes of a server, ours makes of it too.
@Suite(
    .enabled(if: GenhashRun.original != nil, "the original genhash, of the package keepalived, is not installed"),
    .waits
)
struct DifferentialTests {
    struct Page: Sendable, CustomTestStringConvertible {
        var name: String
        var fields: [String] = []
        var pieces: [[UInt8]]
        var testDescription: String { name }

        init(_ name: String, _ fields: [String] = [], _ body: [UInt8], length: Bool = false) {
            self.name = name
            let fields = length ? fields + ["Content-Length: \(body.count)"] : fields
            pieces = [Array((["HTTP/1.1 200 OK"] + fields).map { $0 + "\r\n" }.joined().utf8) + [13, 10] + body]
        }

        init(_ name: String, response: String) {
            self.name = name
            pieces = [Array(response.utf8)]
        }
    }

    private static func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

    /// A body in chunks of a size.
    private static func chunked(_ body: [UInt8], _ size: Int) -> [UInt8] {
        var chunks: [UInt8] = []
        for start in stride(from: 0, to: body.count, by: size) {
            let chunk = body[start..<min(start + size, body.count)]
            chunks += bytes(String(chunk.count, radix: 16) + "\r\n") + chunk + [13, 10]
        }
        return chunks + bytes("0\r\n\r\n")
    }

    private static let large = (0..<5_000_000).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 / 256) }

    static let pages: [Page] =
        [
            Page("empty, length", [], [], length: true),
            Page("empty, close", [], []),
            Page("one byte, length", [], bytes("a"), length: true),
            Page("a line, length", [], bytes("hello\n"), length: true),
            Page("a line, close", [], bytes("hello\n")),
            Page("every byte, length", [], Array(0...255), length: true),
            Page("every byte, close", [], Array(0...255)),
            Page("zeros, length", [], [UInt8](repeating: 0, count: 1024), length: true),
            Page("4095 bytes", [], [UInt8](repeating: 0x78, count: 4095), length: true),
            Page("4096 bytes", [], [UInt8](repeating: 0x78, count: 4096), length: true),
            Page("4097 bytes", [], [UInt8](repeating: 0x78, count: 4097), length: true),
            Page("65536 bytes", [], (0..<65_536).map { UInt8(truncatingIfNeeded: $0 &* 7 &+ 3) }, length: true),
            Page("5 MB, length", [], large, length: true),
            Page("5 MB, close", [], large),
            Page("5 MB, chunks", ["Transfer-Encoding: chunked"], chunked(large, 8192)),
            Page("chunks of 6", ["Transfer-Encoding: chunked"], chunked(bytes("hello\n"), 6)),
            Page("chunks of 3", ["Transfer-Encoding: chunked"], chunked(bytes("hello\n"), 3)),
            Page("UTF-8", ["Content-Type: text/plain"], bytes("健康检查 ok\n"), length: true),
            Page("empty lines within", [], bytes("line1\r\n\r\nline2\r\n"), length: true),
            Page("length in the body, and in the header", [], bytes("Content-Length: 3\r\nabcdef\n"), length: true),
            Page("length in the body only", [], bytes("Content-Length: 3\r\nabcdef\n")),
            Page("length at the end of the body", [], bytes("abcContent-Length: 3")),
            Page("length in lower case", ["content-length: 6"], bytes("hello\nTRAILING")),
            Page("length shorter than the body", ["Content-Length: 6"], bytes("hello\nTRAILING")),
            Page("length longer than the body", ["Content-Length: 60"], bytes("hello\n")),
            Page("length with blanks behind it", ["Content-Length:   6  "], bytes("hello\nEXTRA")),
            Page("length without a blank", ["Content-Length:6"], bytes("hello\nEXTRA")),
            Page("length without a number", ["Content-Length:"], bytes("hello\nEXTRA")),
            Page("length with a sign", ["Content-Length: +6"], bytes("hello\nEXTRA")),
            Page("length below zero", ["Content-Length: -6"], bytes("hello\nEXTRA")),
            Page("length below zero, wrapped", ["Content-Length: -18446744073709551612"], bytes("hello\nEXTRA")),
            Page("length beyond 64 bits", ["Content-Length: 18446744073709551622"], bytes("hello\nEXTRA")),
            Page("length in a name", ["X-Content-Length: 6"], bytes("hello\nEXTRA")),
            Page("length twice", ["Content-Length: 6", "Content-Length: 8"], bytes("hello\nEXTRA")),
            Page("length behind a zero", ["X: \0", "Content-Length: 6"], bytes("hello\nEXTRA")),
            Page("not found", response: "HTTP/1.1 404 Not Found\r\nContent-Length: 3\r\n\r\nno\n"),
            Page("a redirect", response: "HTTP/1.1 302 Found\r\nLocation: /x\r\n\r\nelsewhere"),
            Page(
                "a preliminary answer",
                response: "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabc"
            ),
            Page("no status line", response: "\r\n\r\nhello"),
            Page("header of 4095 bytes", ["X: " + String(repeating: "x", count: 4095 - 17 - 5 - 2)], bytes("hello")),
        ]
        + [4078, 4079, 4080, 4095].map { place in
            Page(
                "length at \(place)",
                [],
                [UInt8](repeating: 0x78, count: place - 19) + bytes("Content-Length: 3\r\nabc")
            )
        }

    @Test(arguments: pages)
    func digestsAreTheSame(_ page: Page) throws {
        let server = try PageServer(page.pieces, requests: 2)
        let words = ["-s", "127.0.0.1", "-p", "\(server.port)", "-u", "/page"]
        let theirs = try Program.run(try #require(GenhashRun.original), words)
        let ours = GenhashRun.run(words)
        let requests = try server.finish()
        #expect(ours == theirs)
        #expect(ours.output.utf8.count == 33)
        #expect(requests.count == 2)
        #expect(requests.first == requests.last)
    }

    @Test(arguments: [
        Page("header ends in LF", response: "HTTP/1.1 200 OK\nContent-Length: 5\n\nhello"),
        Page("header too long", ["X: " + String(repeating: "x", count: 4096 - 17 - 5 - 2)], bytes("hello")),
        Page("nothing", response: ""),
        Page("garbage", response: "garbage"),
    ])
    func whatHasNoDigestHasNone(_ page: Page) throws {
        let server = try PageServer(page.pieces, requests: 2)
        let words = ["-s", "127.0.0.1", "-p", "\(server.port)", "-u", "/page"]
        let theirs = try Program.run(try #require(GenhashRun.original), words)
        let ours = GenhashRun.run(words)
        _ = try server.finish()
        #expect(ours.output == theirs.output)
        #expect(!theirs.errors.isEmpty)
        #expect(ours.errors.hasPrefix("genhash: /page: L7 "))
        // On purpose: the original says 0.
        #expect((ours.status, theirs.status) == (1, 0))
    }

    @Test(arguments: [
        ["-P", "1.0"], ["-P", "1.0c"], ["-P", "1.1"], ["-V", "www.example.com"],
        ["-P", "1.1", "-V", "www.example.com"],
        ["--protocol", "1.1", "--use-virtualhost", "www.example.com", "--timeout", "3"], ["-u", "no/slash?x=y&z"],
        ["-u", "http://www.example.com/proxied"], ["-m", "0"], ["--fwmark", "0"],
        ["--pro", "1.1", "--use-v=www.example.com", "--t=3"], ["--pr=1.0c", "--f", "0", "--ur", "/page"],
    ])
    func requestsAreTheSame(options: [String]) throws {
        let server = try PageServer([Self.bytes("HTTP/1.1 200 OK\r\n\r\nok")], requests: 2)
        let url = options.contains("-u") || options.contains("--ur") ? [] : ["-u", "/page"]
        let words = ["--server", "127.0.0.1", "--port", "\(server.port)"] + url + options
        let theirs = try Program.run(try #require(GenhashRun.original), words)
        let ours = GenhashRun.run(words)
        let requests = try server.finish()
        #expect(requests.count == 2)
        #expect(requests.first == requests.last)
        #expect(ours == theirs)
    }

    @Test(arguments: [[], ["-V", "www.example.com"], ["-I", "-V", "www.example.com"]])
    func digestsAreTheSameInTLS(options: [String]) throws {
        let certificates = try TestCertificates.shared
        let server = try PageServer(TLSServer(certificate: certificates.valid, key: certificates.key), requests: 2)
        let words = ["-S", "-s", "127.0.0.1", "-p", "\(server.port)", "-u", "/page"] + options
        let theirs = try Program.run(try #require(GenhashRun.original), words)
        let ours = GenhashRun.run(words)
        #expect(try server.finish().count == 2)
        #expect(ours == theirs)
        #expect(ours.status == 0)
    }

    @Test
    func detailsAreShownAlike() throws {
        let body = Array(0...255) + Self.bytes("and more\r\n")
        let page = Page("page", ["Server: x"], body)
        let server = try PageServer(page.pieces, requests: 2)
        let words = ["-v", "-s", "127.0.0.1", "-p", "\(server.port)", "-u", "/page"]
        let theirs = try Program.run(try #require(GenhashRun.original), words)
        let ours = GenhashRun.run(words)
        _ = try server.finish()
        let withoutTime = { (program: Program) in
            program.output.split(separator: " = ", omittingEmptySubsequences: false).dropLast().joined()
        }
        #expect(withoutTime(ours) == withoutTime(theirs))
        #expect(ours.output.contains("Global response time for [/page] = "))
    }
}
