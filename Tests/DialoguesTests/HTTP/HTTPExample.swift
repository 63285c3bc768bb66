import Dialogues
import Testing

/// A response, and the verdict on its server.
struct HTTPExample: Sendable, CustomTestStringConvertible {
    var response: String
    var pattern: String?
    var closes = false
    var verdict: HTTPConversation.Verdict
    var testDescription: String { response.debugDescription }

    static let all: [HTTPExample] = [
        .init(response: "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello", verdict: .up("200 OK")),
        .init(response: "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", verdict: .up("200 OK")),
        .init(response: "HTTP/1.0 206 Partial\n\nhello", closes: true, verdict: .up("206 Partial")),
        .init(response: "HTTP/1.1 200\r\ncontent-length:5 \r\n\r\nhello", pattern: "^hello$", verdict: .up("200")),
        .init(
            response: "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nhel\r\n2;x=y\r\nlo\r\n0\r\n\r\n",
            pattern: "^hello$",
            verdict: .up("200 OK")
        ),
        .init(
            response: "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, Chunked\r\n\r\nA\n0123456789\n0\nX: y\n\n",
            pattern: "6789$",
            verdict: .up("200 OK")
        ),
        .init(
            response: "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n",
            closes: true,
            verdict: .up("200 OK")
        ),
        .init(response: "HTTP/1.1 200 OK\r\n\r\nhello\n", pattern: "hello$", closes: true, verdict: .up("200 OK")),
        .init(response: "HTTP/1.1 200 OK\r\n\r\n", closes: true, verdict: .up("200 OK")),
        .init(
            response: "HTTP/1.1 200 OK\r\n\r\nhello\nyou",
            pattern: "hello.you",
            closes: true,
            verdict: .down(.dialogue(.mismatch), "200 OK, but the body does not match")
        ),
        .init(
            response: "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Hints\r\nX: y\r\n\r\nHTTP/1.1 200 OK\r\n\r\n",
            closes: true,
            verdict: .up("200 OK")
        ),
        .init(response: "HTTP/1.1 204 No Content\r\n\r\n", verdict: .up("204 No Content")),
        .init(
            response: "HTTP/1.1 204 No Content\r\n\r\nbut ok",
            pattern: "ok",
            closes: true,
            verdict: .up("204 No Content")
        ),
        .init(
            response: "HTTP/1.1 204 No Content\r\n\r\n",
            pattern: "ok",
            closes: true,
            verdict: .down(.dialogue(.mismatch), "204 No Content, but the body does not match")
        ),
        .init(
            response: "HTTP/1.1 503 Service Unavailable\r\n\r\n",
            verdict: .down(.dialogue(.status(503)), "503 Service Unavailable")
        ),
        .init(response: "HTTP/1.1 302 Found\r\n\r\n", verdict: .down(.dialogue(.status(302)), "302 Found")),
        .init(response: "HTTP/1.1 101 \u{1b}[2J\r\n\r\n", verdict: .down(.dialogue(.status(101)), "101 ?[2J")),
        .init(
            response: "",
            closes: true,
            verdict: .down(.dialogue(.closed), "the connection was closed without an answer")
        ),
        .init(
            response: "HTT",
            closes: true,
            verdict: .down(.dialogue(.closed), "the connection was closed within the header")
        ),
        .init(
            response: "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n",
            closes: true,
            verdict: .down(.dialogue(.closed), "the connection was closed within the header")
        ),
        .init(
            response: "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nhello",
            pattern: "hello",
            closes: true,
            verdict: .down(.dialogue(.closed), "the connection was closed after 5 of 6 bytes of the body")
        ),
        .init(
            response: "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n6\r\nhello",
            closes: true,
            verdict: .down(.dialogue(.closed), "the connection was closed after 5 bytes of the body")
        ),
        .init(
            response: "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n",
            closes: true,
            verdict: .down(.dialogue(.closed), "the connection was closed after 5 bytes of the body")
        ),
        .init(response: "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nhello", pattern: "hello", verdict: .none),
        .init(
            response: "<html>\u{7}It works!",
            closes: true,
            verdict: .down(.dialogue(.malformed), "the answer is not HTTP: <html>?It works!")
        ),
        .init(
            response: "HTTP/1.1 20 OK\r\n",
            verdict: .down(.dialogue(.malformed), "the answer is not HTTP: HTTP/1.1 20 OK")
        ),
        .init(
            response: "HTTP/1.1 099 x\r\n",
            verdict: .down(.dialogue(.malformed), "the answer is not HTTP: HTTP/1.1 099 x")
        ),
        .init(
            response: "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n",
            verdict: .down(.dialogue(.malformed), "the answer contradicts itself about its length")
        ),
        .init(
            response: "HTTP/1.1 200 OK\r\nContent-Length: 9999999999999999999\r\n\r\n",
            verdict: .down(.dialogue(.malformed), "the answer contradicts itself about its length")
        ),
        .init(
            response: "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nhello\r\n",
            verdict: .down(.dialogue(.malformed), "the chunks of the body are malformed")
        ),
        .init(
            response: "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-5\r\n",
            verdict: .down(.dialogue(.malformed), "the chunks of the body are malformed")
        ),
        .init(
            response: "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\n",
            verdict: .down(.dialogue(.malformed), "the chunks of the body are malformed")
        ),
        .init(
            response: "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhello\r\n",
            verdict: .down(.dialogue(.malformed), "the chunks of the body are malformed")
        ),
    ]

