import Addresses
import Configuration
import Dialogues
import Director
import IPVS
import Keepalived

/// Utterances as lines of a text, for comparisons.
extension [Utterance] {
    var text: String { map { "\($0.line)\n" }.joined() }

    /// The lines of the log.
    var logged: [String] { compactMap { if case .log(let line) = $0 { line } else { nil } } }
    /// The lines of FIFOs.
    var piped: [String] { compactMap { if case .pipe(let line) = $0 { line } else { nil } } }
    /// The mails, each as its subject and its body.
    var mailed: [String] {
        compactMap {
            if case .send(let mail) = $0 { "\(mail.subject) | \(mail.lines.joined(separator: "\n"))" } else { nil }
        }
    }
    /// The programs that are run.
    var run: [String] {
        compactMap { if case .notify(let program, _) = $0 { program.command.words } else { nil } }
    }
}

extension ShellCommand {
    /// Its words, with blanks between them.
    var words: String {
        switch self {
        case .words(let words): words.joined(separator: " ")
        case .shell(let text): text
        }
    }
}

extension Utterance {
    fileprivate var line: String {
        switch self {
        case .log(let line): "log \(line)"
        case .pipe(let line): "pipe \(line)"
        case .record(let line): "record \(line.file) \(line.text)"
        case .send(let mail):
            "mail to \(mail.alert.recipients.joined(separator: ", ")): \(mail.subject)"
                + mail.lines.map { "\n    \($0)" }.joined()
        case .run(let notice): "run \(notice.command)"
        case .notify(let program, let order):
            "notify \(program.command.words) as \(program.user ?? "-"):\(program.group ?? "-") in the order of \(order)"
        }
    }
}

/// What happens to the servers of a virtual server, said by keepalived's voice.
struct VoiceHistory {
    let virtual: VirtualServer
    private(set) var said: [Utterance] = []

    init(_ virtual: VirtualServer) {
        self.virtual = virtual
    }

    mutating func tell(_ matter: DirectorEvent.Matter, check: Int? = nil) {
        said += KeepalivedVoice().utterances(for: DirectorEvent(matter, of: virtual, in: .running, check: check))
    }

    /// A check of a server passes or fails, and the server with it.
    mutating func check(
        _ server: Int,
        _ outcome: CheckEvent.Outcome,
        _ layer: CheckLayer = .transport(.passed),
        at check: Int = 0,
        text: String = "",
        isFirst: Bool = false,
        isServerUp: Bool? = nil,
        turnsServer: Bool = true
    ) {
        let real = virtual.realServers[server]
        let isUp = outcome == .passed
        let result = CheckResult(isUp ? .up : .down, layer, text: text)
        let event = CheckEvent(
            outcome,
            result,
            isFirst: isFirst,
            isServerUp: isServerUp ?? isUp,
            turnsServer: turnsServer && outcome != .failing
        )
        tell(.server(real, .check(event)), check: check)
        if event.turnsServer { state(server, isUp: event.isServerUp, isFirst ? .start : .running) }
    }

    /// A server is up or down from now on; that it is up at first is no news without alpha.
    mutating func state(_ server: Int, isUp: Bool, _ occasion: Occasion) {
        let real = virtual.realServers[server]
        if isUp, occasion == .start, !real.tellsFirstSuccess { return }
        tell(.server(real, .turned(isUp: isUp, occasion)))
    }

    /// The quorum is held or lost from now on.
    mutating func quorum(_ isHeld: Bool, _ weight: Int64, _ occasion: Occasion = .running) {
        let quorum = virtual.quorum
        let total = virtual.realServers.reduce(0) { $0 + Int64($1.weight) }
        tell(
            .quorum(
                QuorumEvent(
                    isHeld: isHeld,
                    weight: weight,
                    threshold: quorum.threshold(whileUp: !isHeld, total: total),
                    occasion
                )
            )
        )
    }

    /// What was said since the last time, which is then forgotten.
    mutating func takeSaid() -> [Utterance] {
        defer { said = [] }
        return said
    }
}
