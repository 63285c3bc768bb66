import HealthChecks
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
            response: "HTTP/x.1 200 x\r\n",
            verdict: .down(.dialogue(.malformed), "the answer is not HTTP: HTTP/x.1 200 x")
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
}