    /// What libwww-perl takes, and what no reader of HTTP takes for another meaning.
    static let lenient: [HTTPExample] =
        [
            .init(response: "ok plain\n", pattern: "ok", closes: true, verdict: .up("200 Assumed OK")),
            .init(
                response: "h",
                pattern: "^h?ok",
                closes: true,
                verdict: .down(.dialogue(.closed), "the connection was closed within the header")
            ),
            .init(response: "http: ok", pattern: "^http: ok$", closes: true, verdict: .up("200 Assumed OK")),
            .init(response: "\r\nhi ok", pattern: "hi ok", closes: true, verdict: .up("200 Assumed OK")),
            .init(response: "ICY 200 OK\r\n\r\nok", pattern: "ok", closes: true, verdict: .up("200 Assumed OK")),
            .init(
                response: "SSH-2.0-x\r\n",
                pattern: "ok",
                closes: true,
                verdict: .down(.dialogue(.malformed), "the answer is not HTTP: SSH-2.0-x??, and does not match")
            ),
            .init(response: "SSH-2.0-x\r\n", pattern: "ok", verdict: .none),
            .init(
                response: "ok plain\n",
                closes: true,
                verdict: .down(.dialogue(.malformed), "the answer is not HTTP: ok plain")
            ),
        ]
        + [
            "\r\nHTTP/1.1 200 OK", "\n\r\n\nHTTP/1.1 200 OK", "  HTTP/1.1 200 OK", "http/1.1 200 OK", "Http/1.0 200 OK",
            "HTTP/1.1\t200\tOK", "HTTP/1.1   200 OK", "HTTP/x.1 200 OK", "HTTP/ 200 OK", "HTTP/2 200 OK",
            "HTTP/1.1.1 200 OK",
            "HTTP/1.1 200OK", "HTTP/1.1 200 OK\r\nthis is no header", "HTTP/1.1 200 OK\r\n: empty",
            "HTTP/1.1 200 OK\r\n:",
            "HTTP/1.1 102 Processing\r\n\r\nHTTP/1.1 200 OK", "HTTP/1.1 100 Continue\n\n\nhttp/1.1 200 OK",
            "HTTP/1.1 200 OK\r\n Content-Length: 900", "HTTP/1.1 200 OK\r\nX-A: b\r\n Content-Length: 900",
            "HTTP/1.1 200 OK\r\nContent-Type: a\r\n\tTransfer-Encoding: chunked",
        ]
        .map {
            .init(response: "\($0)\r\nContent-Length: 3\r\n\r\nok\nX", pattern: "^ok$", verdict: .up(statusLine($0)))
        }
        + [
            "", " ", "-1", "abc", "3.5", "0x3", "+3", ",", "3;q=1", "\r\n ",
        ]
        .map {
            .init(
                response: "HTTP/1.1 200 OK\r\nContent-Length:\($0)\r\n\r\nok and so on",
                pattern: "^ok and so on$",
                closes: true,
                verdict: .up("200 OK")
            )
        }
        + [
            "3", " 3 ", "3, 3", "3,3,", "3 bytes", "3\r\n 4", "0000000000000000000003", "\r\n 3", "\r\n\t\r\n 3",
            "3\r\nContent-length: 3", "3\r\nContent-Length:", "-1\r\nContent-Length :3",
        ]
        .map {
            .init(
                response: "HTTP/1.1 200 OK\r\nContent-Length:\($0)\r\n\r\nok\nX",
                pattern: "^ok$",
                verdict: .up("200 OK")
            )
        }
        + ["3, 4", "3\r\nContent-Length: 4", "\r\n 9999999999999999999"]
        .map {
            .init(
                response: "HTTP/1.1 200 OK\r\nContent-Length:\($0)\r\n\r\nok\nX",
                verdict: .down(.dialogue(.malformed), "the answer contradicts itself about its length")
            )
        }
        + [
            "chunked", "CHUNKED", "\r\n chunked", "gzip, chunked", "chunked\r\nTransfer-Encoding:",
            "gzip\r\nTransfer-Encoding: chunked", "chunked\r\nContent-Length: 900",
        ]
        .flatMap { coding in
            ["3\r\nok\n", "0003\nok\n", "3 \r\nok\n", "00000000000000000003;a=\"b\"\r\nok\n", "2;x\r\nok\r\n1\r\n\n"]
                .map {
                    .init(
                        response:
                            "HTTP/1.1 200 OK\r\nTransfer-Encoding: \(coding)\r\n\r\n\($0)\r\n000\r\nA: b\r\n\r\nX",
                        pattern: "^ok$",
                        verdict: .up("200 OK")
                    )
                }
        }
        + [
            "HTTP/1.1 200 OK", "HTTP/1.1 200", "HTTP/1.1 200 OK\r\n", "HTTP/1.1 200 OK\r\nServer: x\r\n",
            "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n", "HTTP/1.1 200 OK\r\nContent-Length:\r\n 0\r\n",
        ]
        .map { .init(response: $0, closes: true, verdict: .up(statusLine($0))) }
        + [
            "HTTP/1.1 200 OK\r\nServer", "HTTP/1.1 200 OK\r\nContent-Length:\r\n 3\r\n", "HTTP/1.1 100 Continue\r\n",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n", "HTTP/1.1 20",
        ]
        .map {
            .init(
                response: $0,
                closes: true,
                verdict: .down(.dialogue(.closed), "the connection was closed within the header")
            )
        }
        + [
            .init(
                response: "HTTP/1.1 200 OK\r\n",
                pattern: "ok",
                closes: true,
                verdict: .down(.dialogue(.mismatch), "200 OK, but the body does not match")
            ),
            .init(
                response: "http/1.1 404 Not Found\r\n",
                pattern: "ok",
                closes: true,
                verdict: .down(.dialogue(.status(404)), "404 Not Found")
            ),
        ]

    /// Status and words of the last status line.
    private static func statusLine(_ head: String) -> String {
        let line = head.split(whereSeparator: \.isNewline).last { $0.lowercased().contains("http/") } ?? ""
        return line.hasSuffix("200") ? "200" : "200 OK"
    }
}
