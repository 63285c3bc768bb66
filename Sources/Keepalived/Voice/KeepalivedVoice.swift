import Configuration
package import Director
import IPVS

/// keepalived's words for what a director does: the lines of its log that operators search for, the lines of its FIFOs, its
/// mails, and its programs.
///
/// The words are those of version 2.2.7.
package struct KeepalivedVoice: Voice {
    /// Makes a voice.
    package init() {}

    package func utterances(for event: DirectorEvent) -> [Utterance] {
        let virtual = event.virtual
        switch event.matter {
        case .server(let server, let news): return utterances(about: Subject(virtual, server), news, check: event.check)
        case .quorum(let quorum): return utterances(about: quorum, virtual)
        case .resting(let isResting): return Self.lines(aboutResting: isResting, virtual).map { .log($0) }
        case .table(let step, .done): return Self.lines(about: step, virtual, event.entry).map { .log($0) }
        case .table(let step, .failed(let error, let retry)):
            return [.log(Self.failure(of: step, error, retry: retry, virtual, event.entry))]
        case .drift(let subject, let drift, let response):
            let what = Self.text(of: subject, virtual)
            return [.log("IPVS table changed by others: \(what) \(drift.text); \(response.text)")]
        case .puttingBack(let subject):
            return [.log("Putting back what others removed: \(Self.text(of: subject, virtual))")]
        // Programs are told of the quorum instead.
        case .standby: return []
        }
    }

    package func mail(inPlaceOf held: HeldMails) -> Mail {
        let rest = held.count - held.subjects.count
        let label = held.alert.label.map { "[\($0)] " } ?? ""
        return Mail(
            alert: held.alert,
            subject: held.count == 1 ? held.subjects.first ?? "" : "\(label)\(held.count) more changes",
            lines: held.subjects + (rest > 0 ? ["and \(rest) more"] : []),
            mailer: Self.mailer
        )
    }

    package func body(of mail: Mail, from host: String) -> [String] { mail.lines }

    /// The name of the program in mails.
    static let mailer = "Keepalived"

    /// A server of a virtual server, with the names of both.
    struct Subject {
        let virtual: VirtualServer
        let server: RealServer
        let name: String
        let virtualName: String

        init(_ virtual: VirtualServer, _ server: RealServer) {
            self.virtual = virtual
            self.server = server
            name = virtual.voiceName(of: server)
            virtualName = virtual.voiceName
        }
    }

    private func utterances(about subject: Subject, _ news: ServerEvent, check: Int?) -> [Utterance] {
        let what = "service \(subject.name) of VS \(subject.virtualName)"
        switch news {
        case .check(let event):
            guard let check, subject.server.checks.indices.contains(check) else { return [] }
            return utterances(aboutCheck: check, event, subject)
        case .turned(let isUp, let occasion): return utterances(about: subject, isUp: isUp, occasion)
        case .weighted(let old, let new, let isUp):
            let state = isUp ? "active" : "inactive"
            return [.log("Changing weight from \(old) to \(new) for \(state) \(what)")]
        case .unasked(let result): return [.log("Check of \(what) could not be made: \(result.reason)")]
        case .maintenanceBegun: return [.log("Maintenance of \(what) begins")]
        case .maintenanceEnded: return [.log("Maintenance of \(what) ends")]
        // Told by the checks and the state of the server.
        case .checked, .checkedInMaintenance, .softFailure, .recovered, .down, .stillDown, .up, .absent: return []
        }
    }

    /// The line about a server that goes because the director stops; nothing of other changes, which states tell.
    private static func lines(about step: TableStep, _ virtual: VirtualServer, _ entry: ServiceKey?) -> [String] {
        guard case .purged(.stop) = step.deed, case .server(let server) = step.subject,
            entry ?? virtual.service.key == virtual.service.key
        else { return [] }
        return ["Shutting down service \(virtual.voiceName(of: server)) from VS \(virtual.voiceName)"]
    }

    /// The lines that say that the checks of a virtual server rest, or no longer do.
    static func lines(aboutResting isResting: Bool, _ virtual: VirtualServer) -> [String] {
        virtual.realServers.flatMap { server in
            server.checks.map { _ in
                "\(isResting ? "Suspend" : "Activat")ing healthchecker for service \(virtual.voiceName(of: server)) "
                    + "for VS \(virtual.voiceName)"
            }
        }
    }
}
