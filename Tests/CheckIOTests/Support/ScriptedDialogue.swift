import Addresses
import Configuration
import Dialogues

/// A dialogue that does what a list says, and keeps what it is told.
///
/// Each event does the actions that stand for it; what comes after the wanted bytes have been received, too.
struct ScriptedDialogue: DialogueMachine {
    var onStart: [DialogueAction]
    var onConnected: [DialogueAction] = []
    var onDataConnected: [DialogueAction] = []
    /// What is looked for in all that is received on the main channel, one after the other, and what is done then.
    var wanted: [(bytes: String, actions: [DialogueAction])] = []
    var onEnded: [DialogueAction] = []
    var onDataEnded: [DialogueAction] = []
    var onTimer: [DialogueAction] = []
    var text = ""
    var dataCount = 0
    let log: DialogueLog

    init(_ log: DialogueLog = DialogueLog(), onStart: [DialogueAction]) {
        self.log = log
        self.onStart = onStart
    }

    /// Opens a connection, sends bytes, and is content when it receives some text.
    init(
        to target: Endpoint,
        over transport: DialogueTransport = .tcp,
        security: TLSSettings? = nil,
        send request: String = "",
        expecting answer: String,
        log: DialogueLog = DialogueLog()
    ) {
        self.init(log, onStart: [.open(.main, target, transport, security: security)])
        if !request.isEmpty { onConnected = [.send(Array(request.utf8))] }
        wanted = [(answer, [.finish(.up, .dialogue(.passed), text: "found")])]
    }

    mutating func start() -> [DialogueAction] { onStart }

    mutating func connected(_ channel: DialogueChannel, local: Endpoint) -> [DialogueAction] {
        log.note("connected \(channel)")
        log.local = local
        let actions = channel == .main ? onConnected : onDataConnected
        if channel == .main { onConnected = [] }
        return actions
    }

    mutating func received(_ bytes: RawSpan, on channel: DialogueChannel) -> [DialogueAction] {
        log.count += bytes.byteCount
        if channel == .data {
            dataCount += bytes.byteCount
            return []
        }
        text += bytes.withUnsafeBytes { String(decoding: $0, as: UTF8.self) }
        guard let next = wanted.first, text.utf8.count < 100_000, text.contains(next.bytes) else {
            // What is kept is bounded, as it must be in every machine.
            text = String(text.suffix(1_000))
            return []
        }
        wanted.removeFirst()
        text = ""
        return next.actions
    }

    mutating func ended(_ channel: DialogueChannel) -> [DialogueAction] {
        log.note("ended \(channel)")
        return channel == .main ? onEnded : onDataEnded
    }

    mutating func timerFired() -> [DialogueAction] {
        log.note("timer")
        return onTimer
    }
}

/// What a scripted dialogue was told; only the loop's thread touches it.
final class DialogueLog: @unchecked Sendable {
    private(set) var events: [String] = []
    var count = 0
    var local: Endpoint?

    func note(_ event: String) {
        events.append(event)
    }
}
