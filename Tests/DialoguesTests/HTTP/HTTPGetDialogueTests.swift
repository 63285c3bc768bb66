import Configuration
import Dialogues
import Digests
import Testing

/// Requests of a `KeepAliveClient`, and what counts as an answer to them.
struct HTTPGetDialogueTests {
    private static let requests: [(HTTPRequest.Version, String)] = [
        (.http10, "GET /a b?c#d HTTP/1.0\r\nUser-Agent: KeepAliveClient\r\nHost: 10.0.0.1:8080\r\n\r\n"),
        (
            .http10Closing,
            "GET /a b?c#d HTTP/1.0\r\nUser-Agent: KeepAliveClient\r\nConnection: close\r\nHost: 10.0.0.1:8080\r\n\r\n"
        ),
        (
            .http11,
            "GET /a b?c#d HTTP/1.1\r\nUser-Agent: KeepAliveClient\r\nConnection: close\r\nHost: 10.0.0.1:8080\r\n\r\n"
        ),
    ]

    @Test(arguments: requests)
    func theRequestIsSentAsItIsWritten(version: HTTPRequest.Version, text: String) {
        let request = HTTPRequest(target: "/a b?c#d", host: "10.0.0.1:8080", by: version)
        #expect(HTTPConversation(request).sent == [text])
        var digested = request
        digested.digest = Array(repeating: 0, count: 16)
        #expect(HTTPConversation(digested).sent == [text])
    }

    /// What one answer comes to.
    struct Answer: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var text: String
        /// Whether the server ends the connection behind it.
        var closes = true
        var pattern: ContentPattern?
        /// The text whose digest is wanted.
        var digested: String?
        var verdict: HTTPConversation.Verdict

