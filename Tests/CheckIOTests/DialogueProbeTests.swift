import Addresses
import Configuration
import Dialogues
import Glibc
import TestKit
import Testing
import Time

@testable import CheckIO
@testable import System

@Suite(.waits)
struct DialogueProbeTests {
    private let bench: Bench
    private let found = CheckResult(.up, .dialogue(.passed), text: "found")

    init() throws {
        bench = try Bench()
    }

    @Test(arguments: ["127.0.0.1", "::1"])
    func dialogueIsLed(address: String) throws {
        let server = try LoopServer(bench.loop, address: address) { connection in
            connection.onReceive = { bytes in
                if !bytes.isEmpty { connection.send("you said " + String(decoding: bytes, as: UTF8.self)) }
            }
        }
        let log = DialogueLog()
        let dialogue = ScriptedDialogue(to: server.endpoint, send: "hello", expecting: "you said hello", log: log)
        #expect(try bench.check(dialogue).told == found)
        #expect(log.local?.address == IPAddress(address))
        #expect(log.local?.port != 0)
    }

    @Test func greetingThatComesWithTheConnectionIsReceived() throws {
        let server = try LoopServer(bench.loop) { $0.send("220 hello\r\n") }
        #expect(try bench.check(ScriptedDialogue(to: server.endpoint, expecting: "220")).told == found)
    }

    @Test func answerInPiecesIsReceived() throws {
        let server = try LoopServer(bench.loop) { $0.trickle(Array("abcdef.".utf8), every: .milliseconds(2)) }
        let dialogue = ScriptedDialogue(to: server.endpoint, expecting: "abcdef")
        #expect(try bench.check(dialogue, step: .milliseconds(1)).told == found)
    }

    @Test func answerBeforeTheEndIsReceived() throws {
        let server = try LoopServer(bench.loop) { connection in
            connection.send("answer")
            connection.close()
        }
        #expect(try bench.check(ScriptedDialogue(to: server.endpoint, expecting: "answer")).told == found)
    }

    @Test func largeRequestIsSentWhole() throws {
        let server = try LoopServer(bench.loop) { connection in
            connection.onReceive = { if $0.isEmpty { connection.send("\(connection.received.count) bytes") } }
        }
        var dialogue = ScriptedDialogue(to: server.endpoint, expecting: "3000000 bytes")
        dialogue.onConnected = [.send(Array(repeating: 1, count: 3_000_000)), .endSending]
        #expect(try bench.check(dialogue).told == found)
    }

    @Test func moreThanTheBoundIsNotSent() throws {
        let server = try LoopServer(bench.loop) { _ in }
        var dialogue = ScriptedDialogue(to: server.endpoint, expecting: "x")
        dialogue.onConnected = [.send(Array(repeating: 1, count: ProbeRunner.sendLimit + 1))]
        #expect(try bench.check(dialogue).layer == .dialogue(.limit))
    }

    @Test func timeInWhichTheLoopStoodStillIsNotTheServers() throws {
        let server = try LoopServer(bench.loop) { connection in
            connection.onReceive = { if !$0.isEmpty { connection.send("answer") } }
        }
        bench.start(
            ScriptedDialogue(to: server.endpoint, send: "x", expecting: "answer"),
            timeout: .milliseconds(500)
        )
        try bench.pass(.milliseconds(700))
        try bench.run()
        #expect(bench.results[1]?.told == found)
    }

    @Test func standstillSavesNoSilentServer() throws {
        let server = try LoopServer(bench.loop) { _ in }
        bench.start(ScriptedDialogue(to: server.endpoint, expecting: "x"), timeout: .milliseconds(50))
        try bench.pass(.milliseconds(300))
        #expect(bench.results.isEmpty)
        // As much is given back as the check had, and once.
        try bench.pass(.milliseconds(50))
        #expect(bench.results[1]?.layer == .dialogue(.timeout))
    }

    /// It must not pass for a shortage of the director's, which would keep it in service.
    @Test func serverThatMakesTooMuchToBeSentIsDown() throws {
        let server = try LoopServer(bench.loop) { connection in
            connection.stopReceiving()
            connection.send("more")
        }
        let answer = DialogueAction.send(Array(repeating: 1, count: ProbeRunner.sendLimit / 2))
        var dialogue = ScriptedDialogue(to: server.endpoint, expecting: "x")
        dialogue.wanted = [("more", Array(repeating: answer, count: 8))]
        let result = try bench.check(dialogue)
        #expect(result.layer == .dialogue(.limit))
        #expect(!result.isUnasked)
    }

