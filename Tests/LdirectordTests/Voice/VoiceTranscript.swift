import Configuration
import Director
import Ldirectord

/// What ldirectord's voice says of a director's actions, in lines that can be kept.
enum VoiceTranscript {
    static func lines(of action: DirectorAction) -> [String] {
        switch action {
        case .apply, .readTable, .schedule, .hurry: []
        case .tell(let event): LdirectordVoice().utterances(for: event).flatMap(lines)
        case .tellSetting(let event): LdirectordVoice().lines(for: event).map { "log \($0)" }
        case .ready: ["ready"]
        case .stopped: ["stopped"]
        }
    }

    private static func lines(of utterance: Utterance) -> [String] {
        switch utterance {
        case .log(let line): ["log \(line)"]
        case .record(let line): ["record \(line.file): \(line.text)"]
        case .send(let mail):
            ["mail to \(mail.alert.recipients.joined(separator: ", ")): \(mail.subject)"]
                + mail.lines.map { "    \($0)" }
        case .run(let notice): ["run \(([notice.command] + notice.words).joined(separator: " "))"]
        case .pipe(let line): ["pipe \(line)"]
        case .notify(let program, let order): ["notify \(program) in the order of \(order)"]
        }
    }
}
