/// A dialogue whose answers are messages with a length: what has arrived is kept until a message is complete.
protocol MessageDialogue: DialogueMachine {
    /// What has arrived and is not read yet.
    var buffer: MessageBuffer { get set }
    /// Whether the verdict is given.
    var isOver: Bool { get }

    /// Takes note that the verdict is given.
    mutating func close()

    /// Takes the next message, or its beginning where that suffices; nil where more has to come first.
    mutating func takeNext() throws(AnswerFault) -> [DialogueAction]?
}

extension MessageDialogue {
    /// Takes what has arrived; after the verdict nothing counts.
    mutating func take(_ bytes: RawSpan) -> [DialogueAction] {
        guard !isOver else { return [] }
        buffer.append(bytes)
        return proceed()
    }

    /// Takes the messages that are complete.
    mutating func proceed() -> [DialogueAction] {
        var actions: [DialogueAction] = []
        do throws(AnswerFault) {
            while !isOver, let next = try takeNext() { actions += next }
        } catch {
            actions += end(with: error)
        }
        return actions
    }

    /// Gives the verdict that a fault is.
    mutating func end(with fault: AnswerFault) -> [DialogueAction] {
        end(with: [fault.action])
    }

    /// Does the last of the dialogue's actions.
    mutating func end(with actions: [DialogueAction]) -> [DialogueAction] {
        close()
        buffer.removeAll()
        return actions
    }
}
