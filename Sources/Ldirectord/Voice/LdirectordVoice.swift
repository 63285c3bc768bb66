import Configuration
package import Director
import IPVS

/// ldirectord's words for what a director does: the lines of its log, its mails, its monitor files, and what the commands
/// of fallbacks are told.
package struct LdirectordVoice: Voice {
    /// Makes a voice.
    package init() {}

    package func utterances(for event: DirectorEvent) -> [Utterance] {
        switch event.matter {
        case .server(let real, let matter): utterances(about: real, matter, of: event)
        case .table(let step, .done): said(step, of: event)
        case .table(let step, .failed(let error, let retry)):
            [.log(Self.failure(of: step, error, retry: retry, of: event))]
        case .drift(let subject, let drift, let response):
            [.log("Table changed by others: \(Self.text(of: subject, event)) \(drift.text); \(response.text)")]
        case .puttingBack(let subject):
            [.log("Putting back what others removed: \(Self.text(of: subject, event))")]
        case .standby(let need): told(need, event.virtual)
        case .quorum, .resting: []
        }
    }

    package func mail(inPlaceOf held: HeldMails) -> Mail {
        var lines = held.subjects.map { "Log-Message: \($0)" }
        let rest = held.count - held.subjects.count
        if rest > 0 { lines.append("and \(rest) more") }
        let subject = held.count == 1 ? held.subjects.first : nil
        return Mail(
            alert: held.alert,
            subject: subject ?? "and \(held.count) more changes of servers",
            lines: lines
        )
    }

    package func body(of mail: Mail, from host: String) -> [String] { ["ldirectord host: \(host)"] + mail.lines }

    /// What the command of a fallback is told: `COMMAND start|stop ADDRESS:PORT PROTOCOL`.
    private func told(_ need: StandbyNeed, _ virtual: VirtualServer) -> [Utterance] {
        guard let command = virtual.fallbackCommand else { return [] }
        let key = virtual.service.key
        let place =
            switch key {
            case .endpoint(_, let endpoint): "\(endpoint)"
            case .mark: ":0"
            }
        let word =
            switch need {
            case .needed: "start"
            case .notNeeded: "stop"
            }
        return [
            .run(
                Notice(
                    command: command,
                    words: [word, place, key.transportText],
                    order: "fallback \(place) \(key.transportText)"
                )
            )
        ]
    }

    /// A line of the log with the mail about it, where somebody wants one in that phase.
    static func mailed(_ line: String, _ event: DirectorEvent) -> [Utterance] {
        guard let mail = mail(about: line, event) else { return [] }
        return [.log("emailalert: \(line)"), .send(mail)]
    }

    private static func mail(about line: String, _ event: DirectorEvent) -> Mail? {
        let virtual = event.virtual
        guard let alert = virtual.mail, !alert.recipients.isEmpty, alert.phases.contains(event.phase.inMails) else {
            return nil
        }
        let subject = virtual.name.map { "[\($0)] \(line)" } ?? line
        var lines = ["Log-Message: \(subject)", "Daemon-Status: \(event.phase.rawValue)"]
        if virtual.name != nil || virtual.comment != nil { lines.append("") }
        if let name = virtual.name { lines.append("Service name: \(name)") }
        if let comment = virtual.comment { lines.append("Comment: \(comment)") }
        return Mail(alert: alert, subject: subject, lines: lines)
    }
}

extension DirectorPhase {
    /// The phase as `emailalertstatus` adds it up.
    fileprivate var inMails: MailAlert.Phases {
        switch self {
        case .starting: .starting
        case .running: .running
        case .stopping: .stopping
        case .reloading: .reloading
        }
    }
}
