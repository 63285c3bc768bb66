package import Addresses
package import Configuration

/// The pure half of a dialogue with a server: it is told what arrives, and says what to do.
///
/// A machine owns no socket and no clock. It is started once, told each event of the connection that it asked for, and
/// after `finish` told nothing more. The deadline of the whole check is not its concern: who carries it out ends it.
package protocol DialogueMachine: Sendable {
    /// The first actions; the machine has no connection yet.
    mutating func start() -> [DialogueAction]

    /// A connection is open, and with it TLS where it was asked for; after `startTLS`, TLS is.
    mutating func connected(_ channel: DialogueChannel, local: Endpoint) -> [DialogueAction]

    /// Bytes of the stream, or one datagram.
    mutating func received(_ bytes: RawSpan, on channel: DialogueChannel) -> [DialogueAction]

    /// The peer ended its sending in good order.
    mutating func ended(_ channel: DialogueChannel) -> [DialogueAction]

    /// The time that was asked for is over.
    mutating func timerFired() -> [DialogueAction]

    /// The answer to the question of `locate`.
    mutating func located(_ answer: HostAnswer) -> [DialogueAction]

    /// The layer and the text of a check whose deadline passes now; nil where the machine knows nothing beyond that.
    var lateness: (layer: CheckLayer, text: String)? { get }

    /// The verdict of a check whose deadline passes while it waits for an answer.
    var lateVerdict: CheckResult.Verdict { get }

    /// Whether the first word that a port is closed or a host is not there ends the check, and not only the second.
    var believesRefusals: Bool { get }
}

extension DialogueMachine {
    package mutating func timerFired() -> [DialogueAction] { [] }
    package mutating func located(_ answer: HostAnswer) -> [DialogueAction] { [] }
    package var lateness: (layer: CheckLayer, text: String)? { nil }
    package var lateVerdict: CheckResult.Verdict { .down }
    package var believesRefusals: Bool { false }
}

/// What a machine wants done, in order.
package enum DialogueAction: Hashable, Sendable {
    /// Open a connection in the place of the one that the channel has; `security` is TLS from its first byte.
    case open(DialogueChannel, Endpoint, DialogueTransport, security: TLSSettings?)
    /// Close the main channel, and call `located` with the answer to that question.
    case locate(HostQuestion)
    /// Send bytes, or one datagram, on the main channel.
    case send([UInt8])
    /// Begin TLS on the main channel.
    case startTLS(TLSSettings)
    /// End sending on the main channel; receiving goes on.
    case endSending
    /// Call `timerFired` after that time, unless something else arrives first.
    case wait(Duration)
    /// Let the wait that was asked for before go on, as if nothing had arrived.
    case keepWaiting
    /// The check is over.
    ///
    /// What was sent before is still sent; nothing more is awaited.
    case finish(CheckResult.Verdict, CheckLayer, text: String)
}

/// What carries a dialogue.
package enum DialogueTransport: Hashable, Sendable {
    case tcp
    case udp
}

/// Which of the connections of a dialogue.
package enum DialogueChannel: Hashable, Sendable {
    /// The one that the dialogue is led on.
    case main
    /// The data connection of FTP, on which a file comes.
    case data
}