    @Test func whatWasSentBeforeTheVerdictArrives() throws {
        var received: [UInt8] = []
        let server = try LoopServer(bench.loop) { connection in
            connection.onReceive = { received += $0 }
            connection.send("hello")
        }
        var dialogue = ScriptedDialogue(to: server.endpoint, expecting: "x")
        dialogue.wanted = [("hello", [.send(Array("QUIT".utf8)), .finish(.up, .dialogue(.passed), text: "")])]
        bench.start(dialogue)
        try bench.run { !received.isEmpty }
        #expect(received == Array("QUIT".utf8))
        #expect(bench.results[1]?.verdict == .up)
    }

    @Test func anotherConnectionTakesThePlaceOfTheFirst() throws {
        let second = try LoopServer(bench.loop) { $0.send("second") }
        let first = try LoopServer(bench.loop) { $0.send("first") }
        var dialogue = ScriptedDialogue(to: first.endpoint, expecting: "")
        dialogue.wanted = [
            ("first", [.open(.main, second.endpoint, .tcp, security: nil)]),
            ("second", [.finish(.up, .dialogue(.passed), text: "found")]),
        ]
        #expect(try bench.check(dialogue).told == found)
    }

    @Test func secondConnectionBringsData() throws {
        let files = try LoopServer(bench.loop) { connection in
            connection.send(Array(repeating: 0, count: 50_000))
            connection.endSending()
        }
        let server = try LoopServer(bench.loop) { $0.send("227 ready") }
        let log = DialogueLog()
        var dialogue = ScriptedDialogue(to: server.endpoint, expecting: "", log: log)
        dialogue.wanted = [("227", [.open(.data, files.endpoint, .tcp, security: nil)])]
        dialogue.onDataEnded = [.finish(.up, .dialogue(.passed), text: "found")]
        #expect(try bench.check(dialogue).told == found)
        #expect(log.events == ["connected main", "connected data", "ended data"])
        #expect(log.count == 50_009)
    }

    @Test func secondConnectionThatIsRefusedFailsTheCheck() throws {
        let other = try Socket()
        let server = try LoopServer(bench.loop) { $0.send("227 ready") }
        var dialogue = ScriptedDialogue(to: server.endpoint, expecting: "")
        dialogue.wanted = [("227", [.open(.data, try other.endpoint(), .tcp, security: nil)])]
        let text = "data connection: Connection refused"
        #expect(try bench.check(dialogue).told == CheckResult(.down, .transport(.refused), text: text))
    }

    @Test func machineIsCalledWhenItsTimeIsOver() throws {
        let server = try LoopServer(bench.loop) { _ in }
        let log = DialogueLog()
        var dialogue = ScriptedDialogue(to: server.endpoint, expecting: "", log: log)
        dialogue.onConnected = [.wait(.milliseconds(20))]
        dialogue.onTimer = [.finish(.up, .dialogue(.passed), text: "found")]
        bench.start(dialogue)
        try bench.run { log.events == ["connected main"] }
        try bench.pass(.milliseconds(19))
        #expect(log.events == ["connected main"])
        try bench.pass(.milliseconds(1))
        #expect(log.events == ["connected main", "timer"])
        #expect(bench.results[1]?.told == found)
    }

    @Test func waitMayBeginWithTheDialogue() throws {
        let log = DialogueLog()
        var dialogue = ScriptedDialogue(log, onStart: [.wait(.milliseconds(20))])
        dialogue.onTimer = [.finish(.up, .dialogue(.passed), text: "found")]
        bench.start(dialogue)
        try bench.pass(.milliseconds(20))
        #expect(bench.results[1]?.told == found)
        #expect(log.events == ["timer"])
    }

    @Test func whatArrivesEndsTheWait() throws {
        let server = try LoopServer(bench.loop) { $0.send("early") }
        let log = DialogueLog()
        var dialogue = ScriptedDialogue(to: server.endpoint, expecting: "", log: log)
        dialogue.onConnected = [.wait(.milliseconds(50))]
        dialogue.wanted = [("early", [])]
        bench.start(dialogue, timeout: .milliseconds(150))
        try bench.run { log.count > 0 }
        try bench.pass(.milliseconds(149))
        #expect(bench.results.isEmpty)
        try bench.pass(.milliseconds(1))
        #expect(bench.results[1]?.layer == .dialogue(.timeout))
        #expect(log.events == ["connected main"])
    }

