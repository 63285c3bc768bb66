import Configuration
import Director

// What is said of servers that come up and go down, and of what that makes of the quorum.

extension KeepalivedVoice {
    func utterances(about subject: Subject, isUp: Bool, _ occasion: Occasion) -> [Utterance] {
        let (virtual, server) = (subject.virtual, subject.server)
        var utterances: [Utterance] = []
        if let line = line(about: subject, isUp: isUp, occasion) { utterances.append(.log(line)) }
        guard isTold(occasion, of: virtual) else { return utterances }
        if let program = isUp ? server.notices.up : server.notices.down, runsPrograms(on: occasion, of: virtual) {
            utterances.append(.notify(program, order: "RS \(subject.name) \(subject.virtualName)"))
        }
        utterances.append(.pipe("RS \(subject.name) \(subject.virtualName) \(isUp ? "UP" : "DOWN")"))
        // While it runs, mails are about checks.
        if virtual.tellsStop, let body = Self.end(on: occasion), !isUp {
            utterances += mail(about: subject, isUp: isUp, [body])
        }
        return utterances
    }

    private func line(about subject: Subject, isUp: Bool, _ occasion: Occasion) -> String? {
        let keepsPlace = subject.server.whenDown == .quiesced
        switch (occasion, isUp) {
        // Told when it is gone from the table, whatever is told of the end.
        case (.stop, _): return nil
        case (.removal, _): return "service \(subject.name) no longer exist"
        // With alpha it has never stood there.
        case (.start, false) where subject.server.tellsFirstSuccess: return nil
        case (_, true):
            return keepsPlace
                ? "Enabling service \(subject.name) of VS \(subject.virtualName)"
                : "Adding service \(subject.name) to VS \(subject.virtualName)"
        case (_, false):
            return keepsPlace && occasion != .poolRemoval
                ? "Disabling service \(subject.name) of VS \(subject.virtualName)"
                : "Removing service \(subject.name) from VS \(subject.virtualName)"
        }
    }

    /// Whether anybody but the log is told.
    private func isTold(_ occasion: Occasion, of virtual: VirtualServer) -> Bool {
        occasion != .stop || virtual.tellsStop
    }

    /// Whether programs are run, and mails sent.
    private func runsPrograms(on occasion: Occasion, of virtual: VirtualServer) -> Bool {
        Self.end(on: occasion) == nil || virtual.tellsStop
    }

    /// What mails say of an end that nobody's checks brought about; nil for any other occasion.
    private static func end(on occasion: Occasion) -> String? {
        switch occasion {
        case .start, .running, .reload: nil
        case .removal, .poolRemoval: "=> Removing <="
        case .stop: "=> Shutting down <="
        }
    }

    // MARK: Quorum

    func utterances(about quorum: QuorumEvent, _ virtual: VirtualServer) -> [Utterance] {
        let (name, occasion) = (virtual.voiceName, quorum.occasion)
        var utterances: [Utterance] = []
        switch occasion {
        case .stop, .removal: break
        case .poolRemoval: utterances.append(.log("Removing Virtual Server \(name)"))
        case .start, .running, .reload:
            utterances.append(.log(Self.line(about: quorum, virtual)))
            // It stands in the kernel only where the quorum was not held before.
            if let standby = virtual.standby, occasion != .start || !quorum.isHeld {
                utterances += Self.lines(about: standby, isNeeded: !quorum.isHeld, virtual)
            }
        }
        guard isTold(occasion, of: virtual) else { return utterances }
        let program = quorum.isHeld ? virtual.notices.up : virtual.notices.down
        let runsPrograms = runsPrograms(on: occasion, of: virtual)
        if let program, runsPrograms { utterances.append(.notify(program, order: "VS \(name)")) }
        utterances.append(.pipe("VS \(name) \(quorum.isHeld ? "UP" : "DOWN")"))
        if virtual.isQuorumMailed, runsPrograms, let alert = virtual.mail {
            let body = Self.end(on: occasion) ?? "=> \(Self.mailLine(about: quorum, virtual)) <="
            utterances += mail(alert, "Virtualserver \(name) - \(quorum.isHeld ? "UP" : "DOWN")", [body])
        }
        return utterances
    }

    private static func line(about quorum: QuorumEvent, _ virtual: VirtualServer) -> String {
        let (weight, hysteresis) = (virtual.quorum.weight, virtual.quorum.hysteresis)
        let end = "\(quorum.weight) for VS \(virtual.voiceName)"
        if quorum.isHeld { return "Gained quorum \(weight)+\(hysteresis)=\(quorum.threshold) <= \(end)" }
        let beginning = quorum.occasion == .start ? "Starting with quorum down" : "Lost quorum"
        return "\(beginning) \(weight)-\(hysteresis)=\(quorum.threshold) > \(end)"
    }

    /// The same for mails, in which the signs are those of a gain whatever happened.
    private static func mailLine(about quorum: QuorumEvent, _ virtual: VirtualServer) -> String {
        let beginning =
            switch (quorum.isHeld, quorum.occasion) {
            case (true, .start): "Starting with quorum up"
            case (true, _): "Gained quorum"
            case (false, .start): "Starting with quorum down"
            case (false, _): "Lost quorum"
            }
        let (weight, hysteresis) = (virtual.quorum.weight, virtual.quorum.hysteresis)
        return "\(beginning) \(weight)+\(hysteresis)=\(quorum.threshold) <= \(quorum.weight)"
    }

    private static func lines(about standby: Standby, isNeeded: Bool, _ virtual: VirtualServer) -> [Utterance] {
        let (server, name) = (virtual.voiceName(of: standby.server), virtual.voiceName)
        let staysInPlace = standby.staysWithoutWeight
        if isNeeded {
            return [
                .log("\(staysInPlace ? "Enabling" : "Adding") sorry server \(server) to VS \(name)"),
                .log("Removing alive servers from the pool for VS \(name)"),
            ]
        }
        return [
            .log("\(staysInPlace ? "Disabling" : "Removing") sorry server \(server) from VS \(name)"),
            .log("Adding alive servers to the pool for VS \(name)"),
        ]
    }

    // MARK: Mails

    /// A mail about a server, where anybody wants it.
    func mail(about subject: Subject, isUp: Bool, _ lines: [String]) -> [Utterance] {
        guard subject.server.isMailed, let alert = subject.virtual.mail else { return [] }
        let state = isUp ? "UP" : "DOWN"
        return mail(alert, "Realserver \(subject.name) of virtual server \(subject.virtualName) - \(state)", lines)
    }

    private func mail(_ alert: MailAlert, _ subject: String, _ lines: [String]) -> [Utterance] {
        guard !alert.recipients.isEmpty else { return [] }
        let label = alert.label.map { "[\($0)] " } ?? ""
        return [.send(Mail(alert: alert, subject: label + subject, lines: lines, mailer: Self.mailer))]
    }
}
