import Addresses

/// A dialogue of which a script decides everything, or everything on its main channel.
protocol ScriptedDialogue: DialogueMachine {
    associatedtype Reader: ReplyReader
    var script: ReplyScript<Reader> { get set }
}

extension ScriptedDialogue {
    typealias Step = ReplyScript<Reader>.Step
    typealias Move = ReplyScript<Reader>.Move

    package mutating func start() -> [DialogueAction] { script.start() }

    package mutating func connected(_ channel: DialogueChannel, local: Endpoint) -> [DialogueAction] {
        script.connected(local: local)
    }

    package mutating func received(_ bytes: RawSpan, on channel: DialogueChannel) -> [DialogueAction] {
        script.received(bytes)
    }

    package mutating func ended(_ channel: DialogueChannel) -> [DialogueAction] { script.ended() }
}