        init(
            _ name: String,
            _ text: String,
            closes: Bool = true,
            pattern: ContentPattern? = nil,
            digested: String? = nil,
            _ verdict: HTTPConversation.Verdict
        ) {
            testDescription = name
            (self.text, self.closes, self.pattern, self.digested) = (text, closes, pattern, digested)
            self.verdict = verdict
        }
    }

    private static func down(_ outcome: CheckLayer.Outcome, _ text: String) -> HTTPConversation.Verdict {
        .down(.dialogue(outcome), text)
    }

    private static let ok = ContentPattern("ok", syntax: .pcre2([]))
    private static let notOK = {
        var pattern = ok
        pattern.isNegated = true
        return pattern
    }()
    private static func within(_ minOffset: Int, _ maxOffset: Int?) -> ContentPattern {
        var pattern = ok
        (pattern.minOffset, pattern.maxOffset) = (minOffset, maxOffset)
        return pattern
    }
    private static let chunks = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\no\r\n1\r\nk\r\n0\r\n\r\n"

    static let answers: [Answer] = [
        Answer("to the end of the connection", "HTTP/1.0 200 OK\r\n\r\nbody", .up("200 OK")),
        Answer("without a body", "HTTP/1.0 200 OK\r\n\r\n", .up("200 OK")),
        Answer("open without a length", "HTTP/1.0 200 OK\r\n\r\nbody", closes: false, .none),
        Answer("open with a length", "HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\nbody", closes: false, .up("200 OK")),
        Answer("open within its length", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nbody", closes: false, .none),
        Answer("closed within its length", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nbody", .up("200 OK")),
        Answer(
            "lengths that differ",
            "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 4\r\n\r\nok",
            .up("200 OK")
        ),
        Answer("open with chunks", chunks, closes: false, .up("200 OK")),
        Answer("no reason and no blank", "HTTP/1.1 200\r\n\r\nok", .up("200")),
        Answer("another protocol's word", "ICY 200 OK\r\n\r\n", .up("200 OK")),
        Answer("open with 204", "HTTP/1.1 204 None\r\n\r\n", closes: false, .up("204 None")),
        Answer("nothing", "", down(.closed, "the connection was closed without an answer")),
        Answer("cut head", "HTTP/1.1 200 OK\r\n", down(.closed, "the connection was closed within the header")),
        Answer(
            "no empty line of CR LF",
            "HTTP/1.1 200 OK\n\nok",
            down(.closed, "the connection was closed within the header")
        ),
        Answer(
            "redirect",
            "HTTP/1.1 302 Found\r\nLocation: /x\r\n\r\n",
            closes: false,
            down(.status(302), "302 Found")
        ),
        Answer("not found", "HTTP/1.1 404 No\r\n\r\n", closes: false, down(.status(404), "404 No")),
        Answer("preliminary", "HTTP/1.1 100 Go on\r\n\r\n", down(.status(100), "100 Go on")),
        Answer("no number", "HTTP/1.1 OK\r\n\r\n", down(.malformed, "the answer has no status: HTTP/1.1 OK")),
        Answer("one word", "HTTP/1.1\r\n\r\n", down(.malformed, "the answer has no status: HTTP/1.1")),
        Answer(
            "a number that goes on",
            "HTTP/1.1 200OK\r\n\r\n",
            down(.malformed, "the answer has no status: HTTP/1.1 200OK")
        ),
        Answer(
            "four digits",
            "HTTP/1.1 2000 OK\r\n\r\n",
            down(.malformed, "the answer has no status: HTTP/1.1 2000 OK")
        ),

        Answer("pattern", "HTTP/1.0 200 OK\r\n\r\nok", pattern: ok, .up("200 OK")),
        Answer("pattern in the head alone", "HTTP/1.0 200 ok\r\n\r\n", pattern: ok, .up("200 ok")),
        Answer("pattern over chunks", chunks, closes: false, pattern: ok, .up("200 OK")),
        Answer(
            "pattern over broken chunks",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nok",
            pattern: ok,
            .up("200 OK")
        ),
        Answer("pattern in 204", "HTTP/1.0 204 OK\r\n\r\nok", pattern: ok, .up("204 OK")),
        Answer(
            "unwanted pattern",
            "HTTP/1.0 200 OK\r\n\r\nok",
            pattern: notOK,
            down(.mismatch, "200 OK, but the body matches")
        ),
        Answer("no unwanted pattern", "HTTP/1.0 200 OK\r\n\r\nko", pattern: notOK, .up("200 OK")),
        Answer("from the place on", "HTTP/1.0 200 OK\r\n\r\nxxok", pattern: within(2, nil), .up("200 OK")),
        Answer(
            "from the place on, with the head",
            "HTTP/1.0 200 OK\r\n\r\nxxok",
            pattern: within(21, 21),
            .up("200 OK")
        ),
        Answer(
            "before the place",
            "HTTP/1.0 200 OK\r\n\r\nxxok",
            pattern: within(22, nil),
            down(.mismatch, "200 OK, but the body does not match")
        ),
        Answer("at the last place", "HTTP/1.0 200 OK\r\n\r\nxxok", pattern: within(0, 2), .up("200 OK")),
        Answer(
            "behind the last place",
            "HTTP/1.0 200 OK\r\n\r\nxxok",
            pattern: within(0, 1),
            down(.mismatch, "200 OK, but the body does not match")
        ),
        Answer("behind the length", "HTTP/1.0 200 OK\r\nContent-Length: 1\r\n\r\nok", pattern: ok, .up("200 OK")),
        Answer(
            "not within the length",
            "HTTP/1.0 200 OK\r\nContent-Length: 1\r\n\r\no",
            closes: false,
            pattern: ok,
            .none
        ),

        Answer("digest", "HTTP/1.0 200 OK\r\n\r\nbody", digested: "body", .up("200 OK")),
        Answer(
            "digest up to the length",
            "HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nbody",
            digested: "bo",
            .up("200 OK")
        ),
        Answer(
            "digest beyond a length that is spelled otherwise",
            "HTTP/1.0 200 OK\r\ncontent-length: 2\r\n\r\nbody",
            digested: "body",
            .up("200 OK")
        ),
        Answer(
            "digest of an open answer",
            "HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\nbody",
            closes: false,
            digested: "body",
            .up("200 OK")
        ),
        Answer(
            "other digest of an open answer",
            "HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\nbody",
            closes: false,
            digested: "x",
            .none
        ),
        Answer(
            "digest of chunks as they come",
            chunks,
            closes: false,
            digested: "1\r\no\r\n1\r\nk\r\n0\r\n\r\n",
            .up("200 OK")
        ),
        Answer(
            "other digest",
            "HTTP/1.0 200 OK\r\n\r\n",
            digested: "x",
            down(.mismatch, "200 OK, but the digest is d41d8cd98f00b204e9800998ecf8427e")
        ),
        Answer(
            "digest and no pattern",
            "HTTP/1.0 200 OK\r\n\r\nbody",
            pattern: ok,
            digested: "body",
            down(.mismatch, "200 OK, but the body does not match")
        ),
    ]

    @Test(arguments: answers)
    func theAnswerDecides(answer: Answer) {
        var request = HTTPRequest(target: "/", host: "h", by: .http10)
        request.pattern = answer.pattern
        request.digest = answer.digested.map { text in
            var digest = MD5Digest()
            digest.update(Array(text.utf8).span.bytes)
            return digest.value
        }
        let bytes = Array(answer.text.utf8)
        for first in 1...max(bytes.count, 1) {
            for then in [1, bytes.count + 1] {
                var conversation = HTTPConversation(request)
                conversation.receive(bytes, pieces: [first, then])
                if answer.closes { conversation.end() }
                #expect(conversation.verdict == answer.verdict, "in pieces of \(first), \(then)")
            }
        }
    }

    @Test
    func statusesAreThoseThatAreAskedFor() {
        var request = HTTPRequest(target: "/", host: "h", by: .http10)
        request.statuses = HTTPStatusSet([404...404, 301...302])
        for (status, passes) in [(200, false), (301, true), (303, false), (404, true)] {
            var conversation = HTTPConversation(request)
            conversation.receive("HTTP/1.0 \(status) X\r\n\r\n")
            conversation.end()
            #expect((conversation.verdict == .up("\(status) X")) == passes)
        }
    }

    @Test
    func aHeadHasABound() {
        var conversation = HTTPConversation(HTTPRequest(target: "/", host: "h", by: .http10))
        conversation.receive("HTTP/1.0 200 OK\r\n")
        conversation.receive(Array(repeating: 0x61, count: 70_000), pieces: [1_000])
        #expect(conversation.verdict == Self.down(.limit, "the header is longer than 65536 bytes"))
    }

    @Test
    func aBodyIsLookedAtUpToItsBound() {
        var request = HTTPRequest(target: "/", host: "h", by: .http10)
        request.bodyLimit = 4
        var plain = HTTPConversation(request)
        plain.receive("HTTP/1.0 200 OK\r\n\r\nbodybody")
        #expect(plain.verdict == .up("200 OK"))
        request.digest = Array(repeating: 0, count: 16)
        var digested = HTTPConversation(request)
        digested.receive("HTTP/1.0 200 OK\r\n\r\nbodyb")
        #expect(digested.verdict == Self.down(.limit, "the body is longer than 4 bytes, so it has no digest"))
    }

    @Test
    func aDigestThatIsWaitedForInVainIsNamed() {
        var request = HTTPRequest(target: "/", host: "h", by: .http10)
        request.digest = Array(repeating: 0, count: 16)
        var dialogue = HTTPGetDialogue(request, by: .http10, target: HTTPConversation.server, security: nil)
        _ = dialogue.start()
        _ = dialogue.connected(.main, local: HTTPConversation.local)
        #expect(dialogue.lateness == nil)
        let answer = Array("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n".utf8)
        #expect(dialogue.received(answer.span.bytes, on: .main) == [])
        #expect(dialogue.lateness?.text == "200 OK, but the digest is d41d8cd98f00b204e9800998ecf8427e")
    }

    @Test
    func aPatternThatIsNoneIsTold() {
        var request = HTTPRequest(target: "/", host: "h", by: .http10)
        request.pattern = ContentPattern("(ok", syntax: .pcre2([]))
        #expect(
            HTTPConversation(request).verdict
                == .down(
                    .director(.malformed),
                    "the pattern is malformed: missing closing parenthesis"
                )
        )
    }

    /// The answers of `Fixtures/keepalived/requests`, with the verdict that stands there as the right one.
    @Test
    func recordedAnswersDecide() throws {
        let rows = try RecordedRequests.rows(of: "answers")
        try #require(rows.count > 40)
        for row in rows {
            let (name, words, answer, closes) = (row[0], row[1], row[2], row[3] == "closed")
            let bytes = octets(answer)
            for first in [bytes.count, 1, max(bytes.count - 4, 1)] {
                var conversation = HTTPConversation(try RecordedRequests.request(words))
                conversation.receive(bytes, pieces: [max(first, 1), bytes.count + 1])
                if closes { conversation.end() }
                let isUp = if case .up = conversation.verdict { true } else { false }
                #expect(isUp == (row[6] == "up"), "\(name), first \(first): \(conversation.verdict)")
            }
            // What passed with keepalived passes here.
            if row[4...5].contains("up") { #expect(row[6] == "up", "\(name)") }
        }
    }
}
