/// What a web server may answer against the rules, and what Debian's ldirectord and our director make of it.
///
/// What the original makes of it was observed of ldirectord 4.12 with libwww-perl, and is held to in the lab.
struct HTTPAnswer: Sendable {
    enum Verdict: Sendable { case up, down }

    let name: String
    let bytes: [UInt8]
    /// What must be found in the body; nil for nothing.
    let pattern: String?
    let verdict: Verdict
    let original: Verdict

    init(_ name: String, _ text: String, pattern: String? = "ok", _ verdict: Verdict, original: Verdict? = nil) {
        self.name = name
        bytes = text.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) }
        self.pattern = pattern
        self.verdict = verdict
        self.original = original ?? verdict
    }

    static let all = equal + different

    /// Those that both directors judge alike.
    private static let equal: [HTTPAnswer] = [
        .init("plain text", "ok plain\n", .up),
        .init("plain text of something else", "welcome\n", .down),
        .init("empty line before", "\r\nHTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nok\n", .up),
        .init("blank before", "  HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nok\n", .up),
        .init("small letters", "http/1.1 200 OK\r\nContent-Length: 3\r\n\r\nok\n", .up),
        .init("line feeds only", "HTTP/1.1 200 OK\nContent-Length: 3\n\nok\n", .up),
        .init("returns only", "HTTP/1.1 200 OK\rContent-Length: 3\r\rok\r", .down),
        .init("no reason", "HTTP/1.1 200\r\nContent-Length: 3\r\n\r\nok\n", .up),
        .init("tabs in the status line", "HTTP/1.1\t200\tOK\r\nContent-Length: 3\r\n\r\nok\n", .up),
        .init("HTTP/1.0", "HTTP/1.0 200 OK\r\n\r\nok\n", .up),
        .init("HTTP/2", "HTTP/2 200\r\n\r\nok\n", .up),
        .init("no slash", "HTTP 200 OK\r\n\r\nok\n", .up),
        .init("ICY", "ICY 200 OK\r\n\r\nok\n", .up),
        .init("CGI status", "Status: 200 OK\r\n\r\nok\n", .up),
        .init("status with the reason behind it", "HTTP/1.1 200OK\r\n\r\nok\n", .up),
        .init("404", "HTTP/1.1 404 Not Found\r\nContent-Length: 3\r\n\r\nok\n", .down),
        .init("500", "HTTP/1.1 500 Oops\r\nContent-Length: 3\r\n\r\nok\n", .down),
        .init("304", "HTTP/1.1 304 Not Modified\r\n\r\nok\n", .down),
        .init("100 before", "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n\r\nok\n", .up),
        .init("101", "HTTP/1.1 101 Switching\r\n\r\nok\n", .down),
        .init("line that is no header", "HTTP/1.1 200 OK\r\nthis is no header\r\nContent-Length: 3\r\n\r\nok\n", .up),
        .init("blank before the colon", "HTTP/1.1 200 OK\r\nContent-Length : 3\r\n\r\nok\nX", .up),
        .init("folded header", "HTTP/1.1 200 OK\r\nX-A: b\r\n Content-Length: 1\r\n\r\nok\n", .up),
        .init("folded length", "HTTP/1.1 200 OK\r\nContent-Length:\r\n 3\r\n\r\nok\nX", .up),
        .init("empty length", "HTTP/1.1 200 OK\r\nContent-Length:\r\nConnection: close\r\n\r\nok\n", .up),
        .init("negative length", "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\nok\n", .up),
        .init("length with a unit", "HTTP/1.1 200 OK\r\nContent-Length: 3 bytes\r\n\r\nok\nX", .up),
        .init("two equal lengths in a list", "HTTP/1.1 200 OK\r\nContent-Length: 3, 3\r\n\r\nok\n", .up),
        .init("length too small", "HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nok\n", .down),
        .init("length 0", "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\nok\n", .down),
        .init(
            "chunks in capitals",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: CHUNKED\r\n\r\nA\r\nok and so \r\n0\r\n\r\n",
            .up
        ),
        .init(
            "length and chunks",
            "HTTP/1.1 200 OK\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nok\n\r\n0\r\n\r\n",
            .up
        ),
        .init(
            "chunks with extensions",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3;a=b;c=\"d\"\r\nok\n\r\n0;x\r\n\r\n",
            .up
        ),
        .init(
            "chunk size with zeros",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n00000000000000000003\r\nok\n\r\n000\r\n\r\n",
            .up
        ),
        .init(
            "chunk size of 0x3",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0x3\r\nok\n\r\n0\r\n\r\n",
            .down
        ),
        .init(
            "chunks without the last empty line",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nok\n\r\n0\r\n",
            .up
        ),
        .init("chunks without sizes", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nok\n", .down),
        .init("nothing", "", .down),
        .init("an empty line", "\r\n", .down),
        .init("status line only", "HTTP/1.1 200 OK\r\n", .down),
        .init("status line without its end", "HTTP/1.1 200 OK", .down),
        .init("failing status line only", "HTTP/1.1 503 Down\r\n", .down),
        .init("head without its end", "HTTP/1.1 200 OK\r\nServer: x\r\n", .down),
        .init("head that ends in a line", "HTTP/1.1 200 OK\r\nServer: x", .down),
        .init("head without its end, with a length", "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n", .down),
        .init("pattern in a header only", "HTTP/1.1 200 OK\r\nX-A: ok\r\n\r\nno\n", .down),
        .init("pattern in the reason only", "HTTP/1.1 200 ok\r\n\r\nno\n", .down),
        .init("charset of UTF-16", "HTTP/1.1 200 OK\r\nContent-Type: text/plain; charset=utf-16\r\n\r\no\0k\0", .down),
        .init("gzip that is none", "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\nok\n", .up),
        .init("redirect without a place", "HTTP/1.1 302 Found\r\n\r\nok\n", .down),
        .init("status line only, any text", "HTTP/1.1 200 OK\r\n", pattern: nil, .up),
        .init("head without its end, any text", "HTTP/1.1 200 OK\r\nServer: x\r\n", pattern: nil, .up),
        .init("length too small, any text", "HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nok\n", pattern: nil, .up),
    ]

    /// Those that stand in `man/ldirectord.cf.5` under `web-answers` and `whole-bodies`.
    private static let different: [HTTPAnswer] = [
        .init(
            "empty line before a failure",
            "\r\nHTTP/1.1 503 Down\r\nContent-Length: 3\r\n\r\nok\n",
            .down,
            original: .up
        ),
        .init("small letters, failure", "http/1.1 503 Down\r\nContent-Length: 3\r\n\r\nok\n", .down, original: .up),
        .init("failure with the reason behind it", "HTTP/1.1 503Down\r\n\r\nok\n", .down, original: .up),
        .init("status of four digits", "HTTP/1.1 2000 OK\r\n\r\nok\n", .down, original: .up),
        .init("status of two digits", "HTTP/1.1 20 OK\r\n\r\nok\n", .down, original: .up),
        .init("status 600", "HTTP/1.1 600 Odd\r\n\r\nok\n", .down, original: .up),
        .init("status 099", "HTTP/1.1 099 Odd\r\n\r\nok\n", .down, original: .up),
        .init("no status", "HTTP/1.1 OK\r\n\r\nok\n", .down, original: .up),
        .init("version only", "HTTP/1.1\r\n\r\nok\n", .down, original: .up),
        .init("204 with a body", "HTTP/1.1 204 No Content\r\n\r\nok\n", .up, original: .down),
        .init(
            "two 100 before",
            "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n\r\nok\n",
            .up,
            original: .down
        ),
        .init("102 before", "HTTP/1.1 102 Processing\r\n\r\nHTTP/1.1 200 OK\r\n\r\nok\n", .up, original: .down),
        .init(
            "103 before",
            "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nok\n",
            .up,
            original: .down
        ),
        .init(
            "enormous length",
            "HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\nok\n",
            .down,
            original: .up
        ),
        .init(
            "two lengths",
            "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 3\r\n\r\nok\n",
            .down,
            original: .up
        ),
        .init("two lengths in a list", "HTTP/1.1 200 OK\r\nContent-Length: 3, 4\r\n\r\nok\n", .down, original: .up),
        .init("ends early", "HTTP/1.1 200 OK\r\nContent-Length: 30\r\n\r\nok\n", .down, original: .up),
        .init(
            "chunk size with a blank before",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n 3\r\nok\n\r\n0\r\n\r\n",
            .up,
            original: .down
        ),
        .init(
            "chunks without the last one",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nok\n\r\n",
            .down,
            original: .up
        ),
        .init(
            "a chunk that ends early",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n30\r\nok\n",
            .down,
            original: .up
        ),
        .init(
            "a chunk longer than its size",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nok and more\r\n0\r\n\r\n",
            .down,
            original: .up
        ),
        .init(
            "identity",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: identity\r\nContent-Length: 3\r\n\r\nok\n",
            .up,
            original: .down
        ),
        .init("plain text, any text", "ok plain\n", pattern: nil, .down, original: .up),
        .init("ICY, any text", "ICY 200 OK\r\n\r\nok\n", pattern: nil, .down, original: .up),
        .init("head that ends in a line, any text", "HTTP/1.1 200 OK\r\nServer: x", pattern: nil, .down, original: .up),
        .init(
            "chunks without sizes, any text",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nok\n",
            pattern: nil,
            .down,
            original: .up
        ),
    ]
}
