import Addresses
import Configuration
import Dialogues
import TestKit
import Testing

struct HTTPDialogueTests {
    private func request(_ target: String = "/", host: String = "www.example.com") -> HTTPRequest {
        HTTPRequest(target: target, host: host)
    }

    @Test
    func opensSendsAndPasses() {
        var dialogue = HTTPDialogue(request("/health?deep=1"), target: HTTPConversation.server, security: nil)
        #expect(dialogue.start() == [.open(.main, HTTPConversation.server, .tcp, security: nil)])
        let sent = dialogue.connected(.main, local: HTTPConversation.local)
        #expect(
            sent == [
                .send(
                    Array(
                        """
                        GET /health?deep=1 HTTP/1.1\r
                        Connection: close\r
                        Host: www.example.com\r
                        User-Agent: directrix\r
                        \r\n
                        """.utf8
                    )
                )
            ]
        )
        let head = [UInt8]("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n".utf8)
        #expect(dialogue.received(head.span.bytes, on: .main) == [])
        let body = [UInt8]("hello".utf8)
        #expect(dialogue.received(body.span.bytes, on: .main) == [.finish(.up, .dialogue(.passed), text: "200 OK")])
        #expect(dialogue.received(body.span.bytes, on: .main) == [])
        #expect(dialogue.ended(.main) == [])
    }

    @Test
    func tlsIsThereFromTheFirstByte() {
        let security = TLSSettings(verifiesCertificate: true, serverName: "www.example.com")
        var dialogue = HTTPDialogue(request(), target: HTTPConversation.server, security: security)
        #expect(dialogue.start() == [.open(.main, HTTPConversation.server, .tcp, security: security)])
    }

    @Test(arguments: [
        ("/a b", "::1", "GET /a%20b HTTP/1.1", "Host: [::1]"),
        ("/a\r\nX: y", "h\r\nX: y", "GET /a%0D%0AX:%20y HTTP/1.1", "Host: hX:y"),
        (
            "http://www.example.org/x", "www.example.org", "GET http://www.example.org/x HTTP/1.1",
            "Host: www.example.org"
        ),
    ])
    func whatIsAskedStaysWithinItsLine(target: String, host: String, line: String, field: String) {
        let conversation = HTTPConversation(request(target, host: host))
        #expect(conversation.sent.map { $0.split(separator: "\r\n")[0] } == [Substring(line)])
        #expect(conversation.sent.map { $0.split(separator: "\r\n")[2] } == [Substring(field)])
    }

    @Test
    func headIsAskedWithHead() {
        var asked = request()
        asked.method = .head
        var conversation = HTTPConversation(asked)
        #expect(conversation.sent[0].hasPrefix("HEAD / HTTP/1.1\r\n"))
        conversation.receive("HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n")
        #expect(conversation.verdict == .up("200 OK"))
        asked.pattern = ContentPattern("x")
        conversation = HTTPConversation(asked)
        conversation.receive("HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n")
        #expect(
            conversation.verdict
                == .down(.dialogue(.mismatch), "200 OK, but the answer to HEAD has no body that could match")
        )
    }

    @Test(arguments: [("*", "OPTIONS * HTTP/1.1"), ("/x", "OPTIONS /x HTTP/1.1")])
    func optionsAreAskedOfTheServerItself(target: String, line: String) {
        var asked = request(target)
        asked.method = .options
        var conversation = HTTPConversation(asked)
        #expect(conversation.sent[0].hasPrefix("\(line)\r\nConnection: close\r\nHost: www.example.com\r\n"))
        conversation.receive("HTTP/1.1 200 OK\r\nAllow: GET\r\nContent-Length: 0\r\n\r\n")
        #expect(conversation.verdict == .up("200 OK"))
    }

    /// Where nothing but what is found tells that an answer is the right one, it must be found in time.
    @Test
    func anAnswerWithoutAHeadIsToldAtTheEnd() {
        var asked = request()
        asked.pattern = ContentPattern("ok")
        var dialogue = HTTPDialogue(asked, target: HTTPConversation.server, security: nil)
        _ = dialogue.start() + dialogue.connected(.main, local: HTTPConversation.local)
        #expect(dialogue.lateness == nil)
        #expect(dialogue.received(Array("SSH-2.0-x\r\n".utf8).span.bytes, on: .main) == [])
        #expect(dialogue.lateness?.layer == .dialogue(.malformed))
        #expect(dialogue.lateness?.text == "the answer is not HTTP: SSH-2.0-x??, and does not end")
    }

    @Test
    func aPatternThatIsNoneIsTheDirectorsFault() {
        var asked = request()
        asked.pattern = ContentPattern("(ok")
        let conversation = HTTPConversation(asked)
        #expect(
            conversation.verdict
                == .down(.director(.malformed), "the pattern is malformed: missing closing parenthesis")
        )
        #expect(conversation.opened.isEmpty)
    }

    @Test(arguments: HTTPExample.all + HTTPExample.lenient)
    func responsesAreJudgedHoweverTheyArrive(_ example: HTTPExample) {
        var asked = request()
        asked.pattern = example.pattern.map { ContentPattern($0) }
        let seed = UInt64.random(in: 0 ... .max)
        var generator = SeededGenerator(seed: seed)
        let bytes = Array(example.response.utf8)
        for pieces in [[bytes.count], [1]]
            + (0..<50).map({ _ in (0..<20).map { _ in Int.random(in: 1...9, using: &generator) } })
        {
            var conversation = HTTPConversation(asked)
            conversation.receive(bytes, pieces: pieces)
            if example.closes { conversation.end() }
            // What is no HTTP is known, and shown, as soon as its first bytes are there.
            if case .down(.dialogue(.malformed), let text) = example.verdict, text.contains("is not HTTP"),
                case .down(.dialogue(.malformed), let shown) = conversation.verdict
            {
                #expect(text.hasPrefix(shown), "seed \(seed)")
            } else {
                #expect(conversation.verdict == example.verdict, "seed \(seed), pieces \(pieces)")
            }
        }
    }

    @Test
    func theStatusesThatCountAreChosen() {
        var asked = request()
        asked.statuses = HTTPStatusSet([401...401, 302...302])
        for (status, verdict) in [
            (401, HTTPConversation.Verdict.up("401 x")), (302, .up("302 x")),
            (200, .down(.dialogue(.status(200)), "200 x")),
        ] {
            var conversation = HTTPConversation(asked)
            conversation.receive("HTTP/1.1 \(status) x\r\nLocation: /y\r\nContent-Length: 0\r\n\r\n")
            #expect(conversation.verdict == verdict)
        }
    }

    @Test
    func aBodyIsReadUpToItsLimit() {
        var asked = request()
        asked.bodyLimit = 1000
        asked.pattern = ContentPattern("ok")
        var conversation = HTTPConversation(asked)
        conversation.receive("HTTP/1.1 200 OK\r\n\r\n" + String(repeating: "x", count: 998) + "ok")
        #expect(conversation.verdict == .up("200 OK"))
        conversation = HTTPConversation(asked)
        conversation.receive("HTTP/1.1 200 OK\r\n\r\n" + String(repeating: "x", count: 999) + "ok")
        #expect(conversation.verdict == .down(.dialogue(.mismatch), "200 OK, but the body does not match"))
    }

    @Test(arguments: [
        "HTTP/1.1 200 " + String(repeating: "x", count: 70_000),
        "HTTP/1.1 200 OK\r\n" + String(repeating: "X: y\r\n", count: 20_000),
        String(repeating: "HTTP/1.1 100 Continue\r\n\r\n", count: 3_000),
        String(repeating: "\r\n", count: 40_000), String(repeating: " ", count: 70_000),
        "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n" + String(repeating: " ,3\r\n", count: 20_000),
    ])
    func aHeadWithoutEndIsCutOff(response: String) {
        for size in [1, 1000, 100_000] {
            var conversation = HTTPConversation(request())
            conversation.receive(Array(response.utf8), pieces: [size])
            #expect(conversation.verdict == .down(.dialogue(.limit), "the header is longer than 65536 bytes"))
        }
    }

    @Test(arguments: [
        "1" + String(repeating: ";", count: 70_000), "0\r\n" + String(repeating: "X: y\r\n", count: 20_000),
        String(repeating: "1;aaaaaaaaaaaaaaaaaaaaaaaaa\r\nx\r\n", count: 20_000),
        String(repeating: "1\r\nz\r\n", count: 20_000),
    ])
    func whatStandsBetweenChunksIsBounded(body: String) {
        for size in [1, 1000, 100_000] {
            var conversation = HTTPConversation(request())
            conversation.receive(
                Array("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n\(body)".utf8),
                pieces: [size]
            )
            let text = "the chunks of the body are smaller than what stands between them"
            #expect(conversation.verdict == .down(.dialogue(.limit), text))
        }
    }

    @Test
    func manySmallChunksAreNoHarm() {
        var asked = request()
        asked.pattern = ContentPattern("8z$")
        var conversation = HTTPConversation(asked)
        conversation.receive(
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
                + String(repeating: "1\r\nz\r\n", count: 10_000)
                + String(repeating: "A\r\n012345678z\r\n", count: 50_000) + "0\r\n\r\n"
        )
        #expect(conversation.verdict == .up("200 OK"))
    }

    @Test
    func aCatastrophicPatternFailsItsOwnCheck() {
        var asked = request()
        asked.pattern = ContentPattern("(a|aa)+$")
        var conversation = HTTPConversation(asked)
        conversation.receive("HTTP/1.1 200 OK\r\n\r\n" + String(repeating: "a", count: 100) + "!")
        conversation.end()
        #expect(conversation.verdict == .down(.dialogue(.limit), "200 OK, but searching the body takes too long"))
    }

    @Test
    func randomBytesNeverTrap() {
        let seed = UInt64.random(in: 0 ... .max)
        var generator = SeededGenerator(seed: seed)
        let response = Array(
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Length: 3\r\nLocation: //x/../y?z#\r\n\r\n3\r\nabc\r\n0\r\n\r\n"
                .utf8
        )
        var asked = request()
        asked.pattern = ContentPattern("b$")
        asked.digest = [UInt8](repeating: 0, count: 16)
        for _ in 0..<2000 {
            var damaged = response
            for _ in 0..<Int.random(in: 1...6, using: &generator) {
                let place = Int.random(in: 0..<damaged.count, using: &generator)
                switch Int.random(in: 0..<3, using: &generator) {
                case 0: damaged[place] = .random(in: 0...255, using: &generator)
                case 1: damaged.remove(at: place)
                default: damaged.insert(damaged[Int.random(in: 0..<damaged.count, using: &generator)], at: place)
                }
            }
            var conversation = HTTPConversation(asked)
            conversation.receive(damaged, pieces: [Int.random(in: 1...100, using: &generator)])
            conversation.end()
            #expect(conversation.verdict != .none || conversation.opened.count > 1, "seed \(seed)")
        }
    }
}
