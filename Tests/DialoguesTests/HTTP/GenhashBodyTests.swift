import Configuration
import Dialogues
import Digests
import Testing

struct GenhashBodyTests {
    /// A response, and how many bytes of its body the original hashes, as it was found by running it.
    static let cases: [(head: String, body: String, count: Int)] = [
        ("", "", 0),
        ("Content-Length: 5", "hello", 5),
        ("Content-Length: 6", "hello\nTRAILING", 6),
        ("Content-Length:6", "hello\nEXTRA", 6),
        ("Content-Length: 0", "hello", 0),
        ("Content-Length: 9", "hello", 5),
        ("content-length: 6", "hello\nTRAILING", 14),
        ("Content-Length:   6  ", "hello\nEXTRA", 11),
        ("X-Content-Length: 3", "abcdef", 3),
        ("Content-Length: 3\r\nContent-Length: 4", "abcdef", 3),
        ("Content-Length: x\r\nContent-Length: 4", "abcdef", 6),
        ("Content-Length:", "abcdef", 0),
        ("Content-Length: ", "abcdef", 6),
        ("Content-Length: +3", "abcdef", 3),
        ("Content-Length:\t3", "abcdef", 3),
        ("Content-Length:\n3", "abcdef", 3),
        ("Content-Length: 03", "abcdef", 3),
        ("Content-Length: -0", "abcdef", 0),
        ("Content-Length: -1", "abcdef", 6),
        ("Content-Length: 0x3", "abcdef", 6),
        ("Content-Length: 3.0", "abcdef", 6),
        ("Content-Length: 3;", "abcdef", 6),
        ("Content-Length: 18446744073709551615", "abcdef", 6),
        ("Content-Length: 18446744073709551619", "abcdef", 6),
        ("X: \0\r\nContent-Length: 3", "abcdef", 6),
        ("Content-Length: 3", "Content-Length: 3\r\nabcdef\n", 3),
        ("X: 1", "Content-Length: 3\r\nabcdef\n", 3),
        ("X: 1", "Content-Length: 3\nabcdef\n", 3),
        ("X: 1", "abcContent-Length: 3", 3),
        ("X: 1", "\0Content-Length: 3\r\nabc", 23),
        ("Transfer-Encoding: chunked", "6\r\nhello\n\r\n0\r\n\r\n", 16),
        ("X: 1", "line1\r\n\r\nline2\r\n", 16),
    ]

    @Test(arguments: cases)
    func asMuchIsHashedAsByTheOriginal(head: String, body: String, count: Int) {
        var genhash = GenhashBody()
        let response = [UInt8]("HTTP/1.1 200 OK\r\n\(head)\(head.isEmpty ? "" : "\r\n")\r\n\(body)".utf8)
        genhash.received(response.span.bytes)
        #expect(genhash.digest == Digest.md5(Array(body.utf8.prefix(count))))
        #expect(genhash.count == count)
    }

    /// Where a length stands on the edge of what is looked at: the place of the name, and the bytes hashed.
    @Test(arguments: [(4000, 3), (4078, 3), (4079, nil), (4080, 0), (4095, nil), (4096, nil)])
    func theLengthIsLookedForInTheBeginning(place: Int, count: Int?) {
        let head = "HTTP/1.1 200 OK\r\n\r\n"
        let body = String(repeating: "x", count: place - head.utf8.count) + "Content-Length: 3\r\nyyyyyyyyyy"
        var genhash = GenhashBody()
        genhash.received([UInt8]((head + body).utf8).span.bytes)
        #expect(genhash.count == count ?? body.utf8.count)
    }

    @Test(arguments: [(4090, true), (4095, true), (4096, false), (5000, false)], [1, 1000, 10_000])
    func theHeadHasALimit(length: (Int, Bool), size: Int) {
        let (length, isRead) = length
        var response = "HTTP/1.1 200 OK\r\nX: "
        response += String(repeating: "a", count: length - response.utf8.count - 4) + "\r\n\r\nabc"
        var genhash = GenhashBody()
        var rest = [UInt8](response.utf8)[...]
        while !rest.isEmpty {
            genhash.received(Array(rest.prefix(size)).span.bytes)
            rest = rest.dropFirst(size)
        }
        #expect(genhash.digest == (isRead ? Digest.md5(Array("abc".utf8)) : nil))
        #expect(genhash.isHeadTooLong == !isRead)
        #expect(genhash.head.count == (isRead ? length : 4095))
    }

    @Test
    func whatArrivesAfterTheHeadIsNotLookedThrough() {
        var genhash = GenhashBody()
        genhash.received([UInt8]("HTTP/1.1 200 OK\r\n\r\n".utf8).span.bytes)
        genhash.received([UInt8]("Content-Length: 3\r\n".utf8).span.bytes)
        #expect(genhash.count == 19)
    }

    @Test
    func aCheckComparesTheDigest() {
        var request = HTTPRequest(target: "/", host: "h")
        request.digest = Digest.md5(Array("hello".utf8))
        var conversation = HTTPConversation(request)
        #expect(conversation.sent[0].hasPrefix("GET / HTTP/1.0\r\nConnection: close\r\n"))
        conversation.receive("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello")
        #expect(conversation.verdict == .up("200 OK"))

        conversation = HTTPConversation(request)
        conversation.receive("HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nhello")
        #expect(conversation.verdict == .none)
        conversation.end()
        #expect(conversation.verdict == .up("200 OK"))

        conversation = HTTPConversation(request)
        conversation.receive("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhullo")
        let text = "200 OK, but the digest is \(Hexadecimal.encode(Digest.md5(Array("hullo".utf8))))"
        #expect(conversation.verdict == .down(.dialogue(.mismatch), text))

        request.bodyLimit = 4
        for length in ["X", "Content-Length"] {
            conversation = HTTPConversation(request)
            conversation.receive("HTTP/1.1 200 OK\r\n\(length): 5\r\n\r\nhello")
            #expect(
                conversation.verdict
                    == .down(.dialogue(.limit), "the body is longer than 4 bytes, so it has no digest")
            )
        }
        request.bodyLimit = 5
        conversation = HTTPConversation(request)
        conversation.receive("HTTP/1.1 200 OK\r\n\r\nhello")
        conversation.end()
        #expect(conversation.verdict == .up("200 OK"))

        conversation = HTTPConversation(request)
        conversation.receive("HTTP/1.1 200 OK\r\nX: \(String(repeating: "a", count: 5000))\r\n\r\nhello")
        conversation.end()
        let reason = "200 OK, but genhash sees no body: the header is longer than it reads"
        #expect(conversation.verdict == .down(.dialogue(.limit), reason))
    }
}
