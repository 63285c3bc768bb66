import Configuration

/// Why a dialogue ends without success.
struct AnswerFault: Error, Hashable {
    let layer: CheckLayer
    /// One line for people.
    let text: String

    init(_ layer: CheckLayer, _ text: String) {
        self.layer = layer
        self.text = text
    }

    /// An answer that is not what the protocol has there.
    static func malformed(_ text: String) -> AnswerFault {
        AnswerFault(.dialogue(.malformed), text)
    }

    /// The server ended the connection too early.
    static func closed(_ doing: String) -> AnswerFault {
        AnswerFault(.dialogue(.closed), "the server closed the connection \(doing)")
    }

    /// The server wants the password in a way that the configuration does not allow.
    static func forbidden(_ method: LoginMethod) -> AnswerFault {
        let way = method == .password ? "the password itself" : "a login by \(method.rawValue)"
        return AnswerFault(.dialogue(.authentication), "the server wants \(way), which authmethods does not allow")
    }

    /// A message that is longer than allowed.
    static func tooLong(_ count: Int, limit: Int) -> AnswerFault {
        AnswerFault(.dialogue(.limit), "a message of \(count) bytes is longer than the \(limit) that are read")
    }

    /// The end of the dialogue.
    var action: DialogueAction { .finish(.down, layer, text: text) }
}
