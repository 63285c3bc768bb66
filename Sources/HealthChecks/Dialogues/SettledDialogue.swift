package import Addresses

/// A dialogue that is over before it has begun: its verdict is known without asking.
package struct SettledDialogue: DialogueMachine {
    private let verdict: CheckResult.Verdict
    private let layer: CheckLayer
    private let text: String

    /// Makes a dialogue that gives this result.
    package init(_ verdict: CheckResult.Verdict, _ layer: CheckLayer, text: String) {
        self.verdict = verdict
        self.layer = layer
        self.text = text
    }

    package mutating func start() -> [DialogueAction] {
        [.finish(verdict, layer, text: text)]
    }

    package mutating func connected(_ channel: DialogueChannel, local: Endpoint) -> [DialogueAction] { [] }
    package mutating func received(_ bytes: RawSpan, on channel: DialogueChannel) -> [DialogueAction] { [] }
    package mutating func ended(_ channel: DialogueChannel) -> [DialogueAction] { [] }
    package mutating func timerFired() -> [DialogueAction] { [] }
}
