import Addresses
import Configuration
import Director
import IPVS

// What is said of the kernel's table: what was done to it, what it refused, what others made of it.

extension LdirectordVoice {
    /// The line about a step that is in effect; mail tells of servers, not of virtual servers.
    func said(_ step: TableStep, of event: DirectorEvent) -> [Utterance] {
        let line = "\(step.deed.participle) \(Self.object(of: step, event))"
        return [.log(line)] + (step.subject == .service ? [] : Self.mailed(line, event))
    }

    /// The line about a step that failed.
    static func failure(of step: TableStep, _ error: IPVSError, retry: Duration?, of event: DirectorEvent) -> String {
        let outlook = retry.map { "; trying again in \($0.components.seconds) s" } ?? ""
        return "Failed to \(step.deed.infinitive) \(object(of: step, event)): \(error.reason)\(outlook)"
    }

    /// What is missing or different: `real server 10.0.0.5:80 (10.0.0.1:80)`.
    static func text(of subject: TableSubject, _ event: DirectorEvent) -> String {
        "\(subject.word) \(details(of: subject, event))"
    }

    /// What a step is done to: `real server (stop): 10.0.0.5:80 (10.0.0.1:80) (Weight set to 1)`.
    private static func object(of step: TableStep, _ event: DirectorEvent) -> String {
        var occasion = ""
        if case .purged(let reason) = step.deed { occasion = " (\(reason.word))" }
        let weight = step.weight.map { " (Weight set to \($0))" } ?? ""
        return "\(step.subject.word)\(occasion): \(details(of: step.subject, event))\(weight)"
    }

    private static func details(of subject: TableSubject, _ event: DirectorEvent) -> String {
        let virtual = event.virtual
        let entry = virtual.services.first { $0.key == event.entry } ?? virtual.service
        let service = event.entry?.text ?? virtual.text
        return switch subject {
        case .service: service
        case .server(let real): "\(real.kernelText(behind: entry)) (\(service))"
        case .standby(let endpoint), .surplus(let endpoint): "\(endpoint) (\(service))"
        }
    }
}

extension TableSubject {
    fileprivate var word: String {
        switch self {
        case .service: "virtual server"
        case .server, .surplus: "real server"
        case .standby: "fallback server"
        }
    }
}

extension TableStep.Removal {
    fileprivate var word: String {
        switch self {
        case .start: "start"
        case .stop: "stop"
        }
    }
}

extension TableStep.Deed {
    /// The first word of a line about what was done.
    fileprivate var participle: String {
        switch self {
        case .added: "Added"
        case .changed: "Changed"
        case .restored: "Restored"
        case .quiesced: "Quiescent"
        case .readded: "Readd Quiescent"
        case .deleted: "Deleted"
        case .purged: "Purged"
        }
    }

    /// The same as something that was not achieved.
    fileprivate var infinitive: String {
        switch self {
        case .added: "add"
        case .changed: "change"
        case .restored: "restore"
        case .quiesced: "quiesce"
        case .readded: "add quiescent"
        case .deleted: "delete"
        case .purged: "purge"
        }
    }
}
