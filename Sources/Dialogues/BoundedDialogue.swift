package import Addresses

/// A dialogue whose server may send only so much before the verdict, whatever the messages are that it is made of.
///
/// What a message costs is in proportion to its bytes and a little more, so that a server that sends small ones without end
/// is stopped before it has cost much. A connection that brings too much fails its check. Datagrams beyond the bound are
/// not looked at: anybody can send them, so that they decide nothing.
package struct BoundedDialogue: DialogueMachine {
    /// The bytes that may come on the main channel of a connection.
    package static let streamLimit = 256 << 10
    /// The bytes that may come in datagrams.
    package static let datagramLimit = 1 << 20
    /// A datagram counts for as many at least.
    package static let datagramCost = 64

    private var machine: any DialogueMachine
    private var transport = DialogueTransport.tcp
    private var count = 0

    /// Bounds a dialogue.
    package init(_ machine: any DialogueMachine) {
        self.machine = machine
    }

    package mutating func start() -> [DialogueAction] { noted(machine.start()) }

    package mutating func connected(_ channel: DialogueChannel, local: Endpoint) -> [DialogueAction] {
        noted(machine.connected(channel, local: local))
    }

    package mutating func received(_ bytes: RawSpan, on channel: DialogueChannel) -> [DialogueAction] {
        guard channel == .main else { return noted(machine.received(bytes, on: channel)) }
        switch transport {
        case .udp:
            guard count < BoundedDialogue.datagramLimit else { return [.keepWaiting] }
            count += max(bytes.byteCount, BoundedDialogue.datagramCost)
            return noted(machine.received(bytes, on: channel))
        case .tcp:
            // The bytes within the bound may decide, even where they come in one piece with bytes beyond it.
            let room = BoundedDialogue.streamLimit - count
            count += min(bytes.byteCount, room)
            let actions = noted(machine.received(bytes.extracting(first: room), on: channel))
            if bytes.byteCount <= room { return actions }
            if case .finish = actions.last { return actions }
            let text = "more than \(BoundedDialogue.streamLimit) bytes came before a verdict"
            return actions + [.finish(.down, .dialogue(.limit), text: text)]
        }
    }

    package mutating func ended(_ channel: DialogueChannel) -> [DialogueAction] { noted(machine.ended(channel)) }

    package mutating func timerFired() -> [DialogueAction] { noted(machine.timerFired()) }

    package mutating func located(_ answer: HostAnswer) -> [DialogueAction] { noted(machine.located(answer)) }

    package var lateness: (layer: CheckLayer, text: String)? { machine.lateness }

    package var lateVerdict: CheckResult.Verdict { machine.lateVerdict }

    package var believesRefusals: Bool { machine.believesRefusals }

    /// Remembers the transport of the main channel, and counts anew for a new connection.
    private mutating func noted(_ actions: [DialogueAction]) -> [DialogueAction] {
        for case .open(.main, _, let transport, _) in actions {
            self.transport = transport
            count = 0
        }
        return actions
    }
}
