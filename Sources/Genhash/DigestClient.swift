import Addresses
import CheckIO
import Dialogues
import System

/// Asks questions on a loop of its own, one after the other.
final class DigestClient {
    private let loop: EventLoop
    private let runner: ProbeRunner
    private let inbox: Inbox

    private final class Inbox {
        var result: CheckResult?
    }

    /// Makes a client whose packets bear a firewall mark; 0 for none.
    ///
    /// - Throws: `SystemFailure`, when there can be no loop.
    init(mark: UInt32) throws(SystemFailure) {
        let loop = try EventLoop()
        let inbox = Inbox()
        runner = ProbeRunner(loop: loop) { _, result in
            inbox.result = result
            loop.stop()
        }
        runner.origin = SocketOrigin(mark: mark)
        self.loop = loop
        self.inbox = inbox
    }

    /// Asks a server at one of its addresses after the other, until a connection is made.
    ///
    /// - Throws: `SystemFailure`, when the loop cannot go on.
    func ask(
        _ question: DigestQuestion,
        at addresses: [IPAddress],
        patience: Duration,
        watcher: (@Sendable (String) -> Void)?
    ) throws(SystemFailure) -> DigestAnswer {
        let record = DigestRecord(watcher: watcher)
        var endpoint: Endpoint?
        var result = CheckResult(.down, .director(.unreachable), text: "no address is known for \(question.server)")
        for address in addresses {
            let next = Endpoint(address: address, port: question.port)
            endpoint = next
            inbox.result = nil
            let dialogue = DigestDialogue(question, with: next, patience: patience, record: record)
            runner.dialogue(dialogue, timeout: .seconds(1_000_000_000), token: 0)
            while inbox.result == nil { try loop.run() }
            if let told = inbox.result { result = told }
            guard case .transport(let outcome) = result.layer, outcome != .passed else { break }
        }
        if let digest = record.body?.digest { record.show(digest: digest) }
        return DigestAnswer(
            url: question.url,
            endpoint: endpoint,
            body: record.body,
            layer: result.layer,
            text: result.text,
            duration: result.duration
        )
    }
}