    // MARK: Datagrams

    @Test func datagramsAreExchanged() throws {
        let server = try Socket(isDatagram: true)
        let watch = try bench.loop.watch(server.descriptor, for: .readable) { _ in
            guard let (bytes, sender) = try? server.receiveWithSender() else { return }
            try? server.send(Array("got \(bytes.count)".utf8), to: sender)
        }
        let dialogue = ScriptedDialogue(to: try server.endpoint(), over: .udp, send: "12345", expecting: "got 5")
        #expect(try bench.check(dialogue).told == found)
        bench.loop.end(watch)
    }

    /// Anybody can say that a port is closed, so that a single refusal decides when the time is over.
    @Test func datagramThatIsRefusedFailsAtTheDeadline() throws {
        let endpoint = try Socket(isDatagram: true).endpoint()
        let dialogue = ScriptedDialogue(to: endpoint, over: .udp, send: "12345", expecting: "x")
        bench.start(dialogue)
        try bench.pass(.seconds(19))
        #expect(bench.results.isEmpty)
        try bench.pass(.seconds(1))
        let refused = CheckResult(.down, .transport(.refused), text: "Connection refused")
        #expect(bench.results[1]?.told == refused)
    }

    @Test func datagramWithoutAnAnswerIsATimeout() throws {
        let server = try Socket(isDatagram: true)
        let dialogue = ScriptedDialogue(to: try server.endpoint(), over: .udp, send: "12345", expecting: "x")
        bench.start(dialogue, timeout: .milliseconds(50))
        try bench.pass(.milliseconds(50))
        #expect(bench.results[1]?.told == CheckResult(.down, .dialogue(.timeout), text: "no answer within 50 ms"))
    }

    // MARK: Endings

    @Test func connectionThatIsClosedFailsTheCheck() throws {
        let server = try LoopServer(bench.loop) { $0.close() }
        let log = DialogueLog()
        let result = try bench.check(ScriptedDialogue(to: server.endpoint, expecting: "x", log: log))
        let text = "the server closed the connection"
        #expect(result.told == CheckResult(.down, .transport(.closed), text: text))
        #expect(log.events == ["connected main", "ended main"])
    }

    @Test func machineDecidesWhatAnEndMeans() throws {
        let server = try LoopServer(bench.loop) { $0.close() }
        var dialogue = ScriptedDialogue(to: server.endpoint, expecting: "x")
        dialogue.onEnded = [.finish(.up, .dialogue(.passed), text: "found")]
        #expect(try bench.check(dialogue).told == found)
    }

    @Test func connectionThatIsResetFailsTheCheck() throws {
        let server = try LoopServer(bench.loop) { connection in
            connection.onReceive = { _ in connection.reset() }
        }
        let result = try bench.check(ScriptedDialogue(to: server.endpoint, send: "hello", expecting: "x"))
        let text = "Connection reset by peer"
        #expect(result.told == CheckResult(.down, .transport(.reset), text: text))
    }

    @Test func verdictWithoutAConnectionComesInATurn() throws {
        let dialogue = ScriptedDialogue(onStart: [.finish(.down, .director(.malformed), text: "no pattern")])
        bench.start(dialogue)
        #expect(bench.results.isEmpty)
        try bench.run()
        #expect(bench.results[1] == CheckResult(.down, .director(.malformed), text: "no pattern"))
    }

    @Test func nothingIsLeftOpen() throws {
        let server = try LoopServer(bench.loop) { $0.send("answer") }
        for token in 1...50 {
            bench.start(ScriptedDialogue(to: server.endpoint, expecting: "answer"), token: token)
        }
        for token in 51...60 {
            bench.start(ScriptedDialogue(to: server.endpoint, expecting: "other"), token: token)
        }
        try bench.run(results: 50)
        for token in 51...55 { bench.runner?.cancel(token: token) }
        bench.end()
        for connection in server.connections { connection.close() }
        #expect(Self.connections(to: server.endpoint) == 0)
    }

    /// The descriptors of this process that are connected to an endpoint.
    private static func connections(to endpoint: Endpoint) -> Int {
        (0..<2_000).filter { descriptor in
            var address = SocketAddress()
            return address.write({ getpeername(Int32(descriptor), $0, $1) }) == 0 && address.endpoint == endpoint
        }.count
    }
}
