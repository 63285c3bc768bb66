import Director
import Ldirectord

extension [DirectorAction] {
    /// What ldirectord's voice makes of what is told, in order.
    var said: [Utterance] {
        flatMap { action -> [Utterance] in
            if case .tell(let event) = action { LdirectordVoice().utterances(for: event) } else { [] }
        }
    }

    /// The lines of the log.
    var lines: [String] {
        said.compactMap { if case .log(let line) = $0 { line } else { nil } }
    }

    /// The mails, in order.
    var mails: [Mail] {
        said.compactMap { if case .send(let mail) = $0 { mail } else { nil } }
    }
}
